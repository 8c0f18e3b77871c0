select r.schema,
       r.name,
       n.nspname::text,
       c.relname::text,
       -- Looked up one by one, which is cheaper than to join all of pg_attribute. The whole row has no number.
       array(
           select (select a.attname::text from pg_attribute a where a.attrelid = u.refobjid and a.attnum = number)
           from unnest(u.numbers) number
           order by number
       )
from (
    select w.ev_class, d.refobjid, array_agg(distinct d.refobjsubid) filter (where d.refobjsubid > 0) as numbers
    from relation v
    join pg_rewrite w on w.ev_class = v.oid and w.ev_type = '1'
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
                    and d.refclassid = 'pg_class'::regclass and d.refobjid <> w.ev_class
    where v.relkind in ('v', 'm')
    group by w.ev_class, d.refobjid
) u
join relation r on r.oid = u.ev_class
join pg_class c on c.oid = u.refobjid and c.relkind in ('r', 'p', 'v', 'm', 'f')
join pg_namespace n on n.oid = c.relnamespace
