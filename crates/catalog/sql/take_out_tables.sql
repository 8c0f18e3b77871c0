-- take out tables: $1 scan, $2 database, $3 tables that are about to be renamed, $4 tables that are gone, $5 whether
-- changes are recorded. Marks both as removed, which leaves their names to others.
with marked as (
    update metadata.tables t
    set removed_at = now()
    where t.tenant_id = metadata.current_tenant() and t.database_id = $2 and t.id = any ($3::bigint[] || $4::bigint[])
      and t.removed_at is null
    returning t.id, t.table_schema, t.table_name, t.table_type, t.table_comment, t.field_count
),
removed as (
    select m.* from marked m where m.id = any ($4)
),
recorded as (
    insert into metadata.changes
        (tenant_id, datasource_id, database_id, table_id, scan_id, change_type, object_type, object_schema, object_name,
         before)
    select
        metadata.current_tenant(), b.datasource_id, $2, m.id, $1, 'removed', 'table', m.table_schema, m.table_name,
        jsonb_build_object('table_type', m.table_type, 'table_comment', m.table_comment, 'field_count', m.field_count)
    from removed m
    join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
    where $5
)
select count(*) as "removed!" from removed
