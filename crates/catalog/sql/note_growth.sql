-- note growth: $1 scan, $2 database, $3 percent, $4 whether changes are recorded.
-- Figures are compared with those last told, so that what grows a little with each scan is told too. What none
-- were known of has begun to be measured, which is no growth.
with measured as (
    select t.id, t.table_schema, t.table_name, t.row_count, t.data_size_bytes, t.noted_row_count, t.noted_size_bytes,
        coalesce(metadata.outgrows(t.row_count, t.noted_row_count, $3, 1000), false)
            or coalesce(metadata.outgrows(t.data_size_bytes, t.noted_size_bytes, $3, 16777216), false) as is_resized
    from metadata.tables t
    where t.tenant_id = metadata.current_tenant() and t.database_id = $2 and t.removed_at is null
),
noted as (
    update metadata.tables t
    set noted_row_count = coalesce(m.row_count, m.noted_row_count),
        noted_size_bytes = coalesce(m.data_size_bytes, m.noted_size_bytes)
    from measured m
    where t.tenant_id = metadata.current_tenant() and t.id = m.id
      and (m.is_resized or m.noted_row_count is null and m.row_count is not null
        or m.noted_size_bytes is null and m.data_size_bytes is not null)
),
resized as (
    select
        m.*,
        jsonb_build_object('row_count', m.noted_row_count, 'data_size_bytes', m.noted_size_bytes) as old_figures,
        jsonb_build_object('row_count', m.row_count, 'data_size_bytes', m.data_size_bytes) as new_figures
    from measured m
    where m.is_resized and $4
)
insert into metadata.changes
    (tenant_id, datasource_id, database_id, table_id, scan_id, change_type, object_type, object_schema, object_name,
     before, after)
select
    metadata.current_tenant(), b.datasource_id, $2, r.id, $1, 'resized', 'table', r.table_schema, r.table_name,
    metadata.differing(r.old_figures, r.new_figures), metadata.differing(r.new_figures, r.old_figures)
from resized r
join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
