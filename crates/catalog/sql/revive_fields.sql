-- revive fields: $1 scan, $2 database, $3 first bucket, $4 bucket after the last.
-- $5 whether changes are recorded. Begins with the few fields that are marked as removed; LATERAL ... LIMIT 1: see merge_tables.sql.
with returning_ones as (
    select distinct on (f.table_id, f.field_name) f.id
    from metadata.staging_tables l
    cross join lateral (
        select t.id
        from metadata.tables t
        where t.tenant_id = metadata.current_tenant() and t.database_id = l.database_id
          and t.table_schema = l.table_schema and t.table_name = l.table_name and t.removed_at is null
        limit 1
    ) t
    cross join lateral (
        select r.*
        from metadata.fields r
        where r.tenant_id = metadata.current_tenant() and r.table_id = t.id and r.removed_at is not null
        offset 0
    ) f
    where l.scan_id = $1 and l.database_id = $2 and l.bucket >= $3 and l.bucket < $4
      and exists (
        select from metadata.staging_fields s
        where s.scan_id = l.scan_id and s.database_id = l.database_id and s.bucket = l.bucket
          and s.table_schema = l.table_schema and s.table_name = l.table_name and s.field_name = f.field_name
    )
      and not exists (
        select from metadata.fields v
        where v.tenant_id = metadata.current_tenant() and v.table_id = f.table_id
          and v.field_name = f.field_name and v.removed_at is null
    )
    order by f.table_id, f.field_name, f.removed_at desc, f.id desc
),
revived as (
    update metadata.fields f
    set removed_at = null
    where f.tenant_id = metadata.current_tenant() and f.id = any (array(select id from returning_ones))
    returning f.*
),
recorded as (
    insert into metadata.changes
        (tenant_id, datasource_id, database_id, table_id, scan_id, change_type, object_type, object_schema, object_name,
         field_name, after)
    select
        metadata.current_tenant(), b.datasource_id, $2, t.id, $1, 'added', 'field', t.table_schema, t.table_name,
        r.field_name, jsonb_strip_nulls(metadata.field_document(r)) || '{"is_back": true}'
    from revived r
    join metadata.tables t on t.tenant_id = metadata.current_tenant() and t.id = r.table_id
    join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
    where $5
      and not exists (
        select from metadata.changes h
        where h.tenant_id = metadata.current_tenant() and h.table_id = t.id and h.scan_id = $1
          and h.change_type = 'added' and h.object_type = 'table'
    )
)
select count(*) as "revived!" from revived
