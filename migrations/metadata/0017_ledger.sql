-- Runs that programs outside report.

alter table metadata.log_data_jobs
    add column external_id  text    collate "C",
    add column end_presumed boolean not null default false,
    add constraint log_data_jobs_external_id_is_external check (external_id is null or trigger = 'external'),
    add constraint log_data_jobs_presumed_is_failed
        check (not end_presumed or (trigger = 'external' and status = 'FAILED'));
create unique index log_data_jobs_external_key on metadata.log_data_jobs (tenant_id, external_id)
    where external_id is not null;
create index log_data_jobs_external_active on metadata.log_data_jobs (tenant_id, id)
    where trigger = 'external' and status in ('QUEUED', 'RUNNING');
comment on column metadata.log_data_jobs.external_id is
    'What the program that reports the run calls it, so that a report that comes twice finds it; null for none.';
comment on column metadata.log_data_jobs.end_presumed is
    'Whether the end was set since the run was not heard of: the end that the program reports takes its place.';
comment on column metadata.log_data_jobs.heartbeat_at is
    'When its worker was last heard of, or the program outside that runs it.';

-- What the queue must hold an entry of: what programs outside run is none of the queue's.
create or replace function metadata.active_jobs()
    returns table (tenant_id bigint, job_id uuid, datasource_id bigint, run_after timestamptz)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select j.tenant_id, j.id, j.datasource_id, j.run_after
    from metadata.log_data_jobs j
    where j.status in ('QUEUED', 'RUNNING') and j.trigger <> 'external';
end;
comment on function metadata.active_jobs() is 'Across tenants: jobs of ours that wait or run.';

create function metadata.silent_runs(heard_before timestamptz, at_most integer)
    returns table (tenant_id bigint, job_id uuid)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select j.tenant_id, j.id
    from metadata.log_data_jobs j
    where j.trigger = 'external' and j.status in ('QUEUED', 'RUNNING')
      and coalesce(j.heartbeat_at, j.queued_at) < heard_before
    order by j.tenant_id, j.id
    limit at_most;
end;
comment on function metadata.silent_runs(timestamptz, integer) is
    'Across tenants: runs of programs outside that go on and were last heard of before a time.';
revoke execute on function metadata.silent_runs(timestamptz, integer) from public;
