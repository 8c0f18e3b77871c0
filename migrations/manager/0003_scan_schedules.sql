-- The level-2 schedule that manager keeps in meta for each data source with managed objects.

create table manager.scan_schedules (
    tenant_id      bigint      not null,
    resource_id    bigint      not null,
    databases      text[]      collate "C" default '{}',
    wanted_version bigint      not null default 1,
    told_version   bigint      not null default 0,
    next_try_at    timestamptz not null default now(),
    claim          bigint      not null default 0,
    changed_by     text        not null,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    constraint scan_schedules_pkey primary key (tenant_id, resource_id),
    constraint scan_schedules_tenant_positive check (tenant_id > 0)
);
create index scan_schedules_to_tell on manager.scan_schedules (next_try_at) where told_version < wanted_version;
comment on table manager.scan_schedules is
    'What meta was told of the databases that are managed: the level-2 schedule of a data source reads them.';
comment on column manager.scan_schedules.tenant_id is 'The tenant that it belongs to.';
comment on column manager.scan_schedules.resource_id is 'The data source in meta.';
comment on column manager.scan_schedules.databases is 'The databases of its schedule as meta was last told; empty for no schedule, null while nobody knows what meta took of it.';
comment on column manager.scan_schedules.wanted_version is 'Counts what was adopted and released.';
comment on column manager.scan_schedules.told_version is 'The version that meta was last told.';
comment on column manager.scan_schedules.next_try_at is 'No replica tells meta before then.';
comment on column manager.scan_schedules.claim is 'Counts the tries, and those that overlapped: only the last one may say what has become of it.';
comment on column manager.scan_schedules.changed_by is 'The sub of the credential that last adopted or released something.';
comment on column manager.scan_schedules.created_at is 'When the row was written.';
comment on column manager.scan_schedules.updated_at is 'When the row last changed.';

-- What is managed already has no schedule yet.
insert into manager.scan_schedules (tenant_id, resource_id, changed_by)
select tenant_id, resource_id, min(managed_by) from manager.managed_objects
where removed_at is null
group by tenant_id, resource_id;

alter table manager.scan_schedules enable row level security;
alter table manager.scan_schedules force row level security;
create policy scan_schedules_of_tenant on manager.scan_schedules using (tenant_id = manager.current_tenant());
create trigger scan_schedules_touch before update on manager.scan_schedules
    for each row execute function manager.touch();
-- The function below runs as the owner, whom this lets read; nobody else may.
create policy scan_schedules_of_owner on manager.scan_schedules for select to current_user using (true);

create function manager.scan_schedules_to_tell(at_most integer)
    returns table (tenant_id bigint, resource_id bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select s.tenant_id, s.resource_id
    from manager.scan_schedules s
    where s.told_version < s.wanted_version and s.next_try_at <= now()
    order by s.next_try_at, s.tenant_id, s.resource_id
    limit at_most;
end;
comment on function manager.scan_schedules_to_tell(integer) is
    'Across tenants: the data sources whose managed databases may have changed since meta was told.';
revoke execute on function manager.scan_schedules_to_tell(integer) from public;
