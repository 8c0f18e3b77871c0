with recursive relation as (
    -- What level 2 lists, and level 1 counts: every statement of a database starts with this.
    select c.oid, n.nspname::text as schema, c.relname::text as name, c.relkind, c.relispartition, c.relam, c.relowner,
           c.relpersistence, c.relrowsecurity, c.reltuples, c.relpages, c.reltoastrelid, c.relpartbound, c.relforcerowsecurity,
           c.relispopulated, c.reloptions, c.reltablespace, c.reloftype
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f')
      and c.relpersistence <> 't'
      and n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
      -- By the referenced side, since that is indexed: there are few extensions and many dependencies.
      and c.oid not in (
          select d.objid
          from pg_depend d
          where d.refclassid = 'pg_extension'::regclass and d.classid = 'pg_class'::regclass and d.deptype = 'e'
      )
      -- $1: which schemas and tables, see scope.rs.
      and ($1::jsonb ->> 'include' is null or n.nspname::text ~ ($1 ->> 'include'))
      and ($1 ->> 'exclude' is null or n.nspname::text !~ ($1 ->> 'exclude'))
      and ($1 -> 'tables' is null
           or c.relname::text in (select jsonb_array_elements_text($1 -> 'tables'))
           or n.nspname || '.' || c.relname in (select jsonb_array_elements_text($1 -> 'tables')))
      and ($1 -> 'oids' is null or c.oid in (select o::oid from jsonb_array_elements_text($1 -> 'oids') o))
)
