select l.table_oid,
       l.number,
       $5 and (l.is_first or l.table_oid in (select e.oid::int8 from exclusive e)),
       l.*,
       -- Looked up one by one, lest all expressions be hashed on a wrong estimate.
       case when not ($5 and (l.is_first or l.table_oid in (select e.oid::int8 from exclusive e)))
                 and l.table_oid <> all ($2::int8[])
           then (
               select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d
               where d.adrelid = l.table_oid::oid and d.adnum = l.number::int2
           ) end
from (select l.*, row_number() over () = 1 as is_first from listed l offset 0) l
