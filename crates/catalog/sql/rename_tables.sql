-- rename tables: $1 scan, $2 database, $3 tables, $4 and $5 their new schemas and names, $6 whether changes are recorded.
-- None of the new names may be a living table's: those that swap names are marked as removed before.
with given as (
    select n.id, n.table_schema, n.table_name, t.table_schema as old_schema, t.table_name as old_name
    from unnest($3::bigint[], $4::text[], $5::text[]) as n (id, table_schema, table_name)
    join metadata.tables t on t.tenant_id = metadata.current_tenant() and t.id = n.id
),
renamed as (
    update metadata.tables t
    set table_schema = g.table_schema, table_name = g.table_name, removed_at = null
    from given g
    where t.tenant_id = metadata.current_tenant() and t.database_id = $2 and t.id = g.id
    returning t.id
),
named as (
    select
        g.*,
        jsonb_build_object('table_schema', g.old_schema, 'table_name', g.old_name) as old_names,
        jsonb_build_object('table_schema', g.table_schema, 'table_name', g.table_name) as new_names
    from given g
),
recorded as (
    insert into metadata.changes
        (tenant_id, datasource_id, database_id, table_id, scan_id, change_type, object_type, object_schema, object_name,
         before, after)
    select
        metadata.current_tenant(), b.datasource_id, $2, n.id, $1, 'renamed', 'table', n.table_schema, n.table_name,
        metadata.differing(n.old_names, n.new_names), metadata.differing(n.new_names, n.old_names)
    from named n
    join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
    where $6
)
select count(*) as "renamed!" from renamed
