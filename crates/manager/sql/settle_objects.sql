-- settle objects: $1 data source, $2 objects, $3 and $4 their names, $5 and $6 what they are in the catalog, $7 status,
-- $8 rows, $9 why they failed, $10 what of them is gone, $11 since when.
update manager.managed_objects o
set
    database = n.database, "table" = n.name, database_id = n.database_id, table_id = n.table_id, status = n.status,
    row_count = n.row_count, last_error = n.error, removed_what = n.what,
    failed_at = case when n.status = 'failed' then o.failed_at end,
    removed_at = case when n.what is not null then coalesce(n.removed_at, now()) end
from unnest(
    $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::bigint[], $9::text[], $10::text[],
    $11::timestamptz[]
) as n (id, database, name, database_id, table_id, status, row_count, error, what, removed_at)
where o.tenant_id = manager.current_tenant() and o.resource_id = $1 and o.id = n.id
