-- rename databases: $1 data source, $2 databases, $3 their new names, $4 the sync,
-- $5 their old ones. Changes: see merge_databases.sql.
-- None of the new names may be a database's: those that swap names are taken out of the way before.
with given as (
    select n.id, n.new_name, n.old_name
    from unnest($2::bigint[], $3::text[], $5::text[]) as n (id, new_name, old_name)
),
renamed as (
    update metadata.databases d
    set database_name = g.new_name, removed_at = null
    from given g
    where d.tenant_id = metadata.current_tenant() and d.datasource_id = $1 and d.id = g.id
    returning d.id
),
recorded as (
    insert into metadata.changes
        (tenant_id, datasource_id, database_id, scan_id, change_type, object_type, before, after)
    select
        metadata.current_tenant(), $1, g.id, $4, 'renamed', 'database',
        jsonb_build_object('database_name', g.old_name), jsonb_build_object('database_name', g.new_name)
    from given g
    where exists (
        select from metadata.datasources s
        where s.tenant_id = metadata.current_tenant() and s.id = $1 and s.last_sync_at is not null
    )
)
select count(*) as "renamed!" from renamed
