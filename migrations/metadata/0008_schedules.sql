-- Schedules: when a data source is read again by itself.

create table metadata.schedules (
    tenant_id      bigint      not null,
    id             bigint      not null generated always as identity,
    datasource_id  bigint      not null,
    level          smallint    not null,
    databases      text[]      collate "C",
    cron           text        not null,
    time_zone      text        not null,
    paused         boolean     not null default false,
    jitter_seconds integer     not null,
    origin         text        not null,
    next_run_at    timestamptz,
    last_run_at    timestamptz,
    last_job_id    uuid,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    constraint schedules_pkey primary key (tenant_id, id),
    constraint schedules_datasource_fkey foreign key (tenant_id, datasource_id)
        references metadata.datasources (tenant_id, id) on delete cascade,
    constraint schedules_last_job_fkey foreign key (tenant_id, last_job_id)
        references metadata.log_data_jobs (tenant_id, id) on delete set null (last_job_id),
    constraint schedules_level_known check (level in (1, 2)),
    constraint schedules_databases_of_level_two
        check ((level = 2) = (databases is not null) and (databases is null or cardinality(databases) > 0)),
    constraint schedules_jitter_range check (jitter_seconds between 0 and 86400),
    constraint schedules_origin_known check (origin in ('default', 'api', 'manager')),
    constraint schedules_paused_has_no_next check (not paused or next_run_at is null)
);
create unique index schedules_default_key on metadata.schedules (tenant_id, datasource_id) where origin = 'default';
create unique index schedules_manager_key on metadata.schedules (tenant_id, datasource_id) where origin = 'manager';
create index schedules_datasource on metadata.schedules (tenant_id, datasource_id, id);
create index schedules_last_job on metadata.schedules (tenant_id, last_job_id);
-- What is to be planned comes before everything that is planned; see schedules_due below.
create index schedules_next_run on metadata.schedules ((coalesce(next_run_at, '-infinity'))) where not paused;
comment on table metadata.schedules is 'When data sources are read again by themselves.';
comment on column metadata.schedules.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.schedules.id is 'The id that the API shows.';
comment on column metadata.schedules.datasource_id is 'The data source that is read.';
comment on column metadata.schedules.level is '1 lists databases, 2 reads those that are named.';
comment on column metadata.schedules.databases is 'The databases that level 2 reads; null for level 1.';
comment on column metadata.schedules.cron is 'The ticks: a cron expression of five fields, or a word such as @daily.';
comment on column metadata.schedules.time_zone is 'The zone whose clock the expression means, as IANA names it.';
comment on column metadata.schedules.paused is 'While it is set nothing runs.';
comment on column metadata.schedules.jitter_seconds is
    'A run comes so much after its tick at most; how much is the same each time.';
comment on column metadata.schedules.origin is
    'default: made with the data source, and as the configuration says; api: made or changed by a person; manager: kept by manager.';
comment on column metadata.schedules.next_run_at is
    'When it runs next; null while it or its data source is paused, and until a replica has planned it.';
comment on column metadata.schedules.last_run_at is 'When it last started a job.';
comment on column metadata.schedules.last_job_id is 'That job; null where it is no longer in the log.';
comment on column metadata.schedules.created_at is 'When it was made.';
comment on column metadata.schedules.updated_at is 'When the row last changed.';

-- Data sources that are there get what they would have got with their registration. The first
-- replica that runs schedules brings these to what its configuration says, and plans them.
insert into metadata.schedules (tenant_id, datasource_id, level, cron, time_zone, jitter_seconds, origin)
select tenant_id, id, 1, '0 0 * * *', 'UTC', 300, 'default' from metadata.datasources;

alter table metadata.schedules enable row level security;
alter table metadata.schedules force row level security;
create policy schedules_of_tenant on metadata.schedules using (tenant_id = metadata.current_tenant());
create trigger schedules_touch before update on metadata.schedules
    for each row execute function metadata.touch();
-- The functions below run as the owner, whom this lets read; nobody else may.
create policy schedules_of_owner on metadata.schedules for select to current_user using (true);

create function metadata.schedules_due(moment timestamptz, at_most integer)
    returns table (tenant_id bigint, schedule_id bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select s.tenant_id, s.id
    from metadata.schedules s
    join metadata.datasources d on d.tenant_id = s.tenant_id and d.id = s.datasource_id
    where not s.paused and not d.paused and coalesce(s.next_run_at, '-infinity') <= moment
    order by coalesce(s.next_run_at, '-infinity'), s.tenant_id, s.id
    limit at_most;
end;
comment on function metadata.schedules_due(timestamptz, integer) is
    'Across tenants: the schedules whose time has come or is to be planned, but those that are paused or whose data source is.';
revoke execute on function metadata.schedules_due(timestamptz, integer) from public;

create function metadata.default_schedules_unlike(cron text, time_zone text, jitter_seconds integer, at_most integer)
    returns table (tenant_id bigint, schedule_id bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select s.tenant_id, s.id
    from metadata.schedules s
    where s.origin = 'default'
      and (s.cron, s.time_zone, s.jitter_seconds)
        is distinct from (default_schedules_unlike.cron, default_schedules_unlike.time_zone,
            default_schedules_unlike.jitter_seconds)
    order by s.tenant_id, s.id
    limit at_most;
end;
comment on function metadata.default_schedules_unlike(text, text, integer, integer) is
    'Across tenants: the default schedules that are not as the configuration now says.';
revoke execute on function metadata.default_schedules_unlike(text, text, integer, integer) from public;

-- A replica of the release before logs an error at its ticks until it is replaced; those of this release do its work.
drop function metadata.datasources_due_for_sync(timestamptz, integer);
