-- merge relations: $1 scan, $2 database, $3 first bucket, $4 bucket after the last.
-- The foreign keys and view dependencies of the tables of a batch, as rows. LATERAL ... LIMIT 1: see merge_tables.sql.
with home as (
    select b.datasource_id, b.database_name
    from metadata.databases b
    where b.tenant_id = metadata.current_tenant() and b.id = $2
),
listed as materialized (
    select l.table_schema, l.table_name, t.id as table_id
    from metadata.staging_tables l
    cross join lateral (
        select t.id
        from metadata.tables t
        where t.tenant_id = metadata.current_tenant() and t.database_id = l.database_id
          and t.table_schema = l.table_schema and t.table_name = l.table_name and t.removed_at is null
        limit 1
    ) t
    -- Of a table that could not be read what is known stays.
    where l.scan_id = $1 and l.database_id = $2 and l.bucket >= $3 and l.bucket < $4 and l.scan_error is null
),
detail as materialized (
    select l.table_id, d.part, d.sort_key, d.document
    from metadata.staging_details d
    join listed l on l.table_schema = d.table_schema and l.table_name = d.table_name
    where d.scan_id = $1 and d.database_id = $2 and d.bucket >= $3 and d.bucket < $4
      and d.part in ('keys', 'dependencies')
),
staged as materialized (
    select
        d.table_id, 'foreign_key' as relation_kind, d.sort_key as relation_name,
        metadata.texts(d.document -> 'columns') as fields,
        coalesce(d.document -> 'references' ->> 'database_name', h.database_name) as to_database,
        d.document -> 'references' ->> 'table_schema' as to_schema,
        d.document -> 'references' ->> 'table_name' as to_table,
        metadata.texts(d.document -> 'references' -> 'columns') as to_fields
    from detail d
    cross join home h
    where d.part = 'keys' and d.document ->> 'kind' = 'foreign'
    union all
    select
        d.table_id, 'view_dependency', '', '{}',
        coalesce(d.document ->> 'database', h.database_name), d.document ->> 'schema', d.document ->> 'table',
        metadata.texts(d.document -> 'fields')
    from detail d
    cross join home h
    where d.part = 'dependencies'
),
written as (
    insert into metadata.relations
        (tenant_id, datasource_id, table_id, relation_kind, relation_name, fields, to_database, to_schema, to_table,
         to_fields)
    select
        metadata.current_tenant(), h.datasource_id, s.table_id, s.relation_kind, s.relation_name, s.fields,
        s.to_database, s.to_schema, s.to_table, s.to_fields
    from staged s
    cross join home h
    where not exists (
        select from metadata.relations r
        where r.tenant_id = metadata.current_tenant() and r.table_id = s.table_id
          and r.relation_kind = s.relation_kind and r.relation_name = s.relation_name and r.fields = s.fields
          and r.to_database = s.to_database and r.to_schema = s.to_schema and r.to_table = s.to_table
          and r.to_fields = s.to_fields
    )
    on conflict on constraint relations_from_key do update
    set fields = excluded.fields, to_fields = excluded.to_fields
    returning 1
),
gone as (
    delete from metadata.relations r
    using listed l
    where r.tenant_id = metadata.current_tenant() and r.table_id = l.table_id
      and not exists (
        select from staged s
        where s.table_id = r.table_id and s.relation_kind = r.relation_kind and s.relation_name = r.relation_name
          and s.to_database = r.to_database and s.to_schema = r.to_schema and s.to_table = r.to_table
    )
    returning 1
)
select (select count(*) from written) + (select count(*) from gone) as "written!"
