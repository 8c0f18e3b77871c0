with label as (
    select l.enumtypid, array_agg(l.enumlabel::text order by l.enumsortorder) as labels
    from pg_enum l
    group by l.enumtypid
)
, attribute as (
    select a.attrelid, array_agg(a.attname::text order by a.attnum) as names,
           array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum) as types
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind = 'c'
    where a.attnum > 0 and not a.attisdropped
    group by a.attrelid
)
, listed as (
    select t.*, n.nspname, d.description, l.labels, a.names, a.types, r.rngsubtype, t.typtype = 'd' as is_printed,
           row_number() over (order by t.oid) = 1 as is_first
    from pg_type t
    join pg_namespace n on n.oid = t.typnamespace
    left join pg_class c on c.oid = t.typrelid
    left join label l on l.enumtypid = t.oid
    left join attribute a on a.attrelid = t.typrelid
    left join pg_range r on r.rngtypid = t.oid
    left join pg_description d on d.objoid = t.oid and d.objsubid = 0 and d.classoid = 'pg_type'::regclass
    where n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
      -- A table's row type is the table, an array type goes with its element's, a multirange with its range, and what
      -- is not defined is only announced.
      and (t.typtype in ('b', 'e', 'd', 'r') or t.typtype = 'c' and c.relkind = 'c')
      and t.oid not in (select e.typarray from pg_type e where e.typarray <> 0)
      and t.oid not in (
          select x.objid
          from pg_depend x
          where x.refclassid = 'pg_extension'::regclass and x.classid = 'pg_type'::regclass and x.deptype = 'e'
      )
      and (t.oid::int8, 0::int8) > ($3, $4)
    order by t.oid
    offset 0
)
select l.oid::int8,
       0::int8,
       $5 and l.is_printed and l.is_first,
       l.oid::int8,
       l.typtype::text,
       l.nspname::text,
       l.typname::text,
       pg_get_userbyid(l.typowner)::text,
       l.description,
       l.labels,
       l.names,
       l.types,
       case when l.typtype = 'd' then format_type(l.typbasetype, l.typtypmod)
            when l.typtype = 'r' then format_type(l.rngsubtype, null) end,
       l.typdefault,
       l.typnotnull,
       array(
           select con.conname::text from pg_constraint con
           where con.contypid = l.oid and con.contype = 'c' order by con.conname
       ),
       array(
           select case when not ($5 and l.is_first) then pg_get_expr(con.conbin, 0) end from pg_constraint con
           where con.contypid = l.oid and con.contype = 'c' order by con.conname
       ),
       array(
           select con.convalidated::text from pg_constraint con
           where con.contypid = l.oid and con.contype = 'c' order by con.conname
       ),
       array(
           select (select d.description from pg_description d
                   where d.objoid = con.oid and d.objsubid = 0 and d.classoid = 'pg_constraint'::regclass)
           from pg_constraint con
           where con.contypid = l.oid and con.contype = 'c' order by con.conname
       )
from listed l
