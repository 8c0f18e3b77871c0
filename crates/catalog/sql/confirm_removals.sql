-- confirm removals: $1 the scan, $2 who confirms.
-- What has come back since is not marked: whoever saw it has deleted the doubt. Changes: see merge_tables.sql.
with confirmed as (
    update metadata.removal_doubts d
    set confirmed_at = now(), confirmed_by = $2
    where d.tenant_id = metadata.current_tenant() and d.scan_id = $1 and d.confirmed_at is null
    returning d.datasource_id, d.database_id, d.object_type, d.object_ids, d.witness
),
baseline as (
    select c.database_id
    from metadata.changes c
    where c.tenant_id = metadata.current_tenant() and c.change_type = 'baseline'
      and c.database_id in (select database_id from confirmed)
),
databases as (
    update metadata.databases d
    set removed_at = now()
    from confirmed c
    where c.object_type = 'database' and d.tenant_id = metadata.current_tenant() and d.id = any (c.object_ids)
      and d.removed_at is null
    returning d.id, c.datasource_id,
        metadata.database_document(d.charset, d."collation", d.owner, d.inaccessible_reason) as document
),
tables as (
    update metadata.tables t
    set removed_at = now()
    from confirmed c
    where c.object_type = 'table' and t.tenant_id = metadata.current_tenant() and t.id = any (c.object_ids)
      and t.removed_at is null
    returning t.id, c.datasource_id, t.database_id, t.table_schema, t.table_name, t.table_type, t.table_comment,
        t.field_count
),
fields as (
    update metadata.fields f
    set removed_at = now()
    from confirmed c
    where c.object_type = 'field' and f.tenant_id = metadata.current_tenant() and f.id = any (c.object_ids)
      and f.removed_at is null
    returning f.id, c.datasource_id, c.database_id, f.table_id, f.field_name,
        metadata.field_document(f) as document
),
objects as (
    update metadata.database_objects o
    set removed_at = now()
    from confirmed c
    where c.object_type = 'object' and o.tenant_id = metadata.current_tenant() and o.id = any (c.object_ids)
      and o.removed_at is null
    returning c.datasource_id, o.database_id, o.object_kind, o.object_schema, o.object_name, o.signature,
        metadata.object_document(o.owner, o.object_comment, o.definition, o.details) as document
),
marked as (
    select
        d.datasource_id, d.id as database_id, null::bigint as table_id, 'database' as object_type,
        null as object_schema, null as object_name, null as field_name, jsonb_strip_nulls(d.document) as before
    from databases d
    union all
    select
        t.datasource_id, t.database_id, t.id, 'table', t.table_schema, t.table_name, null,
        jsonb_build_object('table_type', t.table_type, 'table_comment', t.table_comment, 'field_count', t.field_count)
    from tables t
    where t.database_id in (select database_id from baseline)
    union all
    select
        f.datasource_id, f.database_id, f.table_id, 'field', t.table_schema, t.table_name, f.field_name,
        jsonb_strip_nulls(f.document)
    from fields f
    join metadata.tables t on t.tenant_id = metadata.current_tenant() and t.id = f.table_id
    where f.database_id in (select database_id from baseline)
    union all
    select
        o.datasource_id, o.database_id, null, 'object', o.object_schema,
        o.object_kind || ' ' || o.object_name || case when o.signature = '' then '' else '(' || o.signature || ')' end,
        null, jsonb_strip_nulls(o.document)
    from objects o
    where o.database_id in (select database_id from baseline)
),
recorded as (
    insert into metadata.changes
        (tenant_id, datasource_id, database_id, table_id, scan_id, change_type, object_type, object_schema, object_name,
         field_name, before)
    select
        metadata.current_tenant(), m.datasource_id, m.database_id, m.table_id, $1, 'removed', m.object_type,
        m.object_schema, m.object_name, m.field_name, m.before
    from marked m
),
-- From now on this witness is the one to compare with.
believed_for_databases as (
    update metadata.datasources s
    set witness = c.witness
    from confirmed c
    where c.object_type = 'database' and s.tenant_id = metadata.current_tenant() and s.id = c.datasource_id
),
believed_for_contents as (
    update metadata.databases d
    set witness = c.witness
    from (select distinct database_id, witness from confirmed) c
    where d.tenant_id = metadata.current_tenant() and d.id = c.database_id
)
select
    (select count(*) from confirmed) as "confirmed!",
    (select count(*) from databases) + (select count(*) from tables) + (select count(*) from fields)
        + (select count(*) from objects) as "removed!"
