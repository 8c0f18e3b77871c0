-- merge fields: $1 scan, $2 database, $3 first bucket, $4 bucket after the last, $5 whether changes are recorded.
-- The fields of a table that this scan added are told by the change of the table.
-- A field whose table is not in the scan's list of tables was made after that list was read; it is
-- left to the next scan and counted as filtered. LATERAL ... LIMIT 1: see merge_tables.sql.
with listed as (
    select l.table_schema, l.table_name, l.scan_error is null as is_readable, t.id
    from metadata.staging_tables l
    cross join lateral (
        select t.id
        from metadata.tables t
        where t.tenant_id = metadata.current_tenant() and t.database_id = l.database_id
          and t.table_schema = l.table_schema and t.table_name = l.table_name and t.removed_at is null
        limit 1
    ) t
    where l.scan_id = $1 and l.database_id = $2 and l.bucket >= $3 and l.bucket < $4
),
staged as (
    select s.*, l.id as table_id, l.is_readable
    from metadata.staging_fields s
    join listed l on l.table_schema = s.table_schema and l.table_name = s.table_name
    where s.scan_id = $1 and s.database_id = $2 and s.bucket >= $3 and s.bucket < $4
),
compared as (
    select
        s.*,
        f.id is null as is_new,
        f.entry as old,
        -- Of a table that could not be read what is known stays.
        s.is_readable and f.id is not null and (f.field_position, f.data_type, f.column_type, f.is_nullable, f.column_key,
            f.column_default, f.extra, f.field_comment, f.generation_expression, f.generation_kind, f.identity,
            f.charset, f."collation", f.is_invisible, f.enum_values, f.domain_base_type, f.is_array,
            f.source_identity)
            is distinct from (s.field_position, s.data_type, s.column_type, s.is_nullable, s.column_key,
            s.column_default, s.extra, s.field_comment, s.generation_expression, s.generation_kind, s.identity,
            s.charset, s."collation", s.is_invisible, s.enum_values, s.domain_base_type, s.is_array,
            s.source_identity) as is_changed
    from staged s
    left join lateral (
        select e as entry, e.*
        from metadata.fields e
        where e.tenant_id = metadata.current_tenant() and e.table_id = s.table_id
          and e.field_name = s.field_name and e.removed_at is null
        limit 1
    ) f on true
),
written as (
    insert into metadata.fields
        (tenant_id, table_id, field_name, field_position, data_type, column_type, is_nullable, column_key,
         column_default, extra, field_comment, generation_expression, generation_kind, identity, charset, "collation",
         is_invisible, enum_values, domain_base_type, is_array, source_identity)
    select
        metadata.current_tenant(), c.table_id, c.field_name, c.field_position, c.data_type, c.column_type,
        c.is_nullable, c.column_key, c.column_default, c.extra, c.field_comment, c.generation_expression,
        c.generation_kind, c.identity, c.charset, c."collation", c.is_invisible, c.enum_values, c.domain_base_type,
        c.is_array, c.source_identity
    from compared c
    where c.is_new or c.is_changed
    on conflict (tenant_id, table_id, field_name) where removed_at is null do update
    set field_position = excluded.field_position, data_type = excluded.data_type,
        column_type = excluded.column_type, is_nullable = excluded.is_nullable, column_key = excluded.column_key,
        column_default = excluded.column_default, extra = excluded.extra, field_comment = excluded.field_comment,
        generation_expression = excluded.generation_expression, generation_kind = excluded.generation_kind,
        identity = excluded.identity, charset = excluded.charset, "collation" = excluded."collation",
        is_invisible = excluded.is_invisible, enum_values = excluded.enum_values,
        domain_base_type = excluded.domain_base_type, is_array = excluded.is_array,
        source_identity = excluded.source_identity
    returning 1
),
documents as (
    select
        c.table_id, c.table_schema, c.table_name, c.field_name, c.is_new,
        metadata.field_document(c.old) as old_document,
        metadata.field_document(jsonb_populate_record(null::metadata.fields, to_jsonb(c))) as new_document
    from compared c
    where $5 and (c.is_new or c.is_changed)
      and not exists (
        select from metadata.changes h
        where h.tenant_id = metadata.current_tenant() and h.table_id = c.table_id and h.scan_id = $1
          and h.change_type = 'added' and h.object_type = 'table'
    )
),
recorded as (
    insert into metadata.changes
        (tenant_id, datasource_id, database_id, table_id, scan_id, change_type, object_type, object_schema, object_name,
         field_name, before, after)
    select
        metadata.current_tenant(), b.datasource_id, $2, d.table_id, $1,
        case when d.is_new then 'added' else 'changed' end, 'field', d.table_schema, d.table_name, d.field_name,
        case when not d.is_new then metadata.differing(d.old_document, d.new_document) end,
        case when d.is_new then jsonb_strip_nulls(d.new_document)
            else metadata.differing(d.new_document, d.old_document) end
    from documents d
    join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
)
select
    (select count(*) from metadata.staging_fields
     where scan_id = $1 and database_id = $2 and bucket >= $3 and bucket < $4) as "found!",
    count(*) filter (where is_new) as "added!",
    count(*) filter (where is_changed) as "changed!",
    count(*) filter (where not (is_new or is_changed)) as "unchanged!",
    (select count(*) from written) as "written!"
from compared
