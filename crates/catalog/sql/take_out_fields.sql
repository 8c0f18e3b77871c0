-- take out fields: $1 scan, $2 database, $3 fields that are about to be renamed, $4 fields that are gone, $5 whether
-- changes are recorded. Marks both as removed, which leaves their names to others.
with marked as (
    update metadata.fields f
    set removed_at = now()
    where f.tenant_id = metadata.current_tenant() and f.id = any ($3::bigint[] || $4::bigint[]) and f.removed_at is null
    returning f.*
),
removed as (
    select m.* from marked m where m.id = any ($4)
),
recorded as (
    insert into metadata.changes
        (tenant_id, datasource_id, database_id, table_id, scan_id, change_type, object_type, object_schema, object_name,
         field_name, before)
    select
        metadata.current_tenant(), b.datasource_id, $2, t.id, $1, 'removed', 'field', t.table_schema, t.table_name,
        f.field_name, jsonb_strip_nulls(metadata.field_document(f))
    from metadata.fields f
    join metadata.tables t on t.tenant_id = metadata.current_tenant() and t.id = f.table_id
    join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
    where $5 and f.tenant_id = metadata.current_tenant() and f.id in (select id from removed)
)
select count(*) as "removed!" from removed
