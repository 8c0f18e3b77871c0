-- Requests that manage something can be repeated safely.

create table manager.idempotency_keys (
    tenant_id       bigint      not null,
    subject         text        collate "C" not null,
    idempotency_key text        collate "C" not null,
    fingerprint     bytea       not null,
    answer          jsonb       not null,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    constraint idempotency_keys_pkey primary key (tenant_id, subject, idempotency_key),
    constraint idempotency_keys_tenant_positive check (tenant_id > 0)
);
create index idempotency_keys_age_idx on manager.idempotency_keys (tenant_id, created_at);
comment on table manager.idempotency_keys is
    'Requests with an Idempotency-Key that were carried out, with what they were answered; kept for a day.';
comment on column manager.idempotency_keys.tenant_id is 'The tenant that it belongs to.';
comment on column manager.idempotency_keys.subject is 'Who sent the request; keys of others mean nothing.';
comment on column manager.idempotency_keys.idempotency_key is 'The key, as the caller chose it.';
comment on column manager.idempotency_keys.fingerprint is
    'The SHA-256 of the request, by which another request under the same key is noticed.';
comment on column manager.idempotency_keys.answer is 'What the request was answered.';
comment on column manager.idempotency_keys.created_at is 'When the request was carried out.';
comment on column manager.idempotency_keys.updated_at is 'When the row last changed.';

alter table manager.idempotency_keys enable row level security;
alter table manager.idempotency_keys force row level security;
create policy idempotency_keys_of_tenant on manager.idempotency_keys
    using (tenant_id = manager.current_tenant());
create trigger idempotency_keys_touch before update on manager.idempotency_keys
    for each row execute function manager.touch();
