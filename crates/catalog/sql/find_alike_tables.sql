-- find alike tables: $1 scan, $2 database.
-- Of what has no identity: the tables that are gone and have a double among the new ones, where no other table of the
-- database, gone or there, is made the same.
-- MySQL 8 keeps the time of creation over a RENAME; MariaDB and 5.7 show that of a file, which a RENAME touches.
with home as (
    select coalesce(s.flavor = 'MariaDB' or s.server_version like '5.%', false) as renews_create_time
    from metadata.databases d
    join metadata.datasources s on s.tenant_id = d.tenant_id and s.id = d.datasource_id
    where d.tenant_id = metadata.current_tenant() and d.id = $2
),
present as materialized (
    select table_schema, table_name from metadata.staged_names($1, $2)
),
missing as materialized (
    select t.table_schema, t.table_name
    from metadata.tables t
    where t.tenant_id = metadata.current_tenant() and t.database_id = $2 and t.removed_at is null
      and t.source_identity is null and t.is_scanned and t.scan_error is null and t.field_count > 0
    except
    select p.table_schema, p.table_name from present p
),
unknown as materialized (
    -- What had the name before would be revived.
    select s.table_schema, s.table_name
    from metadata.staging_tables s
    where s.scan_id = $1 and s.database_id = $2 and s.source_identity is null and s.scan_error is null
    except
    select t.table_schema, t.table_name
    from metadata.tables t
    where t.tenant_id = metadata.current_tenant() and t.database_id = $2
),
gone as materialized (
    select t.*
    from missing m
    join metadata.tables t on t.tenant_id = metadata.current_tenant() and t.database_id = $2
        and t.table_schema = m.table_schema and t.table_name = m.table_name and t.removed_at is null
    where exists (select from unknown)
),
-- Only what looks like one that is gone is put together: those that are there and have not been read are as they were.
unread as materialized (
    select p.table_schema, p.table_name from present p
    except
    select s.table_schema, s.table_name from metadata.staging_tables s where s.scan_id = $1 and s.database_id = $2
),
stored as materialized (
    select t.*, true as is_gone from gone t
    union all
    select t.*, false
    from unread u
    join metadata.tables t on t.tenant_id = metadata.current_tenant() and t.database_id = $2
        and t.table_schema = u.table_schema and t.table_name = u.table_name and t.removed_at is null
    where exists (
        select from gone g
        where g.table_type = t.table_type and g.engine is not distinct from t.engine
          and g.table_comment is not distinct from t.table_comment
          and g.view_definition is not distinct from t.view_definition
    )
),
stored_made as materialized (
    select t.id, t.is_gone, t.details ->> 'create_time' as create_time, metadata.table_structure(t.table_schema,
        t.table_name, t.table_type, t.engine, t.table_comment, t.view_definition, t.details, f.fields) as structure
    from stored t
    cross join lateral (
        select jsonb_agg(metadata.field_document(e) || jsonb_build_object('field_name', e.field_name)
            order by e.field_position, e.field_name) as fields
        from metadata.fields e
        where e.tenant_id = metadata.current_tenant() and e.table_id = t.id and e.removed_at is null
    ) f
),
shaped as materialized (
    select s.*
    from metadata.staging_tables s
    where s.scan_id = $1 and s.database_id = $2
      and exists (
        select from gone g
        where g.table_type = s.table_type and g.engine is not distinct from s.engine
          and g.table_comment is not distinct from s.table_comment
          and g.view_definition is not distinct from s.view_definition
    )
),
field as materialized (
    select f.table_schema, f.table_name, jsonb_agg(
        metadata.field_document(jsonb_populate_record(null::metadata.fields, to_jsonb(f)))
            || jsonb_build_object('field_name', f.field_name)
        order by f.field_position, f.field_name) as fields
    from metadata.staging_fields f
    join shaped s on s.bucket = f.bucket and s.table_schema = f.table_schema and s.table_name = f.table_name
    where f.scan_id = $1 and f.database_id = $2
    group by f.table_schema, f.table_name
),
detail as materialized (
    select
        d.table_schema,
        d.table_name,
        jsonb_agg(d.document order by d.sort_key) filter (where d.part = 'keys') as keys,
        jsonb_agg(d.document order by d.sort_key) filter (where d.part = 'checks') as checks,
        jsonb_agg(d.document order by d.sort_key) filter (where d.part = 'indexes') as indexes,
        jsonb_agg(d.document order by d.sort_key) filter (where d.part = 'triggers') as triggers,
        (array_agg(d.document -> 'scheme' order by d.sort_key) filter (where d.part = 'partitions'))[1] as scheme,
        jsonb_agg(d.document -> 'part' order by d.sort_key)
            filter (where d.part = 'partitions' and jsonb_typeof(d.document -> 'part') = 'object') as parts
    from metadata.staging_details d
    join shaped s on s.bucket = d.bucket and s.table_schema = d.table_schema and s.table_name = d.table_name
    where d.scan_id = $1 and d.database_id = $2
    group by d.table_schema, d.table_name
),
made as materialized (
    select s.table_schema, s.table_name, s.facts ->> 'create_time' as create_time, metadata.table_structure(
        s.table_schema, s.table_name, s.table_type, s.engine, s.table_comment, s.view_definition,
        s.facts || jsonb_build_object(
            'keys', coalesce(d.keys, '[]'), 'checks', coalesce(d.checks, '[]'),
            'indexes', coalesce(d.indexes, '[]'), 'triggers', coalesce(d.triggers, '[]')
        ) || case
            when d.scheme is null then '{}'
            else jsonb_build_object('partitioning', d.scheme || jsonb_build_object('parts', coalesce(d.parts, '[]')))
        end,
        f.fields) as structure
    from shaped s
    left join detail d on d.table_schema = s.table_schema and d.table_name = s.table_name
    left join field f on f.table_schema = s.table_schema and f.table_name = s.table_name
),
single as (
    select structure from (
        select structure from stored_made
        union all
        select structure from made
    ) a
    group by structure
    having count(*) = 2
)
select g.id as "id!", m.table_schema as "table_schema!", m.table_name as "table_name!"
from stored_made g
join single o on o.structure = g.structure
join made m on m.structure = g.structure
join unknown u on u.table_schema = m.table_schema and u.table_name = m.table_name
cross join home h
where g.is_gone and (h.renews_create_time or g.create_time is not distinct from m.create_time)
order by g.id
