-- Passwords that are kept elsewhere, and keys that change.

alter table metadata.datasources
    add column password_from text,
    alter column secret drop not null,
    alter column secret_key_id drop not null,
    add constraint datasources_one_password check ((secret is null) <> (password_from is null)),
    add constraint datasources_secret_has_key check ((secret is null) = (secret_key_id is null));
comment on column metadata.datasources.password_from is
    'Where the password is kept: env:NAME or file:PATH; null where it is stored in secret.';
comment on column metadata.datasources.secret is
    'The password: 24 bytes of nonce, then XChaCha20-Poly1305, bound to tenant and data source; null if kept elsewhere.';
comment on column metadata.datasources.secret_key_id is
    'Which of the configured keys encrypted the secret; null without one.';

create function metadata.passwords_by_key()
    returns table (key_id text, passwords bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select d.secret_key_id, count(*)
    from metadata.datasources d
    where d.secret is not null
    group by d.secret_key_id
    order by d.secret_key_id collate "C";
end;
comment on function metadata.passwords_by_key() is
    'Across tenants: how many passwords are encrypted with each key.';
revoke execute on function metadata.passwords_by_key() from public;

create function metadata.passwords_not_under(
    current_key text, after_tenant bigint, after_datasource bigint, at_most integer
)
    returns table (tenant_id bigint, datasource_id bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select d.tenant_id, d.id
    from metadata.datasources d
    where d.secret_key_id <> current_key and (d.tenant_id, d.id) > (after_tenant, after_datasource)
    order by d.tenant_id, d.id
    limit at_most;
end;
comment on function metadata.passwords_not_under(text, bigint, bigint, integer) is
    'Across tenants: the data sources whose password is encrypted with another key, from after one on.';
revoke execute on function metadata.passwords_not_under(text, bigint, bigint, integer) from public;
