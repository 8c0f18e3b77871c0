-- mark known digests: $1 scan, $2 database, $3 release.
-- Which staged tables the catalog read when they had the same digests. LATERAL ... LIMIT 1: see merge_tables.sql.
with known as materialized (
    select d.bucket, d.table_schema, d.table_name, t.field_count
    from metadata.staged_digests($1, $2, $3) d
    cross join lateral (
        select e.field_count, e.source_digest
        from metadata.tables e
        where e.tenant_id = metadata.current_tenant() and e.database_id = $2
          and e.table_schema = d.table_schema and e.table_name = d.table_name and e.removed_at is null
        limit 1
    ) t
    where t.source_digest = d.source_digest
),
marked as (
    update metadata.staging_digests d
    set is_known = true
    from known k
    where d.scan_id = $1 and d.database_id = $2 and d.bucket = k.bucket
      and d.table_schema = k.table_schema and d.table_name = k.table_name and d.part in ('all', 'tables')
)
select
    (select count(*) from metadata.staging_digests
     where scan_id = $1 and database_id = $2 and part in ('all', 'tables')) as "tables!",
    (select count(*) from known) as "known!",
    (select coalesce(sum(field_count), 0)::bigint from known) as "known_fields!",
    (select coalesce(max(id), 0) from metadata.changes
     where tenant_id = metadata.current_tenant() and database_id = $2 and scan_id = $1) as "last_change!"
