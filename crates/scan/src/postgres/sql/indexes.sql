, method as (
    -- Fenced, so that each method is asked once.
    select am.oid, am.amname::text as name, pg_indexam_has_property(am.oid, 'can_order') as can_order
    from pg_am am
    where am.amtype = 'i'
    offset 0
)
, place as (
    -- Not by generate_subscripts: the planner expects a thousand rows of that for each index, and plans for so many.
    select i.indexrelid, i.indrelid, unnest(i.indkey::int2[]) as attnum, unnest(i.indclass::oid[]) as class,
           unnest(i.indcollation::oid[]) as collation,
           unnest((array(select generate_series(1, 32)))[1:i.indnatts]) as k
    from relation r
    join pg_index i on i.indrelid = r.oid
    where r.oid::int8 >= $3
)
, described as (
    -- One by one, which is cheaper than to join all of pg_attribute. An expression has the type of the index's own
    -- column.
    select p.*, (select a from pg_attribute a
                 where a.attrelid = case when p.attnum = 0 then p.indexrelid else p.indrelid end
                   and a.attnum = case when p.attnum = 0 then p.k else p.attnum end) as attribute
    from place p
    offset 0
)
, key_part as (
    select d.indexrelid, d.k, case when d.attnum <> 0 then (d.attribute).attname end as name,
           (d.attribute).atttypid as type, d.class,
           -- An expression's own collation is not known: that of its type stands for it.
           case when d.collation <> case when d.attnum <> 0 then (d.attribute).attcollation
                                         else (select t.typcollation from pg_type t
                                               where t.oid = (d.attribute).atttypid) end
               then d.collation end as collation
    from described d
)
, with_options as (
    select a.attrelid
    from pg_attribute a
    where a.attoptions is not null
)
, domain_base (oid, base) as (
    select t.oid, t.typbasetype
    from pg_type t
    where t.typtype = 'd'
    union all
    select b.oid, t.typbasetype
    from domain_base b
    join pg_type t on t.oid = b.base
    where t.typtype = 'd'
)
, other_class as (
    -- The operator classes that a column of the type does not get by itself (the server's GetDefaultOpClass).
    select u.class, u.type,
           -- As the server prints it under our search path.
           case when n.nspname = 'pg_catalog' then '' else quote_ident(n.nspname) || '.' end
           || quote_ident(o.opcname) as word
    from (select distinct k.class, k.type from key_part k where k.class is not null) u
    join pg_opclass o on o.oid = u.class
    join pg_namespace n on n.oid = o.opcnamespace
    join pg_type i on i.oid = o.opcintype
    left join domain_base b on b.oid = u.type and b.base not in (select x.oid from domain_base x)
    join pg_type t on t.oid = coalesce(b.base, u.type)
    where not (o.opcdefault and (
        o.opcintype = t.oid
        or not exists (select from pg_opclass x
                       where x.opcmethod = o.opcmethod and x.opcdefault and x.opcintype = t.oid)
           and (i.typtype = 'p'
                or i.typispreferred and i.typcategory = t.typcategory
                or not exists (select from pg_opclass x
                               join pg_cast s on s.casttarget = x.opcintype and s.castsource = t.oid
                                             and s.castmethod = 'b' and s.castcontext = 'i'
                               where x.opcmethod = o.opcmethod and x.opcdefault and x.oid <> o.oid))
    ))
)
, parts as (
    select k.indexrelid,
           array_agg(quote_ident(k.name) order by k.k) as names,
           array_agg(c.word order by k.k) as classes,
           array_agg(case when l.collnamespace = 'pg_catalog'::regnamespace then quote_ident(l.collname)
                          else l.collnamespace::regnamespace::text || '.' || quote_ident(l.collname) end order by k.k)
           as collations
    from key_part k
    left join other_class c on c.class = k.class and c.type = k.type
    left join pg_collation l on l.oid = k.collation
    group by k.indexrelid
)
, listed as (
    select r.schema, r.name, r.oid as table_oid, quote_ident(r.schema) || '.' || quote_ident(r.name) as table_word,
           i.*, c.relname, c.relkind, m.name as method, m.can_order, p.names, p.classes, p.collations, d.description,
           i.indexrelid in (select o.attrelid from with_options o) or i.indexprs is not null or i.indpred is not null or c.reloptions is not null
           or c.reltablespace <> 0 as is_printed,
           row_number() over (order by r.oid, i.indexrelid) = 1 as is_first
    from relation r
    join pg_index i on i.indrelid = r.oid
    join pg_class c on c.oid = i.indexrelid
    join method m on m.oid = c.relam
    join parts p on p.indexrelid = i.indexrelid
    left join pg_description d on d.objoid = i.indexrelid and d.objsubid = 0 and d.classoid = 'pg_class'::regclass
    where (r.oid::int8, i.indexrelid::int8) > ($3, $4)
    order by r.oid, i.indexrelid
    offset 0
)
, locked as (
    -- The server prints slowly, and locks the table for it: only what cannot be put together is asked for.
    select l.*, $5 and (l.is_first or l.table_oid in (select e.oid from exclusive e)) as is_bare,
           l.is_printed and l.table_oid::int8 <> all ($2::int8[])
           and not ($5 and (l.is_first or l.table_oid in (select e.oid from exclusive e))) as is_asked
    from listed l
)
select l.table_oid::int8,
       l.indexrelid::int8,
       l.is_printed and l.is_bare,
       l.schema,
       l.name,
       l.relname::text,
       quote_ident(l.relname),
       case when l.relkind = 'I' then 'ONLY ' else '' end || l.table_word,
       l.description,
       l.method,
       l.can_order,
       l.indisunique,
       l.indisprimary,
       l.indisvalid,
       l.indnullsnotdistinct,
       l.indnkeyatts::int4,
       l.names,
       l.classes,
       l.collations,
       l.indoption::text,
       case when l.is_asked and l.indexprs is not null then array(
           select case when l.indkey[k] = 0 then pg_get_indexdef(l.indexrelid, k + 1, true) end
           from generate_subscripts(l.indkey, 1) k
           order by k
       ) end,
       case when l.is_asked then pg_get_expr(l.indpred, l.indrelid) end,
       l.is_printed,
       case when l.is_asked then pg_get_indexdef(l.indexrelid) end
from locked l
