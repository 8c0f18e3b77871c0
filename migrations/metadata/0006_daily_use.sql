-- Data sources can be paused, and requests that start or create something can be repeated safely.

alter table metadata.datasources add column paused boolean not null default false;
comment on column metadata.datasources.paused is
    'While it is set no new scan starts, neither by schedule nor on request.';

create or replace function metadata.datasources_due_for_sync(due_since timestamptz, at_most integer)
    returns table (tenant_id bigint, datasource_id bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select d.tenant_id, d.id
    from metadata.datasources d
    where d.created_at < due_since
      and not d.paused
      and not exists (
        select 1 from metadata.sync_logs s
        where s.tenant_id = d.tenant_id and s.datasource_id = d.id
          and s.sync_level = 'database'
          and (s.created_at >= due_since or s.status in ('QUEUED', 'RUNNING'))
    )
    order by d.tenant_id, d.id
    limit at_most;
end;
comment on function metadata.datasources_due_for_sync(timestamptz, integer) is
    'Across tenants: the data sources that are not paused and have not begun a level-1 sync since a tick of the schedule.';

create table metadata.idempotency_keys (
    tenant_id       bigint      not null,
    subject         text        collate "C" not null,
    idempotency_key text        collate "C" not null,
    fingerprint     bytea       not null,
    answer          jsonb,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    constraint idempotency_keys_pkey primary key (tenant_id, subject, idempotency_key),
    constraint idempotency_keys_tenant_fkey foreign key (tenant_id) references metadata.tenants (tenant_id)
);
create index idempotency_keys_age_idx on metadata.idempotency_keys (tenant_id, created_at);
comment on table metadata.idempotency_keys is
    'Requests with an Idempotency-Key that were carried out, with what they were answered; kept for a day.';
comment on column metadata.idempotency_keys.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.idempotency_keys.subject is 'Who sent the request; keys of others mean nothing.';
comment on column metadata.idempotency_keys.idempotency_key is 'The key, as the caller chose it.';
comment on column metadata.idempotency_keys.fingerprint is
    'A keyed digest of the request, by which another request under the same key is noticed.';
comment on column metadata.idempotency_keys.answer is
    'What the request was answered; null only inside the transaction that carries it out.';
comment on column metadata.idempotency_keys.created_at is 'When the request was carried out.';
comment on column metadata.idempotency_keys.updated_at is 'When the row last changed.';

alter table metadata.idempotency_keys enable row level security;
alter table metadata.idempotency_keys force row level security;
create policy idempotency_keys_of_tenant on metadata.idempotency_keys
    using (tenant_id = metadata.current_tenant());
create trigger idempotency_keys_touch before update on metadata.idempotency_keys
    for each row execute function metadata.touch();
