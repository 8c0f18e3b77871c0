-- The catalog, the job log and the staging tables of deep scans.
--
-- The login that applies this owns the schema. The login that the service works with is granted
-- its rights by the service after each migration, since its name is a setting of the deployment.
-- Names are compared byte by byte (collation "C"): `T1` and `t1` are two tables.

create function metadata.current_tenant() returns bigint
    language sql stable parallel safe
    -- After a transaction that set it locally the setting is '' and not NULL.
    return nullif(current_setting('app.tenant_id', true), '')::bigint;
comment on function metadata.current_tenant() is
    'The tenant that the transaction is bound to; null when it is bound to none.';

create function metadata.touch() returns trigger
    language plpgsql as $$
begin
    new.updated_at := now();
    return new;
end
$$;
comment on function metadata.touch() is 'Keeps updated_at.';

create table metadata.schema_version (
    only_row        boolean     not null default true,
    min_app_version text        not null,
    updated_at      timestamptz not null default now(),
    constraint schema_version_pkey primary key (only_row),
    constraint schema_version_one_row check (only_row)
);
comment on table metadata.schema_version is 'The oldest release that may run on this schema.';
comment on column metadata.schema_version.only_row is 'Makes sure that there is one row.';
comment on column metadata.schema_version.min_app_version is 'A binary with an older version refuses to run.';
comment on column metadata.schema_version.updated_at is 'When a migration last raised it.';
insert into metadata.schema_version (min_app_version) values ('0.1.0');

create table metadata.tenants (
    tenant_id  bigint      not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint tenants_pkey primary key (tenant_id),
    constraint tenants_id_positive check (tenant_id > 0)
);
comment on table metadata.tenants is 'The isolation boundaries. A tenant comes to be with its first data source.';
comment on column metadata.tenants.tenant_id is 'The id that tokens carry.';
comment on column metadata.tenants.created_at is 'When the tenant first registered something.';
comment on column metadata.tenants.updated_at is 'When the row last changed.';

create table metadata.datasources (
    tenant_id        bigint      not null,
    id               bigint      not null generated always as identity,
    datasource_name  text        collate "C" not null,
    datasource_type  text        not null,
    flavor           text,
    server_version   text,
    host             text        not null,
    port             integer     not null,
    username         text        not null,
    secret           bytea       not null,
    secret_key_id    text        not null,
    default_database text,
    tls              jsonb       not null default '{}',
    options          jsonb       not null default '{}',
    server_facts     jsonb       not null default '{}',
    sync_status      text        not null default 'pending',
    sync_level       text,
    last_sync_at     timestamptz,
    error_message    text,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    constraint datasources_pkey primary key (tenant_id, id),
    constraint datasources_name_key unique (tenant_id, datasource_name),
    constraint datasources_tenant_fkey foreign key (tenant_id) references metadata.tenants (tenant_id),
    constraint datasources_type_known check (datasource_type in ('mysql', 'postgresql')),
    constraint datasources_port_range check (port between 1 and 65535),
    constraint datasources_sync_status_known check (sync_status in ('pending', 'syncing', 'success', 'failed')),
    constraint datasources_sync_level_known check (sync_level in ('database', 'table', 'field'))
);
comment on table metadata.datasources is 'Registered database servers with their connections.';
comment on column metadata.datasources.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.datasources.id is 'The id that requests call resource_id.';
comment on column metadata.datasources.datasource_name is 'The name that the tenant gave it.';
comment on column metadata.datasources.datasource_type is 'The protocol: mysql or postgresql.';
comment on column metadata.datasources.flavor is 'PostgreSQL, MySQL or MariaDB, as the server says; null until first reached.';
comment on column metadata.datasources.server_version is 'The version as the server prints it; null until first reached.';
comment on column metadata.datasources.host is 'Host name or address.';
comment on column metadata.datasources.port is 'TCP port.';
comment on column metadata.datasources.username is 'The login that scans use.';
comment on column metadata.datasources.secret is 'Its password: 24 bytes of nonce, then XChaCha20-Poly1305, bound to tenant and data source.';
comment on column metadata.datasources.secret_key_id is 'Which of the configured keys encrypted the secret.';
comment on column metadata.datasources.default_database is 'The database to connect to first; null for the engine''s usual one.';
comment on column metadata.datasources.tls is 'Transport security: mode and the authority''s certificate.';
comment on column metadata.datasources.options is 'Further settings, such as the connection cap.';
comment on column metadata.datasources.server_facts is 'Facts that decide how names compare, such as lower_case_table_names.';
comment on column metadata.datasources.sync_status is 'pending, syncing, success or failed: where the last scan of either level stands.';
comment on column metadata.datasources.sync_level is 'How deep the last successful reading went: database, table or field.';
comment on column metadata.datasources.last_sync_at is 'When level 1 last succeeded.';
comment on column metadata.datasources.error_message is 'Why the last scan failed.';
comment on column metadata.datasources.created_at is 'When it was registered.';
comment on column metadata.datasources.updated_at is 'When the row last changed.';

create table metadata.databases (
    tenant_id           bigint      not null,
    id                  bigint      not null generated always as identity,
    datasource_id       bigint      not null,
    database_name       text        collate "C" not null,
    charset             text,
    "collation"         text,
    owner               text,
    table_count         bigint,
    total_size_bytes    bigint,
    inaccessible_reason text,
    is_scanned          boolean     not null default false,
    last_sync_at        timestamptz,
    last_scan_at        timestamptz,
    removed_at          timestamptz,
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now(),
    constraint databases_pkey primary key (tenant_id, id),
    constraint databases_name_key unique (tenant_id, datasource_id, database_name),
    constraint databases_datasource_fkey foreign key (tenant_id, datasource_id)
        references metadata.datasources (tenant_id, id) on delete cascade
);
comment on table metadata.databases is 'Level 1: the databases of each data source.';
comment on column metadata.databases.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.databases.id is 'The catalog''s id.';
comment on column metadata.databases.datasource_id is 'The data source that holds it.';
comment on column metadata.databases.database_name is 'Its name, byte for byte.';
comment on column metadata.databases.charset is 'Character set (MySQL) or encoding (PostgreSQL).';
comment on column metadata.databases."collation" is 'Collation.';
comment on column metadata.databases.owner is 'The login that owns it (PostgreSQL).';
comment on column metadata.databases.table_count is 'Tables and views; null when it cannot be read.';
comment on column metadata.databases.total_size_bytes is 'Data and indexes in bytes; null when it cannot be read.';
comment on column metadata.databases.inaccessible_reason is 'Why the login cannot read it; null when it can.';
comment on column metadata.databases.is_scanned is 'Whether a deep scan of the whole database has ended well.';
comment on column metadata.databases.last_sync_at is 'When level 1 last saw it.';
comment on column metadata.databases.last_scan_at is 'When a deep scan of it last ended well.';
comment on column metadata.databases.removed_at is 'When level 1 found it gone; null while it lives.';
comment on column metadata.databases.created_at is 'When it was first seen.';
comment on column metadata.databases.updated_at is 'When the row last changed.';

create table metadata.tables (
    tenant_id        bigint      not null,
    id               bigint      not null generated always as identity,
    database_id      bigint      not null,
    table_schema     text        collate "C" not null,
    table_name       text        collate "C" not null,
    table_type       text        not null,
    engine           text,
    row_count        bigint,
    row_count_source text,
    row_count_at     timestamptz,
    data_size_bytes  bigint,
    index_size_bytes bigint,
    table_comment    text,
    field_count      integer     not null default 0,
    view_definition  text,
    details          jsonb       not null default '{}',
    source_identity  bigint,
    structure_digest bytea,
    is_scanned       boolean     not null default false,
    last_scan_at     timestamptz,
    scan_error       text,
    removed_at       timestamptz,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    constraint tables_pkey primary key (tenant_id, id),
    constraint tables_database_fkey foreign key (tenant_id, database_id)
        references metadata.databases (tenant_id, id) on delete cascade,
    constraint tables_row_count_source_known check (row_count_source in ('estimate', 'cached', 'exact'))
);
create unique index tables_name_key on metadata.tables (tenant_id, database_id, table_schema, table_name)
    where removed_at is null;
create index tables_removed on metadata.tables (tenant_id, database_id, table_schema, table_name)
    where removed_at is not null;
create index tables_list on metadata.tables (tenant_id, database_id, table_schema, table_name, id);
comment on table metadata.tables is 'Level 2: relations of any kind but sequences.';
comment on column metadata.tables.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.tables.id is 'The catalog''s id.';
comment on column metadata.tables.database_id is 'The database that holds it.';
comment on column metadata.tables.table_schema is 'Its schema; '''' on MySQL.';
comment on column metadata.tables.table_name is 'Its name, byte for byte.';
comment on column metadata.tables.table_type is 'TABLE, VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE, PARTITIONED_TABLE, PARTITION, SYSTEM_VERSIONED, or the server''s own word.';
comment on column metadata.tables.engine is 'Storage engine (MySQL) or access method (PostgreSQL).';
comment on column metadata.tables.row_count is 'How many rows; null when unknown.';
comment on column metadata.tables.row_count_source is 'Where row_count comes from: estimate, cached or exact.';
comment on column metadata.tables.row_count_at is 'When row_count was read.';
comment on column metadata.tables.data_size_bytes is 'Data in bytes; null when unknown.';
comment on column metadata.tables.index_size_bytes is 'Indexes in bytes; null when unknown.';
comment on column metadata.tables.table_comment is 'Its comment; null when it has none.';
comment on column metadata.tables.field_count is 'How many living fields it has.';
comment on column metadata.tables.view_definition is 'The statement behind a view.';
comment on column metadata.tables.details is 'Keys, indexes, partitioning and further facts, as one typed document.';
comment on column metadata.tables.source_identity is 'What survives a rename on the server: oid or InnoDB table id.';
comment on column metadata.tables.structure_digest is 'SHA-256 over the table''s own structure: everything but figures and fields.';
comment on column metadata.tables.is_scanned is 'Whether its fields have been read.';
comment on column metadata.tables.last_scan_at is 'When a deep scan last read it.';
comment on column metadata.tables.scan_error is 'Why the last scan could not read it.';
comment on column metadata.tables.removed_at is 'When a scan found it gone; null while it lives.';
comment on column metadata.tables.created_at is 'When it was first seen.';
comment on column metadata.tables.updated_at is 'When the row last changed.';

create table metadata.fields (
    tenant_id             bigint      not null,
    id                    bigint      not null generated always as identity,
    table_id              bigint      not null,
    field_name            text        collate "C" not null,
    field_position        integer     not null,
    data_type             text        not null,
    column_type           text        not null,
    is_nullable           boolean     not null,
    column_key            text,
    column_default        text,
    extra                 text,
    field_comment         text,
    generation_expression text,
    generation_kind       text,
    identity              text,
    charset               text,
    "collation"           text,
    is_invisible          boolean     not null default false,
    enum_values           text[],
    domain_base_type      text,
    is_array              boolean     not null default false,
    source_identity       bigint,
    statistics            jsonb,
    removed_at            timestamptz,
    created_at            timestamptz not null default now(),
    updated_at            timestamptz not null default now(),
    constraint fields_pkey primary key (tenant_id, id),
    constraint fields_table_fkey foreign key (tenant_id, table_id)
        references metadata.tables (tenant_id, id) on delete cascade,
    constraint fields_column_key_known check (column_key in ('PRI', 'UNI', 'MUL')),
    constraint fields_generation_kind_known check (generation_kind in ('stored', 'virtual')),
    constraint fields_identity_known check (identity in ('always', 'by default'))
);
create unique index fields_name_key on metadata.fields (tenant_id, table_id, field_name)
    where removed_at is null;
create index fields_removed on metadata.fields (tenant_id, table_id, field_name)
    where removed_at is not null;
create index fields_list on metadata.fields (tenant_id, table_id, field_position, id);
comment on table metadata.fields is 'Level 2: the columns of tables.';
comment on column metadata.fields.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.fields.id is 'The catalog''s id.';
comment on column metadata.fields.table_id is 'The table that holds it.';
comment on column metadata.fields.field_name is 'Its name, byte for byte.';
comment on column metadata.fields.field_position is 'Its place among the table''s columns, from 1.';
comment on column metadata.fields.data_type is 'The neutral type.';
comment on column metadata.fields.column_type is 'The type as the server prints it.';
comment on column metadata.fields.is_nullable is 'Whether it may be NULL.';
comment on column metadata.fields.column_key is 'PRI, UNI or MUL; null for none.';
comment on column metadata.fields.column_default is 'The default as an SQL expression; null for none.';
comment on column metadata.fields.extra is 'What the server prints besides, such as auto_increment.';
comment on column metadata.fields.field_comment is 'Its comment; null when it has none.';
comment on column metadata.fields.generation_expression is 'The expression of a generated column.';
comment on column metadata.fields.generation_kind is 'stored or virtual; null for a column that is not generated.';
comment on column metadata.fields.identity is 'always or by default: an identity column of PostgreSQL.';
comment on column metadata.fields.charset is 'Character set (MySQL).';
comment on column metadata.fields."collation" is 'Collation, where it is not the type''s own.';
comment on column metadata.fields.is_invisible is 'Whether SELECT * leaves it out.';
comment on column metadata.fields.enum_values is 'The labels of an enum or set, in order.';
comment on column metadata.fields.domain_base_type is 'The base type of a domain (PostgreSQL).';
comment on column metadata.fields.is_array is 'Whether it is an array (PostgreSQL).';
comment on column metadata.fields.source_identity is 'What survives a rename on the server: the attribute number.';
comment on column metadata.fields.statistics is 'Figures about its values; null until they are asked for.';
comment on column metadata.fields.removed_at is 'When a scan found it gone; null while it lives.';
comment on column metadata.fields.created_at is 'When it was first seen.';
comment on column metadata.fields.updated_at is 'When the row last changed.';
