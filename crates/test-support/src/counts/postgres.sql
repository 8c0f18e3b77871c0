with member as (
    select classid, objid
    from pg_depend
    where deptype = 'e'
)
, own_schema as (
    select oid, nspname
    from pg_namespace
    where nspname !~ '^pg_' and nspname <> 'information_schema'
)
, own_relation as (
    select c.*
    from pg_class c
    where c.relnamespace in (select oid from own_schema)
      and ('pg_class'::regclass::oid, c.oid) not in (select classid, objid from member)
)
, own_constraint as (
    select *
    from pg_constraint
    where conrelid in (select oid from own_relation)
)
select
    (select count(*) from own_relation where relkind in ('r', 'p')) as tables,
    (select count(*) from pg_views v
     where exists (select from own_relation r where r.oid = format('%I.%I', v.schemaname, v.viewname)::regclass)) as views,
    (select count(*) from pg_matviews v
     where exists (select from own_relation r where r.oid = format('%I.%I', v.schemaname, v.matviewname)::regclass)
    ) as materialized_views,
    (select count(*) from information_schema.foreign_tables) as foreign_tables,
    (select count(*)
     from pg_inherits h
     join own_relation p on p.oid = h.inhparent and p.relkind = 'p') as partitions,
    -- information_schema knows no materialized views.
    (select count(*) from information_schema.columns c
     where exists (select from own_relation r where r.oid = format('%I.%I', c.table_schema, c.table_name)::regclass))
    + (select coalesce(sum(r.relnatts), 0)::bigint from own_relation r where r.relkind = 'm') as fields,
    (select count(*) from information_schema.table_constraints
     where constraint_type = 'PRIMARY KEY' and table_schema in (select nspname from own_schema)) as primary_keys,
    (select count(*) from information_schema.table_constraints
     where constraint_type = 'UNIQUE' and table_schema in (select nspname from own_schema)) as unique_keys,
    -- What a key to a partitioned table has for each partition is on the table that has the key itself.
    (select count(*) from own_constraint f
     where f.contype = 'f'
       and not exists (select from pg_constraint p where p.oid = f.conparentid and p.conrelid = f.conrelid)
    ) as foreign_keys,
    (select count(*) from own_constraint where contype = 'x') as exclusion_keys,
    (select count(*) from own_constraint where contype = 'c') as checks,
    (select count(*) from pg_indexes where schemaname in (select nspname from own_schema)) as indexes,
    (select count(*) from pg_trigger where not tgisinternal and tgrelid in (select oid from own_relation)) as triggers,
    -- Not what belongs to an extension (e) or a range type (i).
    (select count(*) from pg_proc p
     where p.pronamespace in (select oid from own_schema)
       and not exists (select from pg_depend d
                       where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype in ('e', 'i'))
    ) as routines,
    (select count(*) from pg_sequences where schemaname in (select nspname from own_schema)) as sequences,
    (select count(*)
     from pg_description d
     cross join pg_identify_object(d.classoid, d.objoid, d.objsubid) o
     where (d.objoid >= 16384 or o.type = 'extension' or o.type = 'schema' and o.identity = 'public')
       and (d.classoid, d.objoid) not in (select classid, objid from member)
       and o.type in ('table', 'view', 'materialized view', 'foreign table', 'table column', 'view column',
                      'materialized view column', 'foreign table column', 'table constraint', 'index', 'trigger',
                      'schema', 'function', 'procedure', 'aggregate', 'sequence', 'type', 'extension')) as comments
