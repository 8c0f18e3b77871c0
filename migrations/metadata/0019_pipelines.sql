-- Pipelines: how sync tables are filled, how business tables are made from them, and what waits in between.

create table metadata.pipelines (
    tenant_id           bigint      not null,
    id                  bigint      not null generated always as identity,
    name                text        not null collate "C",
    sync_table_id       bigint,
    biz_table_id        bigint,
    sync_table_since    timestamptz,
    biz_table_since     timestamptz,
    fill                jsonb       not null,
    etl                 jsonb       not null,
    delta               jsonb       not null,
    sync_target_seconds integer,
    etl_target_seconds  integer,
    threshold           bigint,
    cron                text,
    time_zone           text,
    paused              boolean     not null default false,
    jitter_seconds      integer,
    next_run_at         timestamptz,
    last_run_at         timestamptz,
    last_job_id         uuid,
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now(),
    constraint pipelines_pkey primary key (tenant_id, id),
    constraint pipelines_name_key unique (tenant_id, name),
    constraint pipelines_tenant_fkey foreign key (tenant_id) references metadata.tenants (tenant_id),
    -- A pipeline outlives its tables: it is shown with what has become of them.
    constraint pipelines_sync_table_fkey foreign key (tenant_id, sync_table_id)
        references metadata.tables (tenant_id, id) on delete set null (sync_table_id),
    constraint pipelines_biz_table_fkey foreign key (tenant_id, biz_table_id)
        references metadata.tables (tenant_id, id) on delete set null (biz_table_id),
    constraint pipelines_last_job_fkey foreign key (tenant_id, last_job_id)
        references metadata.log_data_jobs (tenant_id, id) on delete set null (last_job_id),
    constraint pipelines_two_tables check (sync_table_id <> biz_table_id),
    constraint pipelines_targets_positive check (sync_target_seconds > 0 and etl_target_seconds > 0),
    constraint pipelines_threshold_positive check (threshold > 0),
    constraint pipelines_schedule_whole
        check ((cron is null) = (time_zone is null) and (cron is null) = (jitter_seconds is null)),
    constraint pipelines_jitter_range check (jitter_seconds between 0 and 86400),
    constraint pipelines_rest_has_no_next check (cron is not null and not paused or next_run_at is null)
);
create index pipelines_sync_table on metadata.pipelines (tenant_id, sync_table_id);
create index pipelines_biz_table on metadata.pipelines (tenant_id, biz_table_id);
create index pipelines_last_job on metadata.pipelines (tenant_id, last_job_id);
-- What is to be planned comes before everything that is planned; see pipelines_due below.
create index pipelines_next_run on metadata.pipelines ((coalesce(next_run_at, '-infinity')))
    where cron is not null and not paused;
comment on table metadata.pipelines is 'How tables are filled and made from each other.';
comment on column metadata.pipelines.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.pipelines.id is 'The id that the API shows.';
comment on column metadata.pipelines.name is 'The name that the tenant gave it.';
comment on column metadata.pipelines.sync_table_id is 'The table that is filled; null when its data source has been deleted.';
comment on column metadata.pipelines.biz_table_id is 'The table that is made from it; null when its data source has been deleted.';
comment on column metadata.pipelines.sync_table_since is
    'Since when it fills that table: earlier runs filled another; null for ever since.';
comment on column metadata.pipelines.biz_table_since is
    'Since when it makes that table: earlier runs made another; null for ever since.';
comment on column metadata.pipelines.fill is 'How the sync table is filled: kind, and what belongs to it.';
comment on column metadata.pipelines.etl is 'How the business table is made: kind, and what belongs to it.';
comment on column metadata.pipelines.delta is 'How rows that wait are counted: method, and its columns.';
comment on column metadata.pipelines.sync_target_seconds is 'How old the sync table may be; null for as old as may be.';
comment on column metadata.pipelines.etl_target_seconds is 'How old the business table may be; null for as old as may be.';
comment on column metadata.pipelines.threshold is 'So many rows that wait start the ETL; null when nothing does.';
comment on column metadata.pipelines.cron is 'When it runs by itself: a cron expression or a word such as @daily; null for never.';
comment on column metadata.pipelines.time_zone is 'The zone whose clock the expression means, as IANA names it.';
comment on column metadata.pipelines.paused is 'While it is set nothing runs by itself.';
comment on column metadata.pipelines.jitter_seconds is
    'A run comes so much after its tick at most; how much is the same each time.';
comment on column metadata.pipelines.next_run_at is
    'When it runs next; null while it is paused or has no schedule, and until a replica has planned it.';
comment on column metadata.pipelines.last_run_at is 'When its schedule last started a job.';
comment on column metadata.pipelines.last_job_id is 'That job; null where it is no longer in the log.';
comment on column metadata.pipelines.created_at is 'When it was made.';
comment on column metadata.pipelines.updated_at is 'When the row last changed.';
alter table metadata.pipelines enable row level security;
alter table metadata.pipelines force row level security;
create policy pipelines_of_tenant on metadata.pipelines using (tenant_id = metadata.current_tenant());
create trigger pipelines_touch before update on metadata.pipelines
    for each row execute function metadata.touch();
-- The function below runs as the owner, whom this lets read; nobody else may.
create policy pipelines_of_owner on metadata.pipelines for select to current_user using (true);

create function metadata.pipelines_due(moment timestamptz, at_most integer)
    returns table (tenant_id bigint, pipeline_id bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select p.tenant_id, p.id
    from metadata.pipelines p
    where p.cron is not null and not p.paused and coalesce(p.next_run_at, '-infinity') <= moment
    order by coalesce(p.next_run_at, '-infinity'), p.tenant_id, p.id
    limit at_most;
end;
comment on function metadata.pipelines_due(timestamptz, integer) is
    'Across tenants: the pipelines whose time has come or is to be planned, but those that are paused.';
revoke execute on function metadata.pipelines_due(timestamptz, integer) from public;

alter table metadata.log_data_jobs
    add column pipeline_id bigint,
    add constraint log_data_jobs_pipeline_fkey foreign key (tenant_id, pipeline_id)
        references metadata.pipelines (tenant_id, id) on delete set null (pipeline_id);
comment on column metadata.log_data_jobs.pipeline_id is
    'The pipeline that it is a run of; null for none, or when that is deleted.';
create unique index log_data_jobs_one_active_of_pipeline on metadata.log_data_jobs (tenant_id, pipeline_id, job_type)
    where status in ('QUEUED', 'RUNNING') and pipeline_id is not null;
create index log_data_jobs_pipeline on metadata.log_data_jobs (tenant_id, pipeline_id, id);
create index log_data_jobs_good_ends on metadata.log_data_jobs (tenant_id, job_type, target_scope, completed_at)
    where status in ('SUCCESS', 'PARTIAL');

-- The last good end of a scope tells how old its data is, and the last good measurement what waits: they stay also
-- where all that came later has failed.
create or replace function metadata.jobs_to_purge(ended_before timestamptz, at_most integer)
    returns table (tenant_id bigint, job_id uuid)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select j.tenant_id, j.id
    from metadata.log_data_jobs j
    where j.completed_at < ended_before
      and exists (
        select 1 from metadata.log_data_jobs newer
        where newer.tenant_id = j.tenant_id and newer.job_type = j.job_type
          and newer.target_scope = j.target_scope and newer.completed_at is not null and newer.id > j.id
          and (j.status not in ('SUCCESS', 'PARTIAL') or newer.status in ('SUCCESS', 'PARTIAL'))
    )
    order by j.tenant_id, j.id
    limit at_most;
end;
comment on function metadata.jobs_to_purge(timestamptz, integer) is
    'Across tenants: jobs that ended before a time, but for the newest and the newest good one of each scope.';

create table metadata.measurements (
    tenant_id       bigint      not null,
    id              bigint      not null generated always as identity,
    pipeline_id     bigint      not null,
    job_id          uuid        not null,
    method          text        not null,
    pending_rows    bigint      not null,
    surplus_rows    bigint,
    sync_rows       bigint,
    biz_rows        bigint,
    sync_changed_at timestamptz,
    biz_changed_at  timestamptz,
    note            text,
    measured_at     timestamptz not null,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    constraint measurements_pkey primary key (tenant_id, id),
    constraint measurements_job_key unique (tenant_id, job_id),
    constraint measurements_pipeline_fkey foreign key (tenant_id, pipeline_id)
        references metadata.pipelines (tenant_id, id) on delete cascade,
    -- Measurements are kept as long as their jobs are.
    constraint measurements_job_fkey foreign key (tenant_id, job_id)
        references metadata.log_data_jobs (tenant_id, id) on delete cascade,
    constraint measurements_method_known check (method in ('count', 'watermark', 'key')),
    constraint measurements_pending_counts check (pending_rows >= 0)
);
create index measurements_of_pipeline on metadata.measurements (tenant_id, pipeline_id, id);
comment on table metadata.measurements is 'How many rows of pipelines waited at a time, and how new their tables were.';
comment on column metadata.measurements.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.measurements.id is 'A number of its own, in the order of measuring.';
comment on column metadata.measurements.pipeline_id is 'The pipeline that was measured.';
comment on column metadata.measurements.job_id is 'The job that measured.';
comment on column metadata.measurements.method is 'count, watermark or key: how the rows were counted.';
comment on column metadata.measurements.pending_rows is 'How many rows waited to be processed.';
comment on column metadata.measurements.surplus_rows is
    'How many rows of the business table the sync table did not have; null where the method does not tell.';
comment on column metadata.measurements.sync_rows is 'How many rows the sync table had; null where they were not counted.';
comment on column metadata.measurements.biz_rows is 'How many rows the business table had; null where they were not counted.';
comment on column metadata.measurements.sync_changed_at is
    'The newest time in the watermark column of the sync table; null without one.';
comment on column metadata.measurements.biz_changed_at is
    'The newest time in the watermark column of the business table; null without one.';
comment on column metadata.measurements.note is 'What is to be known about the figures, in words.';
comment on column metadata.measurements.measured_at is 'When the figures were true.';
comment on column metadata.measurements.created_at is 'When the row was written.';
comment on column metadata.measurements.updated_at is 'When the row last changed.';
alter table metadata.measurements enable row level security;
alter table metadata.measurements force row level security;
create policy measurements_of_tenant on metadata.measurements using (tenant_id = metadata.current_tenant());
create trigger measurements_touch before update on metadata.measurements
    for each row execute function metadata.touch();

create table metadata.failed_rows (
    tenant_id  bigint      not null,
    id         bigint      not null generated always as identity,
    job_id     uuid        not null,
    row_key    text        not null,
    reason     text        not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint failed_rows_pkey primary key (tenant_id, id),
    -- Failed rows are kept as long as their jobs are.
    constraint failed_rows_job_fkey foreign key (tenant_id, job_id)
        references metadata.log_data_jobs (tenant_id, id) on delete cascade
);
create index failed_rows_of_job on metadata.failed_rows (tenant_id, job_id, id);
comment on table metadata.failed_rows is 'Rows that a job could not write, the first ones where there are many.';
comment on column metadata.failed_rows.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.failed_rows.id is 'A number of its own.';
comment on column metadata.failed_rows.job_id is 'The job that could not write it.';
comment on column metadata.failed_rows.row_key is 'The values of its key, or its place in the answer of the query.';
comment on column metadata.failed_rows.reason is 'Why it could not be written.';
comment on column metadata.failed_rows.created_at is 'When that was.';
comment on column metadata.failed_rows.updated_at is 'When the row last changed.';
alter table metadata.failed_rows enable row level security;
alter table metadata.failed_rows force row level security;
create policy failed_rows_of_tenant on metadata.failed_rows using (tenant_id = metadata.current_tenant());
create trigger failed_rows_touch before update on metadata.failed_rows
    for each row execute function metadata.touch();

create table metadata.table_groups (
    tenant_id  bigint      not null,
    position   integer     not null,
    name       text        not null,
    prefixes   text[]      not null default '{}' collate "C",
    table_ids  bigint[]    not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint table_groups_pkey primary key (tenant_id, position),
    constraint table_groups_name_key unique (tenant_id, name),
    constraint table_groups_tenant_fkey foreign key (tenant_id) references metadata.tenants (tenant_id)
);
comment on table metadata.table_groups is 'Into which groups the overview counts tables, where a tenant wants other ones than the usual.';
comment on column metadata.table_groups.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.table_groups.position is 'Its place: a table counts into the first group that takes it.';
comment on column metadata.table_groups.name is 'What it is called.';
comment on column metadata.table_groups.prefixes is 'It takes tables whose name begins with one of these.';
comment on column metadata.table_groups.table_ids is 'It takes these tables, before any prefix is looked at.';
comment on column metadata.table_groups.created_at is 'When it was made.';
comment on column metadata.table_groups.updated_at is 'When the row last changed.';
alter table metadata.table_groups enable row level security;
alter table metadata.table_groups force row level security;
create policy table_groups_of_tenant on metadata.table_groups using (tenant_id = metadata.current_tenant());
create trigger table_groups_touch before update on metadata.table_groups
    for each row execute function metadata.touch();
