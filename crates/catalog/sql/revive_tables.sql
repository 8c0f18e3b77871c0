-- revive tables: $1 scan, $2 database, $3 first bucket, $4 bucket after the last.
-- $5 whether changes are recorded. What comes back under its name takes up its old id; of several gone ones the latest.
with returning_ones as (
    select distinct on (t.table_schema, t.table_name) t.id
    from metadata.staging_tables s
    join metadata.tables t
        on t.tenant_id = metadata.current_tenant() and t.database_id = s.database_id
        and t.table_schema = s.table_schema and t.table_name = s.table_name and t.removed_at is not null
    where s.scan_id = $1 and s.database_id = $2 and s.bucket >= $3 and s.bucket < $4
      and not exists (
        select from metadata.tables l
        where l.tenant_id = metadata.current_tenant() and l.database_id = s.database_id
          and l.table_schema = s.table_schema and l.table_name = s.table_name and l.removed_at is null
    )
    order by t.table_schema, t.table_name, t.removed_at desc, t.id desc
),
revived as (
    update metadata.tables t
    set removed_at = null
    where t.tenant_id = metadata.current_tenant() and t.id = any (array(select id from returning_ones))
    returning t.id, t.table_schema, t.table_name, t.table_type, t.table_comment, t.field_count
),
recorded as (
    insert into metadata.changes
        (tenant_id, datasource_id, database_id, table_id, scan_id, change_type, object_type, object_schema, object_name,
         after)
    select
        metadata.current_tenant(), b.datasource_id, $2, r.id, $1, 'added', 'table', r.table_schema, r.table_name,
        jsonb_build_object('table_type', r.table_type, 'table_comment', r.table_comment,
            'field_count', r.field_count, 'is_back', true)
    from revived r
    join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
    where $5
)
select count(*) as "revived!" from revived
