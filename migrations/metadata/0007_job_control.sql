-- Cancelling, retrying and following jobs.

alter table metadata.log_data_jobs
    add column message             text,
    add column version             bigint      not null default 1,
    add column records_resumed     bigint      not null default 0,
    add column run_after           timestamptz,
    add column cancel_requested_at timestamptz;
comment on column metadata.log_data_jobs.message is 'What it does just now, in words.';
comment on column metadata.log_data_jobs.version is 'Counts the changes of the row; the id of its events.';
comment on column metadata.log_data_jobs.records_resumed is 'How many records were done when the last attempt began.';
comment on column metadata.log_data_jobs.run_after is 'When the next attempt is due, after one that failed; null when nothing is waited for.';
comment on column metadata.log_data_jobs.cancel_requested_at is 'When somebody asked to stop it.';
comment on column metadata.log_data_jobs.parent_job_id is 'The job that started this one, or that this one does again.';

-- How many jobs a tenant has waiting or running decides how far back in the queue its next one stands.
create index log_data_jobs_active on metadata.log_data_jobs (tenant_id, trigger) where status in ('QUEUED', 'RUNNING');

create function metadata.log_data_jobs_count_change() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    new.version := old.version + 1;
    return new;
end
$$;
comment on function metadata.log_data_jobs_count_change() is 'Gives each state of a job a number of its own.';
create trigger log_data_jobs_count_change before update on metadata.log_data_jobs
    for each row execute function metadata.log_data_jobs_count_change();

-- A heartbeat alone is news to nobody.
create function metadata.log_data_jobs_tell() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_notify('plumbline_jobs', new.tenant_id || ' ' || new.id);
    return null;
end
$$;
comment on function metadata.log_data_jobs_tell() is
    'Tells all replicas that a job has changed: the channel plumbline_jobs, with tenant and id. What it is now, they read.';
create trigger log_data_jobs_tell
    after update of status, records_total, records_processed, records_failed, message, cancel_requested_at
    on metadata.log_data_jobs
    for each row execute function metadata.log_data_jobs_tell();

create table metadata.job_attempts (
    tenant_id  bigint      not null,
    job_id     uuid        not null,
    attempt    integer     not null,
    worker     text        not null,
    started_at timestamptz not null default now(),
    ended_at   timestamptz,
    outcome    text,
    error      text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint job_attempts_pkey primary key (tenant_id, job_id, attempt),
    constraint job_attempts_job_fkey foreign key (tenant_id, job_id)
        references metadata.log_data_jobs (tenant_id, id) on delete cascade,
    constraint job_attempts_outcome_known
        check (outcome in ('SUCCESS', 'PARTIAL', 'FAILED', 'CANCELLED', 'HANDED_BACK', 'RETRY', 'LOST')),
    constraint job_attempts_end_has_outcome check ((ended_at is null) = (outcome is null))
);
comment on table metadata.job_attempts is 'How often a job was begun, by whom, and how that ended.';
comment on column metadata.job_attempts.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.job_attempts.job_id is 'The job.';
comment on column metadata.job_attempts.attempt is 'Which attempt, from 1.';
comment on column metadata.job_attempts.worker is 'The worker that made it, by the name that it has in the queue.';
comment on column metadata.job_attempts.started_at is 'When it began.';
comment on column metadata.job_attempts.ended_at is 'When it ended; null while it goes on.';
comment on column metadata.job_attempts.outcome is
    'The job''s end, or HANDED_BACK (the service stopped), RETRY (it failed and may pass), LOST (the worker died).';
comment on column metadata.job_attempts.error is 'Why it failed.';
comment on column metadata.job_attempts.created_at is 'When the row was written.';
comment on column metadata.job_attempts.updated_at is 'When the row last changed.';
create trigger job_attempts_touch before update on metadata.job_attempts
    for each row execute function metadata.touch();
alter table metadata.job_attempts enable row level security;
alter table metadata.job_attempts force row level security;
create policy job_attempts_of_tenant on metadata.job_attempts using (tenant_id = metadata.current_tenant());

-- History older than its time, but for the newest end of each scope.
create function metadata.jobs_to_purge(ended_before timestamptz, at_most integer)
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
    )
    order by j.tenant_id, j.id
    limit at_most;
end;
comment on function metadata.jobs_to_purge(timestamptz, integer) is
    'Across tenants: jobs that ended before a time, but for the newest of each scope.';
revoke execute on function metadata.jobs_to_purge(timestamptz, integer) from public;
create index log_data_jobs_scope on metadata.log_data_jobs (tenant_id, job_type, target_scope, id);
create index log_data_jobs_ended on metadata.log_data_jobs (completed_at) where completed_at is not null;

-- What the queue must hold an entry of.
create function metadata.active_jobs()
    returns table (tenant_id bigint, job_id uuid, datasource_id bigint, run_after timestamptz)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select j.tenant_id, j.id, j.datasource_id, j.run_after
    from metadata.log_data_jobs j
    where j.status in ('QUEUED', 'RUNNING');
end;
comment on function metadata.active_jobs() is 'Across tenants: jobs that wait or run.';
revoke execute on function metadata.active_jobs() from public;
