-- Reading only what changed.

alter table metadata.tables add column source_digest text;
comment on column metadata.tables.source_digest is
    'What the data source told of it when it was last read deeply: as long as it tells the same, nothing is read again. Null when it must be read.';
alter table metadata.databases add column incremental_scans integer not null default 0;
comment on column metadata.databases.incremental_scans is 'How many scans have read only what changed since one read everything.';
alter table metadata.changes add column is_defect boolean not null default false;
comment on column metadata.changes.is_defect is
    'Whether only a scan of everything found it although incremental ones had a chance: the digest had not changed.';
alter table metadata.sync_logs
    add column mode text,
    add column tables_unchanged bigint not null default 0;
comment on column metadata.sync_logs.mode is
    'full or incremental: whether everything was read, or of some database only what changed. Null until known, and at level 1.';
comment on column metadata.sync_logs.tables_unchanged is
    'How many of the scanned tables were not read, since their digests told that they are as they were.';
alter table metadata.sync_logs add constraint sync_logs_mode_known check (mode in ('full', 'incremental'));

create unlogged table metadata.staging_digests (
    scan_id          bigint   not null,
    database_id      bigint   not null,
    bucket           smallint not null,
    table_schema     text     collate "C" not null,
    table_name       text     collate "C" not null,
    part             text     not null,
    digest           text,
    source_identity  bigint,
    row_count        bigint,
    row_count_source text,
    data_size_bytes  bigint,
    index_size_bytes bigint,
    toast_size_bytes bigint,
    auto_increment   bigint,
    is_known         boolean  not null default false
);
create index staging_digests_batch on metadata.staging_digests (scan_id, database_id, bucket);
comment on table metadata.staging_digests is 'What tells whether tables have changed, as a scan read it before anything else.';
comment on column metadata.staging_digests.scan_id is 'The scan.';
comment on column metadata.staging_digests.database_id is 'The database that was read.';
comment on column metadata.staging_digests.bucket is 'A hash of the table''s schema and name.';
comment on column metadata.staging_digests.table_schema is 'As tables.table_schema.';
comment on column metadata.staging_digests.table_name is 'As tables.table_name.';
comment on column metadata.staging_digests.part is
    'What it is the digest of. Every table has one of all, or one of tables; what has neither is no table.';
comment on column metadata.staging_digests.digest is 'The digest; null in a row of figures alone, and where none can be trusted.';
comment on column metadata.staging_digests.source_identity is 'As tables.source_identity.';
comment on column metadata.staging_digests.row_count is 'As tables.row_count.';
comment on column metadata.staging_digests.row_count_source is 'As tables.row_count_source.';
comment on column metadata.staging_digests.data_size_bytes is 'As tables.data_size_bytes.';
comment on column metadata.staging_digests.index_size_bytes is 'As tables.index_size_bytes.';
comment on column metadata.staging_digests.toast_size_bytes is 'As tables.toast_size_bytes.';
comment on column metadata.staging_digests.auto_increment is 'As tables.auto_increment.';
comment on column metadata.staging_digests.is_known is
    'Whether the catalog''s table was read when it had the same digests; told by the row of all or of tables.';

create function metadata.staged_digests(scan bigint, database bigint, release text)
    returns table (
        bucket smallint, table_schema text, table_name text, source_digest text, source_identity bigint, row_count bigint,
        row_count_source text, data_size_bytes bigint, index_size_bytes bigint, toast_size_bytes bigint,
        auto_increment bigint, is_known boolean
    )
    language sql stable
begin atomic
    select
        s.bucket, s.table_schema, s.table_name,
        release || string_agg(' ' || s.part || ' ' || s.digest, '' order by s.part collate "C"),
        max(s.source_identity), max(s.row_count), max(s.row_count_source), max(s.data_size_bytes),
        max(s.index_size_bytes), max(s.toast_size_bytes), max(s.auto_increment), bool_or(s.is_known)
    from metadata.staging_digests s
    where s.scan_id = scan and s.database_id = database
    group by s.bucket, s.table_schema, s.table_name
    having bool_or(s.part in ('all', 'tables'));
end;
comment on function metadata.staged_digests is
    'The digests of each staged table as one text: equal when nothing has changed. What has neither part is a sequence.';

create or replace function metadata.analyze_staging() returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    analyze metadata.staging_tables, metadata.staging_fields, metadata.staging_details, metadata.staging_objects,
        metadata.staging_identities, metadata.staging_digests;
end
$$;

create or replace function metadata.clear_abandoned_staging() returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    delete from metadata.staging_tables s where not exists (
        select from metadata.sync_logs l where l.id = s.scan_id and l.status in ('QUEUED', 'RUNNING'));
    delete from metadata.staging_fields s where not exists (
        select from metadata.sync_logs l where l.id = s.scan_id and l.status in ('QUEUED', 'RUNNING'));
    delete from metadata.staging_details s where not exists (
        select from metadata.sync_logs l where l.id = s.scan_id and l.status in ('QUEUED', 'RUNNING'));
    delete from metadata.staging_objects s where not exists (
        select from metadata.sync_logs l where l.id = s.scan_id and l.status in ('QUEUED', 'RUNNING'));
    delete from metadata.staging_identities s where not exists (
        select from metadata.sync_logs l where l.id = s.scan_id and l.status in ('QUEUED', 'RUNNING'));
    delete from metadata.staging_digests s where not exists (
        select from metadata.sync_logs l where l.id = s.scan_id and l.status in ('QUEUED', 'RUNNING'));
end;
