-- remove fields: $1 scan, $2 database, $3 whether changes are recorded. Fields that are gone from the tables that were read.
-- $4 why none of them may be believed to be gone, or null; $5 who listed them, as JSON.
-- MySQL has no table without columns; one that shows none hides them from the login, and nothing
-- can be concluded. PostgreSQL (where tables have a schema) does have such tables.
-- EXCEPT and not an anti-join: it hashes or sorts whatever the planner believes of the row counts.
-- LATERAL: see merge_tables.sql.
with listed as materialized (
    select l.table_schema, l.table_name, t.id
    from metadata.staging_tables l
    cross join lateral (
        select t.id, t.field_count
        from metadata.tables t
        where t.tenant_id = metadata.current_tenant() and t.database_id = l.database_id
          and t.table_schema = l.table_schema and t.table_name = l.table_name and t.removed_at is null
        limit 1
    ) t
    where l.scan_id = $1 and l.database_id = $2 and l.scan_error is null
      and (l.table_schema <> '' or t.field_count > 0)
),
gone as materialized (
    select l.table_schema, l.table_name, f.field_name
    from listed l
    cross join lateral (
        select e.field_name
        from metadata.fields e
        where e.tenant_id = metadata.current_tenant() and e.table_id = l.id and e.removed_at is null
        offset 0
    ) f
    except
    select s.table_schema, s.table_name, s.field_name
    from metadata.staging_fields s
    where s.scan_id = $1 and s.database_id = $2
),
doomed as (
    select f.id
    from gone g
    join listed l on l.table_schema = g.table_schema and l.table_name = g.table_name
    cross join lateral (
        select e.id
        from metadata.fields e
        where e.tenant_id = metadata.current_tenant() and e.table_id = l.id
          and e.field_name = g.field_name and e.removed_at is null
        limit 1
    ) f
),
marked as (
    update metadata.fields f
    set removed_at = now()
    where f.tenant_id = metadata.current_tenant() and $4::text is null and f.id = any (array(select id from doomed))
    returning f.*
),
recorded as (
    insert into metadata.changes
        (tenant_id, datasource_id, database_id, table_id, scan_id, change_type, object_type, object_schema, object_name,
         field_name, before)
    select
        metadata.current_tenant(), b.datasource_id, $2, t.id, $1, 'removed', 'field', t.table_schema, t.table_name,
        m.field_name, jsonb_strip_nulls(metadata.field_document(m))
    from marked m
    join metadata.tables t on t.tenant_id = metadata.current_tenant() and t.id = m.table_id
    join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
    where $3
),
doubted as (
    insert into metadata.removal_doubts
        (tenant_id, datasource_id, scan_id, database_id, object_type, object_ids, reason, witness)
    select metadata.current_tenant(), b.datasource_id, $1, $2, 'field', d.ids, $4, $5
    from (select array_agg(id order by id) as ids from doomed) d
    join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
    where d.ids is not null and $4 is not null
    returning cardinality(object_ids) as doubted
)
select
    (select count(*) from marked) as "removed!",
    coalesce((select doubted from doubted), 0)::bigint as "doubted!"
