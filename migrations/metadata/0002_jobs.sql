-- The job log and the history of scans.

create table metadata.log_data_jobs (
    tenant_id         bigint      not null,
    id                uuid        not null,
    job_type          text        not null,
    target_scope      text        not null,
    datasource_id     bigint,
    status            text        not null default 'QUEUED',
    records_total     bigint,
    records_processed bigint      not null default 0,
    records_failed    bigint      not null default 0,
    error_details     text,
    trigger           text        not null,
    requested_by      text,
    parent_job_id     uuid,
    attempt           integer     not null default 0,
    parameters        jsonb       not null default '{}',
    result            jsonb,
    queued_at         timestamptz not null default now(),
    started_at        timestamptz,
    heartbeat_at      timestamptz,
    completed_at      timestamptz,
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    constraint log_data_jobs_pkey primary key (tenant_id, id),
    constraint log_data_jobs_tenant_fkey foreign key (tenant_id) references metadata.tenants (tenant_id),
    -- The log outlives the data source that it speaks of.
    constraint log_data_jobs_datasource_fkey foreign key (tenant_id, datasource_id)
        references metadata.datasources (tenant_id, id) on delete set null (datasource_id),
    constraint log_data_jobs_status_known
        check (status in ('QUEUED', 'RUNNING', 'SUCCESS', 'PARTIAL', 'FAILED', 'CANCELLED')),
    constraint log_data_jobs_trigger_known
        check (trigger in ('manual', 'schedule', 'registration', 'manage', 'pipeline', 'external')),
    constraint log_data_jobs_end_has_time
        check ((status in ('QUEUED', 'RUNNING')) = (completed_at is null))
);
create unique index log_data_jobs_one_active_scan on metadata.log_data_jobs (tenant_id, datasource_id, job_type)
    where status in ('QUEUED', 'RUNNING') and job_type in ('METADATA_SYNC', 'DEEP_SCAN');
create index log_data_jobs_datasource on metadata.log_data_jobs (tenant_id, datasource_id, id);
comment on table metadata.log_data_jobs is 'One run of anything.';
comment on column metadata.log_data_jobs.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.log_data_jobs.id is 'UUIDv7: sorts by the time at which the job was accepted.';
comment on column metadata.log_data_jobs.job_type is 'METADATA_SYNC, DEEP_SCAN, or another kind''s word.';
comment on column metadata.log_data_jobs.target_scope is 'What the job works on, in words.';
comment on column metadata.log_data_jobs.datasource_id is 'The data source that it reads; null for none, or when that is deleted.';
comment on column metadata.log_data_jobs.status is 'QUEUED, RUNNING, SUCCESS, PARTIAL, FAILED or CANCELLED.';
comment on column metadata.log_data_jobs.records_total is 'How many records there are to process; null until known.';
comment on column metadata.log_data_jobs.records_processed is 'How many are done.';
comment on column metadata.log_data_jobs.records_failed is 'How many could not be processed.';
comment on column metadata.log_data_jobs.error_details is 'Why it failed and what to do, cause by cause.';
comment on column metadata.log_data_jobs.trigger is 'Who or what asked: manual, schedule, registration, manage, pipeline, external.';
comment on column metadata.log_data_jobs.requested_by is 'The sub of the credential that asked.';
comment on column metadata.log_data_jobs.parent_job_id is 'The job that started this one.';
comment on column metadata.log_data_jobs.attempt is 'How often it has been started; ends are fenced by it.';
comment on column metadata.log_data_jobs.parameters is 'What it was asked to do.';
comment on column metadata.log_data_jobs.result is 'What came out of it.';
comment on column metadata.log_data_jobs.queued_at is 'When it was accepted.';
comment on column metadata.log_data_jobs.started_at is 'When its last attempt began.';
comment on column metadata.log_data_jobs.heartbeat_at is 'When its worker was last heard of.';
comment on column metadata.log_data_jobs.completed_at is 'When it ended; null while it is active.';
comment on column metadata.log_data_jobs.created_at is 'When the row was written.';
comment on column metadata.log_data_jobs.updated_at is 'When the row last changed.';

create table metadata.sync_logs (
    tenant_id         bigint      not null,
    id                bigint      not null generated always as identity,
    datasource_id     bigint      not null,
    job_id            uuid        not null,
    sync_type         text        not null,
    sync_level        text        not null,
    target_database   text,
    status            text        not null default 'QUEUED',
    started_at        timestamptz,
    completed_at      timestamptz,
    duration_seconds  double precision,
    databases_scanned bigint      not null default 0,
    tables_total      bigint,
    tables_scanned    bigint      not null default 0,
    fields_scanned    bigint      not null default 0,
    added_count       bigint      not null default 0,
    changed_count     bigint      not null default 0,
    removed_count     bigint      not null default 0,
    failed_count      bigint      not null default 0,
    failures          jsonb       not null default '[]',
    checkpoint        jsonb,
    cost              jsonb,
    error_message     text,
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    constraint sync_logs_pkey primary key (tenant_id, id),
    constraint sync_logs_job_key unique (tenant_id, job_id),
    constraint sync_logs_datasource_fkey foreign key (tenant_id, datasource_id)
        references metadata.datasources (tenant_id, id) on delete cascade,
    constraint sync_logs_job_fkey foreign key (tenant_id, job_id)
        references metadata.log_data_jobs (tenant_id, id) on delete cascade,
    constraint sync_logs_type_known check (sync_type in ('auto', 'manual', 'deep')),
    constraint sync_logs_level_known check (sync_level in ('database', 'table', 'field')),
    constraint sync_logs_status_known
        check (status in ('QUEUED', 'RUNNING', 'SUCCESS', 'PARTIAL', 'FAILED', 'CANCELLED'))
);
create index sync_logs_datasource on metadata.sync_logs (tenant_id, datasource_id, id);
comment on table metadata.sync_logs is 'The history of level-1 and level-2 runs; the id is the API''s sync_id and scan_id.';
comment on column metadata.sync_logs.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.sync_logs.id is 'sync_id of a level-1 sync, scan_id of a deep scan.';
comment on column metadata.sync_logs.datasource_id is 'The data source that was read.';
comment on column metadata.sync_logs.job_id is 'The job that ran it.';
comment on column metadata.sync_logs.sync_type is 'auto, manual or deep.';
comment on column metadata.sync_logs.sync_level is 'database, table or field: how deep it reads.';
comment on column metadata.sync_logs.target_database is 'The databases of a deep scan, comma-separated; null for level 1.';
comment on column metadata.sync_logs.status is 'As the job''s.';
comment on column metadata.sync_logs.started_at is 'When it began.';
comment on column metadata.sync_logs.completed_at is 'When it ended.';
comment on column metadata.sync_logs.duration_seconds is 'How long it took.';
comment on column metadata.sync_logs.databases_scanned is 'How many databases were read.';
comment on column metadata.sync_logs.tables_total is 'How many tables (level 2) or databases (level 1) there are to read; null until known.';
comment on column metadata.sync_logs.tables_scanned is 'How many tables have been read.';
comment on column metadata.sync_logs.fields_scanned is 'How many fields have been read.';
comment on column metadata.sync_logs.added_count is 'Objects that were new.';
comment on column metadata.sync_logs.changed_count is 'Objects that had changed.';
comment on column metadata.sync_logs.removed_count is 'Objects that were gone.';
comment on column metadata.sync_logs.failed_count is 'Objects that could not be read.';
comment on column metadata.sync_logs.failures is 'Which, and why: a list of { database, table, error }.';
comment on column metadata.sync_logs.checkpoint is 'How far the run has come, for going on elsewhere.';
comment on column metadata.sync_logs.cost is 'Statements, rows and seconds that it cost the data source.';
comment on column metadata.sync_logs.error_message is 'Why it failed.';
comment on column metadata.sync_logs.created_at is 'When it was accepted.';
comment on column metadata.sync_logs.updated_at is 'When the row last changed.';
