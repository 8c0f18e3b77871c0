-- refresh figures: $1 scan, $2 database, $3 release.
-- The numbers of the tables that were not read since nothing else changed.
with told as materialized (
    select t.id, d.*
    from metadata.staged_digests($1, $2, $3) d
    cross join lateral (
        select e.id, e.source_digest, e.row_count, e.row_count_source, e.data_size_bytes, e.index_size_bytes,
            e.toast_size_bytes, e.auto_increment
        from metadata.tables e
        where e.tenant_id = metadata.current_tenant() and e.database_id = $2
          and e.table_schema = d.table_schema and e.table_name = d.table_name and e.removed_at is null
        limit 1
    ) t
    where d.is_known
      and (t.row_count, t.row_count_source, t.data_size_bytes, t.index_size_bytes, t.toast_size_bytes, t.auto_increment)
        is distinct from (d.row_count, d.row_count_source, d.data_size_bytes, d.index_size_bytes, d.toast_size_bytes,
            d.auto_increment)
)
update metadata.tables t
set row_count = d.row_count, row_count_source = d.row_count_source,
    row_count_at = case when d.row_count is not null then now() end, data_size_bytes = d.data_size_bytes,
    index_size_bytes = d.index_size_bytes, toast_size_bytes = d.toast_size_bytes, auto_increment = d.auto_increment,
    last_scan_at = now()
from told d
where t.tenant_id = metadata.current_tenant() and t.id = d.id
