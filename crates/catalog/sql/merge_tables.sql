-- merge tables: $1 scan, $2 database, $3 first bucket, $4 bucket after the last, $5 whether fields were read,
-- $6 whether changes are recorded, $7 the release of digests, $8 whether they are kept.
-- Puts the staged parts of each table together and writes the rows that are new or different. Rows
-- that are the same are not even locked: the comparison happens before the insert. Catalog rows are
-- found by LATERAL ... LIMIT 1, which leaves the planner only the unique index, also when it knows
-- nothing of tables that a first scan is just filling.
with staged as (
    select *
    from metadata.staging_tables
    where scan_id = $1 and database_id = $2 and bucket >= $3 and bucket < $4
),
detail as (
    select
        table_schema,
        table_name,
        jsonb_agg(document order by sort_key) filter (where part = 'keys') as keys,
        jsonb_agg(document order by sort_key) filter (where part = 'checks') as checks,
        jsonb_agg(document order by sort_key) filter (where part = 'indexes') as indexes,
        jsonb_agg(document order by sort_key) filter (where part = 'triggers') as triggers,
        (array_agg(document -> 'scheme' order by sort_key) filter (where part = 'partitions'))[1] as scheme,
        jsonb_agg(document -> 'part' order by sort_key)
            filter (where part = 'partitions' and jsonb_typeof(document -> 'part') = 'object') as parts
    from metadata.staging_details
    where scan_id = $1 and database_id = $2 and bucket >= $3 and bucket < $4
    group by table_schema, table_name
),
field as (
    select table_schema, table_name, count(*)::integer as field_count
    from metadata.staging_fields
    where scan_id = $1 and database_id = $2 and bucket >= $3 and bucket < $4
    group by table_schema, table_name
),
told as materialized (
    select table_schema, table_name, source_digest
    from metadata.staged_digests($1, $2, $7)
    where bucket >= $3 and bucket < $4
),
assembled as (
    select
        s.*,
        e.id as existing_id,
        e.is_scanned as was_scanned,
        e.structure_digest as old_digest,
        e.table_type as old_type,
        e.engine as old_engine,
        e.table_comment as old_comment,
        e.view_definition as old_definition,
        e.details as old_details,
        case when $5 then coalesce(f.field_count, 0) else coalesce(e.field_count, 0) end as field_count,
        -- Of a table that could not be read what is known stays.
        coalesce(s.view_definition, case when s.scan_error is not null then e.view_definition end) as definition,
        case
            when s.scan_error is not null and e.id is not null then e.details
            when $5 then s.facts || jsonb_build_object(
                'keys', coalesce(d.keys, '[]'), 'checks', coalesce(d.checks, '[]'),
                'indexes', coalesce(d.indexes, '[]'), 'triggers', coalesce(d.triggers, '[]')
            ) || case
                when d.scheme is null then '{}'
                else jsonb_build_object(
                    'partitioning', d.scheme || jsonb_build_object('parts', coalesce(d.parts, '[]'))
                ) end
            -- Only tables were read: what is known of keys and indexes stays.
            else coalesce(e.details, '{}') || s.facts
        end as details,
        -- Of what was read in another way, or not whole, the digest that is known stays old, or none is.
        case
            when s.scan_error is null and $8 and $5 then coalesce(o.source_digest, e.source_digest)
            when s.scan_error is null and not $5 then e.source_digest
        end as source_digest,
        (e.row_count, e.row_count_source, e.data_size_bytes, e.index_size_bytes, e.field_count, e.scan_error,
            e.source_identity, e.toast_size_bytes, e.auto_increment, e.details ->> 'create_time',
            e.source_digest) as old_figures
    from staged s
    left join detail d on d.table_schema = s.table_schema and d.table_name = s.table_name
    left join field f on f.table_schema = s.table_schema and f.table_name = s.table_name
    left join told o on o.table_schema = s.table_schema and o.table_name = s.table_name
    left join lateral (
        select t.*
        from metadata.tables t
        where t.tenant_id = metadata.current_tenant() and t.database_id = s.database_id
          and t.table_schema = s.table_schema and t.table_name = s.table_name and t.removed_at is null
        limit 1
    ) e on true
),
digested as (
    select
        a.*,
        sha256(convert_to(
            jsonb_build_array(a.table_type, a.engine, a.table_comment, a.definition,
                -- MySQL makes a table anew for many a statement: that is a figure, and no change of structure.
                a.details - 'create_time')::text, 'UTF8'
        )) as structure_digest
    from assembled a
),
compared as (
    select
        d.*,
        d.existing_id is null as is_new,
        d.existing_id is not null and d.structure_digest is distinct from d.old_digest as is_changed,
        d.old_figures is distinct from (d.row_count, d.row_count_source, d.data_size_bytes, d.index_size_bytes,
            d.field_count, d.scan_error, d.source_identity, d.toast_size_bytes, d.auto_increment,
            d.details ->> 'create_time', d.source_digest)
            or d.was_scanned is distinct from (d.was_scanned or $5) as is_refreshed
    from digested d
),
written as (
    insert into metadata.tables as t
        (tenant_id, database_id, table_schema, table_name, table_type, engine, row_count, row_count_source,
         row_count_at, data_size_bytes, index_size_bytes, table_comment, field_count, view_definition, details,
         source_identity, structure_digest, source_digest, is_scanned, last_scan_at, scan_error, toast_size_bytes,
         auto_increment, noted_row_count, noted_size_bytes)
    select
        metadata.current_tenant(), c.database_id, c.table_schema, c.table_name, c.table_type, c.engine, c.row_count,
        c.row_count_source, case when c.row_count is not null then now() end, c.data_size_bytes, c.index_size_bytes,
        c.table_comment, c.field_count, c.definition, c.details, c.source_identity, c.structure_digest,
        c.source_digest, $5, now(), c.scan_error, c.toast_size_bytes, c.auto_increment, c.row_count, c.data_size_bytes
    from compared c
    where c.is_new or c.is_changed or c.is_refreshed
    on conflict (tenant_id, database_id, table_schema, table_name) where removed_at is null do update
    set table_type = excluded.table_type, engine = excluded.engine, row_count = excluded.row_count,
        row_count_source = excluded.row_count_source, row_count_at = excluded.row_count_at,
        data_size_bytes = excluded.data_size_bytes, index_size_bytes = excluded.index_size_bytes,
        table_comment = excluded.table_comment, field_count = excluded.field_count,
        view_definition = excluded.view_definition, details = excluded.details,
        source_identity = excluded.source_identity, structure_digest = excluded.structure_digest,
        source_digest = excluded.source_digest,
        is_scanned = t.is_scanned or excluded.is_scanned, last_scan_at = excluded.last_scan_at,
        scan_error = excluded.scan_error, toast_size_bytes = excluded.toast_size_bytes,
        auto_increment = excluded.auto_increment
    returning t.id, t.table_schema, t.table_name
),
documents as (
    select
        c.table_schema,
        c.table_name,
        c.is_new,
        jsonb_build_object('table_type', c.old_type, 'engine', c.old_engine, 'table_comment', c.old_comment,
            'view_definition', c.old_definition) || c.old_details - 'create_time' as old_document,
        jsonb_build_object('table_type', c.table_type, 'engine', c.engine, 'table_comment', c.table_comment,
            'view_definition', c.definition) || c.details - 'create_time' as new_document,
        jsonb_build_object('table_type', c.table_type, 'table_comment', c.table_comment,
            'field_count', c.field_count) as summary
    from compared c
    where $6 and (c.is_new or c.is_changed)
),
recorded as (
    insert into metadata.changes
        (tenant_id, datasource_id, database_id, table_id, scan_id, change_type, object_type, object_schema, object_name,
         before, after)
    select
        metadata.current_tenant(), b.datasource_id, $2, w.id, $1, case when d.is_new then 'added' else 'changed' end,
        'table', d.table_schema, d.table_name,
        case when not d.is_new then coalesce(metadata.differing(d.old_document, d.new_document), '{}') end,
        case when d.is_new then d.summary else coalesce(metadata.differing(d.new_document, d.old_document), '{}') end
    from documents d
    join written w on w.table_schema = d.table_schema and w.table_name = d.table_name
    join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
)
select
    (select count(*) from staged) as "found!",
    count(*) filter (where is_new) as "added!",
    count(*) filter (where is_changed) as "changed!",
    count(*) filter (where not (is_new or is_changed or is_refreshed)) as "unchanged!",
    (select count(*) from written) as "written!"
from compared
