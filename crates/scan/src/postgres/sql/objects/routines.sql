with listed as (
    select p.*, n.nspname, l.lanname, d.description, p.prosqlbody is not null as is_printed,
           row_number() over (order by p.oid) = 1 as is_first
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    join pg_language l on l.oid = p.prolang
    left join pg_description d on d.objoid = p.oid and d.objsubid = 0 and d.classoid = 'pg_proc'::regclass
    where n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
      and p.oid not in (
          select x.objid
          from pg_depend x
          where x.refclassid = 'pg_extension'::regclass and x.classid = 'pg_proc'::regclass and x.deptype = 'e'
      )
      -- The constructors of a range type are part of it.
      and p.oid not in (
          select x.objid
          from pg_depend x
          where x.refclassid = 'pg_type'::regclass and x.classid = 'pg_proc'::regclass and x.deptype = 'i'
      )
      and (p.oid::int8, 0::int8) > ($3, $4)
    order by p.oid
    offset 0
)
select l.oid::int8,
       0::int8,
       $5 and l.is_printed and l.is_first,
       l.oid::int8,
       l.prokind::text,
       l.nspname::text,
       l.proname::text,
       pg_get_userbyid(l.proowner)::text,
       l.description,
       pg_get_function_identity_arguments(l.oid),
       pg_get_function_arguments(l.oid),
       pg_get_function_result(l.oid),
       l.lanname::text,
       l.prosecdef,
       l.provolatile::text,
       -- A body of the SQL standard is kept taken apart, and locks what it names to be printed.
       case when l.prokind = 'a' then null
            when not l.is_printed then l.prosrc
            when not ($5 and l.is_first) then pg_get_function_sqlbody(l.oid) end
from listed l
