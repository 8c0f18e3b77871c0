select r.oid::int8 as table_oid,
       a.attnum::int8 as number,
       r.schema,
       r.name,
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
