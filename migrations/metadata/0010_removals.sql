-- Telling what was dropped from what is no longer visible.

alter table metadata.datasources add column witness jsonb;
alter table metadata.databases add column witness jsonb;
alter table metadata.sync_logs add column server_identity text;
comment on column metadata.datasources.witness is
    'Who listed its databases when they were last believed: the server''s identity and a digest of the login''s rights.';
comment on column metadata.databases.witness is
    'Who listed its tables when they were last believed: the server''s identity and a digest of the login''s rights.';
comment on column metadata.sync_logs.server_identity is 'What tells the server that was read from every other.';

create table metadata.removal_doubts (
    tenant_id     bigint      not null,
    id            bigint      not null generated always as identity,
    datasource_id bigint      not null,
    scan_id       bigint      not null,
    database_id   bigint,
    object_type   text        not null,
    object_ids    bigint[]    not null,
    reason        text        not null,
    witness       jsonb       not null,
    confirmed_at  timestamptz,
    confirmed_by  text,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    constraint removal_doubts_pkey primary key (tenant_id, id),
    constraint removal_doubts_scan_key unique nulls not distinct (tenant_id, scan_id, database_id, object_type),
    constraint removal_doubts_object_type_known check (object_type in ('database', 'table', 'field', 'object')),
    constraint removal_doubts_databases_of_datasource check ((object_type = 'database') = (database_id is null)),
    constraint removal_doubts_datasource_fkey foreign key (tenant_id, datasource_id)
        references metadata.datasources (tenant_id, id) on delete cascade,
    constraint removal_doubts_scan_fkey foreign key (tenant_id, scan_id)
        references metadata.sync_logs (tenant_id, id) on delete cascade,
    constraint removal_doubts_database_fkey foreign key (tenant_id, database_id)
        references metadata.databases (tenant_id, id) on delete cascade,
    constraint removal_doubts_names_some check (cardinality(object_ids) > 0),
    constraint removal_doubts_confirmed_by_somebody check ((confirmed_at is null) = (confirmed_by is null))
);
create index removal_doubts_datasource on metadata.removal_doubts (tenant_id, datasource_id);
create index removal_doubts_database on metadata.removal_doubts (tenant_id, database_id);
comment on table metadata.removal_doubts is
    'What a scan no longer found and did not mark as removed, until somebody confirms it or a later scan has looked.';
comment on column metadata.removal_doubts.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.removal_doubts.id is 'An id of its own.';
comment on column metadata.removal_doubts.datasource_id is 'The data source that was read.';
comment on column metadata.removal_doubts.scan_id is 'The scan or sync.';
comment on column metadata.removal_doubts.database_id is 'The database that these are in; null where they are databases.';
comment on column metadata.removal_doubts.object_type is 'database, table, field, or object for what is no table.';
comment on column metadata.removal_doubts.object_ids is 'The databases, tables, fields or objects that were not found.';
comment on column metadata.removal_doubts.reason is 'Why they may be there nevertheless.';
comment on column metadata.removal_doubts.witness is 'Who listed the others.';
comment on column metadata.removal_doubts.confirmed_at is 'When somebody confirmed that they are gone; they were marked as removed then.';
comment on column metadata.removal_doubts.confirmed_by is 'Who.';
comment on column metadata.removal_doubts.created_at is 'When the scan looked.';
comment on column metadata.removal_doubts.updated_at is 'When the row last changed.';
create trigger removal_doubts_touch before update on metadata.removal_doubts
    for each row execute function metadata.touch();
alter table metadata.removal_doubts enable row level security;
alter table metadata.removal_doubts force row level security;
create policy removal_doubts_of_tenant on metadata.removal_doubts using (tenant_id = metadata.current_tenant());
