-- rename fields: $1 scan, $2 database, $3 fields, $4 their new names, $5 whether changes are recorded.
-- None of the new names may be a living field's: those that swap names are marked as removed before.
with given as (
    select n.id, n.new_name, f.field_name, t.id as table_id, t.table_schema, t.table_name
    from unnest($3::bigint[], $4::text[]) as n (id, new_name)
    join metadata.fields f on f.tenant_id = metadata.current_tenant() and f.id = n.id
    join metadata.tables t on t.tenant_id = metadata.current_tenant() and t.id = f.table_id
),
renamed as (
    update metadata.fields f
    set field_name = g.new_name, removed_at = null
    from given g
    where f.tenant_id = metadata.current_tenant() and f.id = g.id
    returning f.id
),
recorded as (
    insert into metadata.changes
        (tenant_id, datasource_id, database_id, table_id, scan_id, change_type, object_type, object_schema, object_name,
         field_name, before, after)
    select
        metadata.current_tenant(), b.datasource_id, $2, g.table_id, $1, 'renamed', 'field', g.table_schema,
        g.table_name, g.new_name, jsonb_build_object('field_name', g.field_name),
        jsonb_build_object('field_name', g.new_name)
    from given g
    join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
    where $5
)
select count(*) as "renamed!" from renamed
