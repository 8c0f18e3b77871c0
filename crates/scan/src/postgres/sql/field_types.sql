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
