-- Credentials that meta makes: API keys, and links that sign somebody in once.
--
-- Of a secret only its SHA-256 is here. It has 256 random bits: nobody finds it by trying, however fast the hash, so
-- that a slow one such as for passwords, which people choose, would only make each request slow.
--
-- Whoever brings a key is not known yet, nor is the tenant. No function or policy opens this table across tenants for
-- that: a key says itself which tenant it is of, the transaction is bound to that one as any other, and whoever writes
-- another tenant into a key has another secret, whose hash is nowhere.

create table metadata.api_keys (
    tenant_id    bigint      not null,
    id           bigint      not null generated always as identity,
    name         text        not null,
    role         text        not null,
    prefix       text        not null,
    secret_hash  bytea       not null,
    created_by   text        not null,
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    constraint api_keys_pkey primary key (tenant_id, id),
    constraint api_keys_secret_key unique (tenant_id, secret_hash),
    constraint api_keys_of_tenant_fkey foreign key (tenant_id) references metadata.tenants (tenant_id),
    constraint api_keys_role_known check (role in ('viewer', 'operator', 'admin')),
    constraint api_keys_hash_size check (octet_length(secret_hash) = 32)
);
comment on table metadata.api_keys is 'API keys: what programs sign their requests with.';
comment on column metadata.api_keys.tenant_id is 'The tenant that it belongs to, and that it opens.';
comment on column metadata.api_keys.id is 'The id that the API shows.';
comment on column metadata.api_keys.name is 'What it is for, in the words of whoever made it.';
comment on column metadata.api_keys.role is 'What it allows: viewer, operator or admin.';
comment on column metadata.api_keys.prefix is 'How the key begins, by which people recognise it.';
comment on column metadata.api_keys.secret_hash is 'SHA-256 of the whole key, which is nowhere.';
comment on column metadata.api_keys.created_by is 'The sub of the credential that made it.';
comment on column metadata.api_keys.expires_at is 'When it ends; null for never.';
comment on column metadata.api_keys.last_used_at is 'When it was last used, to the minute; null before.';
comment on column metadata.api_keys.revoked_at is 'When it was revoked; null while it is not.';
comment on column metadata.api_keys.created_at is 'When it was made.';
comment on column metadata.api_keys.updated_at is 'When the row last changed.';

create table metadata.sign_in_links (
    tenant_id   bigint      not null,
    id          bigint      not null generated always as identity,
    subject     text        not null,
    roles       text[]      not null,
    secret_hash bytea       not null,
    created_by  text        not null,
    expires_at  timestamptz not null,
    used_at     timestamptz,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    constraint sign_in_links_pkey primary key (tenant_id, id),
    constraint sign_in_links_secret_key unique (tenant_id, secret_hash),
    constraint sign_in_links_of_tenant_fkey foreign key (tenant_id) references metadata.tenants (tenant_id),
    constraint sign_in_links_roles_known
        check (cardinality(roles) > 0 and roles <@ array['viewer', 'operator', 'admin']),
    constraint sign_in_links_hash_size check (octet_length(secret_hash) = 32)
);
create index sign_in_links_age_idx on metadata.sign_in_links (tenant_id, expires_at);
comment on table metadata.sign_in_links is 'Links that sign somebody in once; kept for a day after their end.';
comment on column metadata.sign_in_links.tenant_id is 'The tenant that it belongs to, and that it opens.';
comment on column metadata.sign_in_links.id is 'A number of its own.';
comment on column metadata.sign_in_links.subject is 'Who is signed in by it.';
comment on column metadata.sign_in_links.roles is 'What the session allows: viewer, operator, admin.';
comment on column metadata.sign_in_links.secret_hash is 'SHA-256 of the whole code, which is nowhere.';
comment on column metadata.sign_in_links.created_by is 'The sub of the credential that made it.';
comment on column metadata.sign_in_links.expires_at is 'Until when it can be used.';
comment on column metadata.sign_in_links.used_at is 'When it was used; null while it is not.';
comment on column metadata.sign_in_links.created_at is 'When it was made.';
comment on column metadata.sign_in_links.updated_at is 'When the row last changed.';

do $$
declare
    name text;
begin
    foreach name in array array['api_keys', 'sign_in_links']
    loop
        execute format('alter table metadata.%I enable row level security', name);
        execute format('alter table metadata.%I force row level security', name);
        execute format(
            'create policy %I on metadata.%I using (tenant_id = metadata.current_tenant())', name || '_of_tenant', name
        );
        execute format(
            'create trigger %I before update on metadata.%I for each row execute function metadata.touch()',
            name || '_touch', name
        );
    end loop;
end
$$;
