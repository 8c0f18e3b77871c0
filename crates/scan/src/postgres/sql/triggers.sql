, listed as (
    select r.schema, r.name, r.oid as table_oid, t.*, p.proname, n.nspname, d.description,
           t.tgqual is not null as is_printed,
           row_number() over (order by r.oid, t.oid) = 1 as is_first
    from relation r
    join pg_trigger t on t.tgrelid = r.oid
    join pg_proc p on p.oid = t.tgfoid
    join pg_namespace n on n.oid = p.pronamespace
    left join pg_description d on d.objoid = t.oid and d.objsubid = 0 and d.classoid = 'pg_trigger'::regclass
    -- Internal ones carry out foreign keys and the like. Before 15 a partition's copy of its parent's trigger passed for
    -- internal too, and is told by its dependency on the other.
    where (not t.tgisinternal
           or current_setting('server_version_num')::int < 150000
              and t.oid in (select x.objid from pg_depend x
                            where x.classid = 'pg_trigger'::regclass and x.refclassid = 'pg_trigger'::regclass))
      and (r.oid::int8, t.oid::int8) > ($3, $4)
    order by r.oid, t.oid
    offset 0
)
select l.table_oid::int8,
       l.oid::int8,
       l.is_printed and $5 and (l.is_first or l.table_oid in (select e.oid from exclusive e)),
       l.schema,
       l.name,
       l.tgname::text,
       l.tgtype::int4,
       array(
           select (select a.attname::text from pg_attribute a
                   where a.attrelid = l.tgrelid and a.attnum = l.tgattr[k])
           from generate_subscripts(l.tgattr, 1) k
           order by k
       ),
       l.tgconstraint <> 0,
       l.tgenabled::text,
       l.description,
       case when l.nspname = 'pg_catalog' then '' else quote_ident(l.nspname) || '.' end || quote_ident(l.proname),
       l.tgargs,
       case when l.is_printed and not ($5 and (l.is_first or l.table_oid in (select e.oid from exclusive e)))
                 and l.table_oid::int8 <> all ($2::int8[])
           then pg_get_triggerdef(l.oid) end
from listed l
