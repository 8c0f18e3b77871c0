-- Where a deep scan puts what it reads before it is merged. COPY FROM is refused on tables with
-- row-level security, so these have none: no code of the API may name them. Unlogged: what a crash
-- of the store loses is read again. `bucket` is a hash of the table's name; a batch is a range of
-- buckets, so that a batch finds its rows by index whatever the number of tables.

create unlogged table metadata.staging_tables (
    scan_id          bigint   not null,
    database_id      bigint   not null,
    bucket           smallint not null,
    table_schema     text     collate "C" not null,
    table_name       text     collate "C" not null,
    table_type       text     not null,
    engine           text,
    row_count        bigint,
    row_count_source text,
    data_size_bytes  bigint,
    index_size_bytes bigint,
    table_comment    text,
    view_definition  text,
    source_identity  bigint,
    facts            jsonb    not null,
    scan_error       text
);
create index staging_tables_batch on metadata.staging_tables (scan_id, database_id, bucket);
comment on table metadata.staging_tables is 'Tables as a scan read them.';
comment on column metadata.staging_tables.scan_id is 'The scan.';
comment on column metadata.staging_tables.database_id is 'The database that was read.';
comment on column metadata.staging_tables.bucket is 'A hash of schema and name.';
comment on column metadata.staging_tables.table_schema is 'As tables.table_schema.';
comment on column metadata.staging_tables.table_name is 'As tables.table_name.';
comment on column metadata.staging_tables.table_type is 'As tables.table_type.';
comment on column metadata.staging_tables.engine is 'As tables.engine.';
comment on column metadata.staging_tables.row_count is 'As tables.row_count.';
comment on column metadata.staging_tables.row_count_source is 'As tables.row_count_source.';
comment on column metadata.staging_tables.data_size_bytes is 'As tables.data_size_bytes.';
comment on column metadata.staging_tables.index_size_bytes is 'As tables.index_size_bytes.';
comment on column metadata.staging_tables.table_comment is 'As tables.table_comment.';
comment on column metadata.staging_tables.view_definition is 'As tables.view_definition.';
comment on column metadata.staging_tables.source_identity is 'As tables.source_identity.';
comment on column metadata.staging_tables.facts is 'The part of tables.details that is about the table as a whole.';
comment on column metadata.staging_tables.scan_error is 'As tables.scan_error.';

create unlogged table metadata.staging_fields (
    scan_id               bigint   not null,
    database_id           bigint   not null,
    bucket                smallint not null,
    table_schema          text     collate "C" not null,
    table_name            text     collate "C" not null,
    field_name            text     collate "C" not null,
    field_position        integer  not null,
    data_type             text     not null,
    column_type           text     not null,
    is_nullable           boolean  not null,
    column_key            text,
    column_default        text,
    extra                 text,
    field_comment         text,
    generation_expression text,
    generation_kind       text,
    identity              text,
    charset               text,
    "collation"           text,
    is_invisible          boolean  not null,
    enum_values           text[],
    domain_base_type      text,
    is_array              boolean  not null,
    source_identity       bigint
);
create index staging_fields_batch on metadata.staging_fields (scan_id, database_id, bucket);
comment on table metadata.staging_fields is 'Fields as a scan read them.';
comment on column metadata.staging_fields.scan_id is 'The scan.';
comment on column metadata.staging_fields.database_id is 'The database that was read.';
comment on column metadata.staging_fields.bucket is 'A hash of the table''s schema and name.';
comment on column metadata.staging_fields.table_schema is 'The table''s schema.';
comment on column metadata.staging_fields.table_name is 'The table''s name.';
comment on column metadata.staging_fields.field_name is 'As fields.field_name.';
comment on column metadata.staging_fields.field_position is 'As fields.field_position.';
comment on column metadata.staging_fields.data_type is 'As fields.data_type.';
comment on column metadata.staging_fields.column_type is 'As fields.column_type.';
comment on column metadata.staging_fields.is_nullable is 'As fields.is_nullable.';
comment on column metadata.staging_fields.column_key is 'As fields.column_key.';
comment on column metadata.staging_fields.column_default is 'As fields.column_default.';
comment on column metadata.staging_fields.extra is 'As fields.extra.';
comment on column metadata.staging_fields.field_comment is 'As fields.field_comment.';
comment on column metadata.staging_fields.generation_expression is 'As fields.generation_expression.';
comment on column metadata.staging_fields.generation_kind is 'As fields.generation_kind.';
comment on column metadata.staging_fields.identity is 'As fields.identity.';
comment on column metadata.staging_fields.charset is 'As fields.charset.';
comment on column metadata.staging_fields."collation" is 'As fields.collation.';
comment on column metadata.staging_fields.is_invisible is 'As fields.is_invisible.';
comment on column metadata.staging_fields.enum_values is 'As fields.enum_values.';
comment on column metadata.staging_fields.domain_base_type is 'As fields.domain_base_type.';
comment on column metadata.staging_fields.is_array is 'As fields.is_array.';
comment on column metadata.staging_fields.source_identity is 'As fields.source_identity.';

create unlogged table metadata.staging_details (
    scan_id      bigint   not null,
    database_id  bigint   not null,
    bucket       smallint not null,
    part         text     not null,
    table_schema text     collate "C" not null,
    table_name   text     collate "C" not null,
    sort_key     text     collate "C" not null,
    document     jsonb    not null
);
create index staging_details_batch on metadata.staging_details (scan_id, database_id, bucket);
comment on table metadata.staging_details is 'Keys, indexes and partitions as a scan read them: one row each.';
comment on column metadata.staging_details.scan_id is 'The scan.';
comment on column metadata.staging_details.database_id is 'The database that was read.';
comment on column metadata.staging_details.bucket is 'A hash of the table''s schema and name.';
comment on column metadata.staging_details.part is 'keys, indexes or partitions.';
comment on column metadata.staging_details.table_schema is 'The table''s schema.';
comment on column metadata.staging_details.table_name is 'The table''s name.';
comment on column metadata.staging_details.sort_key is 'What orders the rows of one part and table: a name, or a padded position.';
comment on column metadata.staging_details.document is 'The element of tables.details.';

-- Only an owner may analyze a table; the runtime login asks for it through this.
create function metadata.analyze_staging() returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    analyze metadata.staging_tables, metadata.staging_fields, metadata.staging_details;
end
$$;
comment on function metadata.analyze_staging() is 'Refreshes what the planner knows of the staging tables.';
revoke execute on function metadata.analyze_staging() from public;

-- A worker that dies, or whose data source is deleted under it, leaves its rows behind.
create function metadata.clear_abandoned_staging() returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    delete from metadata.staging_tables s where not exists (
        select from metadata.sync_logs l where l.id = s.scan_id and l.status in ('QUEUED', 'RUNNING'));
    delete from metadata.staging_fields s where not exists (
        select from metadata.sync_logs l where l.id = s.scan_id and l.status in ('QUEUED', 'RUNNING'));
    delete from metadata.staging_details s where not exists (
        select from metadata.sync_logs l where l.id = s.scan_id and l.status in ('QUEUED', 'RUNNING'));
end;
comment on function metadata.clear_abandoned_staging() is
    'Across tenants: deletes what scans that are no longer active have staged.';
revoke execute on function metadata.clear_abandoned_staging() from public;
