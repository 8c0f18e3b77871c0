-- What tenants have adopted. Manager's own schema: meta never reads it.

create function manager.current_tenant() returns bigint
    language sql stable parallel safe
    -- After a transaction that set it locally the setting is '' and not NULL.
    return nullif(current_setting('app.tenant_id', true), '')::bigint;
comment on function manager.current_tenant() is
    'The tenant that the transaction is bound to; null when it is bound to none.';

create function manager.touch() returns trigger
    language plpgsql as $$
begin
    new.updated_at := now();
    return new;
end
$$;
comment on function manager.touch() is 'Keeps updated_at.';

create table manager.schema_version (
    only_row        boolean     not null default true,
    min_app_version text        not null,
    updated_at      timestamptz not null default now(),
    constraint schema_version_pkey primary key (only_row),
    constraint schema_version_one_row check (only_row)
);
comment on table manager.schema_version is 'The oldest release that may run on this schema.';
comment on column manager.schema_version.only_row is 'Makes sure that there is one row.';
comment on column manager.schema_version.min_app_version is 'A binary with an older version refuses to run.';
comment on column manager.schema_version.updated_at is 'When a migration last raised it.';
insert into manager.schema_version (min_app_version) values ('0.1.0');

create table manager.managed_objects (
    tenant_id    bigint      not null,
    id           bigint      not null generated always as identity,
    resource_id  bigint      not null,
    database     text        collate "C" not null,
    "table"      text        collate "C",
    status       text        not null default 'pending',
    wants_scan   boolean     not null default true,
    permission   text        not null default 'read',
    row_count    bigint,
    scan_id      bigint,
    job_id       uuid,
    last_error   text,
    managed_by   text        not null,
    managed_at   timestamptz not null default now(),
    removed_at   timestamptz,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    constraint managed_objects_pkey primary key (tenant_id, id),
    constraint managed_objects_object_key unique nulls not distinct (tenant_id, resource_id, database, "table"),
    constraint managed_objects_tenant_positive check (tenant_id > 0),
    constraint managed_objects_status_known check (status in ('pending', 'scanning', 'ready', 'failed')),
    constraint managed_objects_permission_known check (permission in ('read', 'write', 'admin')),
    constraint managed_objects_scanning_by check (status <> 'scanning' or scan_id is not null)
);
create index managed_objects_by_source on manager.managed_objects (tenant_id, resource_id, id);
create index managed_objects_unfinished on manager.managed_objects (tenant_id, resource_id, id)
    where wants_scan and status in ('pending', 'scanning');
create index managed_objects_living on manager.managed_objects (tenant_id, resource_id) where removed_at is null;
comment on table manager.managed_objects is 'Databases and tables that tenants have adopted.';
comment on column manager.managed_objects.tenant_id is 'The tenant that it belongs to.';
comment on column manager.managed_objects.id is 'The id that the API shows.';
comment on column manager.managed_objects.resource_id is 'The data source in meta.';
comment on column manager.managed_objects.database is 'The database''s name.';
comment on column manager.managed_objects."table" is 'The table, name or schema.name; null for the whole database.';
comment on column manager.managed_objects.status is 'pending, scanning, ready or failed.';
comment on column manager.managed_objects.wants_scan is 'Whether the reconciler is to see to a deep scan; false when it was adopted without one.';
comment on column manager.managed_objects.permission is 'read, write or admin: what others of the tenant may do with it.';
comment on column manager.managed_objects.row_count is 'Rows as of the last scan; null when unknown.';
comment on column manager.managed_objects.scan_id is 'The scan in meta that reads or last read it.';
comment on column manager.managed_objects.job_id is 'The job of that scan.';
comment on column manager.managed_objects.last_error is 'Why it failed, or why its scan has not started yet.';
comment on column manager.managed_objects.managed_by is 'The sub of the credential that adopted it.';
comment on column manager.managed_objects.managed_at is 'When it was adopted.';
comment on column manager.managed_objects.removed_at is 'When its data source was found to be gone; null while that is there.';
comment on column manager.managed_objects.created_at is 'When the row was written.';
comment on column manager.managed_objects.updated_at is 'When the row last changed.';

create table manager.reconcile_turns (
    tenant_id    bigint      not null,
    resource_id  bigint      not null,
    next_turn_at timestamptz not null,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    constraint reconcile_turns_pkey primary key (tenant_id, resource_id),
    constraint reconcile_turns_tenant_positive check (tenant_id > 0)
);
comment on table manager.reconcile_turns is 'When the reconciler next sees to a data source: whichever replica moves the time on has the turn.';
comment on column manager.reconcile_turns.tenant_id is 'The tenant that it belongs to.';
comment on column manager.reconcile_turns.resource_id is 'The data source in meta; 0: whether the tenant''s data sources are still there.';
comment on column manager.reconcile_turns.next_turn_at is 'No replica takes a turn before then.';
comment on column manager.reconcile_turns.created_at is 'When the row was written.';
comment on column manager.reconcile_turns.updated_at is 'When the row last changed.';

do $$
declare
    name text;
begin
    foreach name in array array['managed_objects', 'reconcile_turns']
    loop
        execute format('alter table manager.%I enable row level security', name);
        execute format('alter table manager.%I force row level security', name);
        execute format(
            'create policy %I on manager.%I using (tenant_id = manager.current_tenant())', name || '_of_tenant', name
        );
        execute format(
            'create trigger %I before update on manager.%I for each row execute function manager.touch()',
            name || '_touch', name
        );
        -- The functions below run as the owner, whom this lets read; nobody else may.
        execute format('create policy %I on manager.%I for select to current_user using (true)', name || '_of_owner', name);
    end loop;
end
$$;

create function manager.sources_to_reconcile(at_most integer)
    returns table (tenant_id bigint, resource_id bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select o.tenant_id, o.resource_id
    from (
        select distinct m.tenant_id, m.resource_id from manager.managed_objects m
        where m.wants_scan and m.status in ('pending', 'scanning')
    ) o
    left join manager.reconcile_turns t on t.tenant_id = o.tenant_id and t.resource_id = o.resource_id
    where t.next_turn_at is null or t.next_turn_at <= now()
    -- Who waits longest comes first, so that nobody is left out when there are more than at_most.
    order by t.next_turn_at nulls first, o.tenant_id, o.resource_id
    limit at_most;
end;
comment on function manager.sources_to_reconcile(integer) is
    'Across tenants: the data sources with managed objects whose scan has not ended, as far as their turn has come.';
revoke execute on function manager.sources_to_reconcile(integer) from public;

create function manager.tenants_to_check(at_most integer)
    returns table (tenant_id bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    -- One step of an index per tenant, whatever the number of their objects.
    with recursive tenants (id) as (
        (select m.tenant_id from manager.managed_objects m where m.removed_at is null order by m.tenant_id limit 1)
        union all
        select (
            select m.tenant_id from manager.managed_objects m
            where m.removed_at is null and m.tenant_id > tenants.id
            order by m.tenant_id limit 1
        )
        from tenants where tenants.id is not null
    )
    select tenants.id
    from tenants
    left join manager.reconcile_turns t on t.tenant_id = tenants.id and t.resource_id = 0
    where tenants.id is not null and (t.next_turn_at is null or t.next_turn_at <= now())
    order by t.next_turn_at nulls first, tenants.id
    limit at_most;
end;
comment on function manager.tenants_to_check(integer) is
    'Across tenants: those with managed objects of data sources that may have gone, as far as their turn has come.';
revoke execute on function manager.tenants_to_check(integer) from public;
