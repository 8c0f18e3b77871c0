, listed as (
    select r.oid, r.schema, r.name, row_number() over (order by r.oid) = 1 as is_first
    from relation r
    join pg_partitioned_table p on p.partrelid = r.oid
    where (r.oid::int8, 0::int8) > ($3, $4) and r.oid::int8 <> all ($2::int8[])
    order by r.oid
    offset 0
)
select l.oid::int8,
       0::int8,
       $5 and (l.is_first or l.oid in (select e.oid from exclusive e)),
       l.schema,
       l.name,
       case when not ($5 and (l.is_first or l.oid in (select e.oid from exclusive e)))
           then pg_get_partkeydef(l.oid) end
from listed l
