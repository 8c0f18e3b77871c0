-- $2: oids of tables that another session has locked, so that nothing can be printed for which they are opened.
, domain_step (oid, base, typmod, not_null) as (
    -- A domain's base may be a domain.
    select t.oid, t.typbasetype, t.typtypmod, t.typnotnull
    from pg_type t
    where t.typtype = 'd'
    union all
    select s.oid, t.typbasetype, t.typtypmod, s.not_null or t.typnotnull
    from domain_step s
    join pg_type t on t.oid = s.base
    where t.typtype = 'd'
)
, domain as (
    select s.oid, s.base, s.typmod, s.not_null
    from domain_step s
    join pg_type t on t.oid = s.base and t.typtype <> 'd'
)
, label as (
    select l.enumtypid, array_agg(l.enumlabel::text order by l.enumsortorder) as labels
    from pg_enum l
    group by l.enumtypid
)
, data_type as (
    -- Once per type rather than once per column.
    select t.oid, t.typcollation, d.base, d.typmod, coalesce(d.not_null, false) as not_null, b.typname::text as name,
           b.typtype::text as kind, b.typcategory::text as category,
           b.typnamespace = 'pg_catalog'::regnamespace as built_in, e.oid is not null as is_array, l.labels
    from pg_type t
    left join domain d on d.oid = t.oid
    join pg_type b on b.oid = coalesce(d.base, t.oid)
    left join pg_type e on e.oid = b.typelem and e.typarray = b.oid
    left join domain ed on ed.oid = e.oid
    left join label l on l.enumtypid = coalesce(ed.base, e.oid, b.oid)
)
, key_column as (
    -- MySQL's rules: PRI in the primary key, UNI alone in a unique index, MUL first in another index.
    select k.indrelid, k.attnum, min(k.rank) as rank
    from (
        select i.indrelid, unnest(i.indkey[0:i.indnkeyatts - 1]) as attnum, 1 as rank
        from pg_index i
        where i.indisprimary
        union all
        select i.indrelid, i.indkey[0],
               case when i.indisunique and i.indnkeyatts = 1 and i.indpred is null and i.indisvalid then 2 else 3 end
        from pg_index i
        where not i.indisprimary
    ) k
    group by k.indrelid, k.attnum
)
, dropped as (
    select a.attrelid, array_agg(a.attnum order by a.attnum) as numbers
    from pg_attribute a
    where a.attisdropped and a.attnum > 0
    group by a.attrelid
)
select r.schema,
       r.name,
       a.attnum::int8,
       a.attname::text,
       -- The number of dropped columns before this one is taken off.
       a.attnum::int4 - coalesce(width_bucket(a.attnum, x.numbers), 0),
       t.kind,
       t.category,
       t.name,
       t.built_in,
       t.is_array,
       format_type(a.atttypid, a.atttypmod),
       case when t.base is not null then format_type(t.base, t.typmod) end,
       not (a.attnotnull or (t.not_null and r.relkind in ('r', 'p', 'f'))),
       k.rank,
       -- A default names no columns: without the table's oid the server need not open and lock the table, which makes
       -- the statement a third faster. Looked up one by one, lest all expressions be hashed on a wrong estimate.
       case when a.atthasdef and a.attgenerated = '' then (
           select pg_get_expr(d.adbin, 0) from pg_attrdef d where d.adrelid = a.attrelid and d.adnum = a.attnum
       ) end,
       case when a.attgenerated <> '' and r.oid::int8 <> all ($2::int8[]) then (
           select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d where d.adrelid = a.attrelid and d.adnum = a.attnum
       ) end,
       a.attgenerated::text,
       a.attidentity::text,
       c.description,
       case when o.collnamespace = 'pg_catalog'::regnamespace then o.collname::text
            else o.collnamespace::regnamespace::text || '.' || o.collname end,
       t.labels
from relation r
join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
join data_type t on t.oid = a.atttypid
left join key_column k on k.indrelid = a.attrelid and k.attnum = a.attnum
left join dropped x on x.attrelid = a.attrelid
left join pg_collation o on o.oid = a.attcollation and a.attcollation <> t.typcollation
left join pg_description c on c.objoid = a.attrelid and c.objsubid = a.attnum and c.classoid = 'pg_class'::regclass
