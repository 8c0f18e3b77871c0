with owner as (
    -- a: as of serial and OWNED BY; i: of an identity column.
    select d.objid, n.nspname::text as schema, c.relname::text as name, a.attname::text as field
    from pg_depend d
    join pg_class s on s.oid = d.objid and s.relkind = 'S'
    join pg_class c on c.oid = d.refobjid
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
    where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
      and d.deptype in ('a', 'i')
)
select c.oid::int8,
       n.nspname::text,
       c.relname::text,
       pg_get_userbyid(c.relowner)::text,
       d.description,
       format_type(s.seqtypid, null),
       s.seqstart,
       s.seqincrement,
       s.seqmin,
       s.seqmax,
       s.seqcache,
       s.seqcycle,
       o.schema,
       o.name,
       o.field
from pg_sequence s
join pg_class c on c.oid = s.seqrelid
join pg_namespace n on n.oid = c.relnamespace
left join owner o on o.objid = c.oid
left join pg_description d on d.objoid = c.oid and d.objsubid = 0 and d.classoid = 'pg_class'::regclass
where n.nspname not in ('pg_catalog', 'information_schema')
  and n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
  and c.oid not in (
      select x.objid
      from pg_depend x
      where x.refclassid = 'pg_extension'::regclass and x.classid = 'pg_class'::regclass and x.deptype = 'e'
  )
