, listed as (
    select r.schema, r.name, r.oid as table_oid, con.*, d.description, f.relname::text as target,
           fn.nspname::text as target_schema, con.contype in ('c', 'x') or con.conperiod as is_printed,
           row_number() over (order by r.oid, con.oid) = 1 as is_first
    from relation r
    join pg_constraint con on con.conrelid = r.oid
    left join pg_constraint p on p.oid = con.conparentid
    left join pg_class f on f.oid = con.confrelid
    left join pg_namespace fn on fn.oid = f.relnamespace
    left join pg_description d on d.objoid = con.oid and d.objsubid = 0 and d.classoid = 'pg_constraint'::regclass
    where con.contype in ('p', 'u', 'f', 'x', 'c')
      -- A foreign key to a partitioned table has a clone per partition of the target: no keys that anybody declared.
      and (p.oid is null or p.confrelid = con.confrelid)
      and (r.oid::int8, con.oid::int8) > ($3, $4)
    order by r.oid, con.oid
    offset 0
)
select l.table_oid::int8,
       l.oid::int8,
       l.is_printed and $5 and (l.is_first or l.table_oid in (select e.oid from exclusive e)),
       l.schema,
       l.name,
       l.conname::text,
       l.description,
       l.contype::text,
       l.convalidated,
       l.conenforced,
       l.connoinherit,
       case when l.contype = 'c' and not ($5 and (l.is_first or l.table_oid in (select e.oid from exclusive e)))
                 and l.table_oid::int8 <> all ($2::int8[])
           then pg_get_expr(l.conbin, l.conrelid) end,
       l.condeferrable,
       l.condeferred,
       case when l.contype <> 'c' then array(
           select (select a.attname::text from pg_attribute a
                   where a.attrelid = l.conrelid and a.attnum = l.conkey[k])
           from generate_subscripts(l.conkey, 1) k
           order by k
       ) end,
       l.target_schema,
       l.target,
       case when l.contype = 'f' then array(
           select (select a.attname::text from pg_attribute a
                   where a.attrelid = l.confrelid and a.attnum = l.confkey[k])
           from generate_subscripts(l.confkey, 1) k
           order by k
       ) end,
       l.confupdtype::text,
       l.confdeltype::text,
       case when l.contype = 'f' then array(
           select (select a.attname::text from pg_attribute a
                   where a.attrelid = l.conrelid and a.attnum = l.confdelsetcols[k])
           from generate_subscripts(l.confdelsetcols, 1) k
           order by k
       ) end,
       l.confmatchtype::text,
       case when (l.contype = 'x' or l.conperiod)
                 and not ($5 and (l.is_first or l.table_oid in (select e.oid from exclusive e)))
                 and l.table_oid::int8 <> all ($2::int8[])
           then pg_get_constraintdef(l.oid) end
from listed l
