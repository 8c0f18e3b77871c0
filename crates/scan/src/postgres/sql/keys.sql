select r.schema,
       r.name,
       con.conname::text,
       con.contype::text,
       array(
           select (select a.attname::text from pg_attribute a
                   where a.attrelid = con.conrelid and a.attnum = con.conkey[k])
           from generate_subscripts(con.conkey, 1) k
           order by k
       ),
       fn.nspname::text,
       f.relname::text,
       array(
           select (select a.attname::text from pg_attribute a
                   where a.attrelid = con.confrelid and a.attnum = con.confkey[k])
           from generate_subscripts(con.confkey, 1) k
           order by k
       ),
       con.confupdtype::text,
       con.confdeltype::text,
       con.confmatchtype::text
from relation r
join pg_constraint con on con.conrelid = r.oid
left join pg_constraint p on p.oid = con.conparentid
left join pg_class f on f.oid = con.confrelid
left join pg_namespace fn on fn.oid = f.relnamespace
where con.contype in ('p', 'u', 'f')
  -- A foreign key to a partitioned table has a clone per partition of the target: no keys that anybody declared.
  and (p.oid is null or p.confrelid = con.confrelid)
