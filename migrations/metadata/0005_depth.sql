-- The full depth of a deep scan: what a database holds besides tables, who refers to whom, and what
-- has changed since the scan before.

alter table metadata.tables
    add column toast_size_bytes bigint,
    add column auto_increment   bigint;
comment on column metadata.tables.toast_size_bytes is 'How much of data_size_bytes lies in the TOAST table (PostgreSQL).';
comment on column metadata.tables.auto_increment is 'The next number of an AUTO_INCREMENT (MySQL).';

alter table metadata.staging_tables
    add column toast_size_bytes bigint,
    add column auto_increment   bigint;
comment on column metadata.staging_tables.toast_size_bytes is 'As tables.toast_size_bytes.';
comment on column metadata.staging_tables.auto_increment is 'As tables.auto_increment.';

comment on table metadata.staging_details is
    'Keys, checks, indexes, triggers, partitions, what views read, and failures as a scan read them: one row each.';
comment on column metadata.staging_details.part is
    'keys, checks, indexes, triggers, partitions, dependencies or failures.';

alter table metadata.sync_logs add column missing_grants jsonb not null default '[]';
comment on column metadata.sync_logs.missing_grants is
    'What the login may not see: a list of { database, hides, grant }.';

create function metadata.digest(value text) returns bytea
    -- Immutable although convert_to is not: the encoding of a database never changes.
    language sql immutable strict parallel safe
    return sha256(convert_to(value, 'UTF8'));
comment on function metadata.digest(text) is 'SHA-256 of a text.';

create table metadata.database_objects (
    tenant_id       bigint      not null,
    id              bigint      not null generated always as identity,
    database_id     bigint      not null,
    object_kind     text        collate "C" not null,
    object_schema   text        collate "C" not null,
    object_name     text        collate "C" not null,
    signature       text        collate "C" not null,
    owner           text,
    object_comment  text,
    definition      text,
    details         jsonb       not null default '{}',
    source_identity bigint,
    removed_at      timestamptz,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    constraint database_objects_pkey primary key (tenant_id, id),
    constraint database_objects_database_fkey foreign key (tenant_id, database_id)
        references metadata.databases (tenant_id, id) on delete cascade
);
-- By a digest: a signature may be longer than an index takes.
create unique index database_objects_name_key on metadata.database_objects
    (tenant_id, database_id, object_kind, object_schema, object_name, metadata.digest(signature))
    where removed_at is null;
create index database_objects_list on metadata.database_objects
    (tenant_id, database_id, object_kind, object_schema, object_name, id);
comment on table metadata.database_objects is 'What a database holds besides tables.';
comment on column metadata.database_objects.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.database_objects.id is 'The catalog''s id.';
comment on column metadata.database_objects.database_id is 'The database that holds it.';
comment on column metadata.database_objects.object_kind is 'SCHEMA, FUNCTION, PROCEDURE, AGGREGATE, WINDOW, SEQUENCE, EXTENSION, TYPE, EVENT, or the server''s own word.';
comment on column metadata.database_objects.object_schema is 'Its schema; '''' on MySQL and for a schema itself.';
comment on column metadata.database_objects.object_name is 'Its name, byte for byte.';
comment on column metadata.database_objects.signature is 'What tells it from others of the same kind and name: the types of a routine''s arguments; '''' otherwise.';
comment on column metadata.database_objects.owner is 'The owner (PostgreSQL).';
comment on column metadata.database_objects.object_comment is 'Its comment; null when it has none.';
comment on column metadata.database_objects.definition is 'The source of a routine.';
comment on column metadata.database_objects.details is 'What is particular to its kind, as one typed document.';
comment on column metadata.database_objects.source_identity is 'What survives a rename on the server: the oid.';
comment on column metadata.database_objects.removed_at is 'When a scan found it gone; null while it lives.';
comment on column metadata.database_objects.created_at is 'When it was first seen.';
comment on column metadata.database_objects.updated_at is 'When the row last changed.';

-- The target by its names: it may lie in a database that nobody has scanned yet.
create table metadata.relations (
    tenant_id     bigint      not null,
    id            bigint      not null generated always as identity,
    datasource_id bigint      not null,
    table_id      bigint      not null,
    relation_kind text        collate "C" not null,
    relation_name text        collate "C" not null,
    fields        text[]      not null default '{}',
    to_database   text        collate "C" not null,
    to_schema     text        collate "C" not null,
    to_table      text        collate "C" not null,
    to_fields     text[]      not null default '{}',
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    constraint relations_pkey primary key (tenant_id, id),
    constraint relations_datasource_fkey foreign key (tenant_id, datasource_id)
        references metadata.datasources (tenant_id, id) on delete cascade,
    constraint relations_table_fkey foreign key (tenant_id, table_id)
        references metadata.tables (tenant_id, id) on delete cascade,
    constraint relations_from_key
        unique (tenant_id, table_id, relation_kind, relation_name, to_database, to_schema, to_table),
    constraint relations_kind_known check (relation_kind in ('foreign_key', 'view_dependency'))
);
create index relations_to on metadata.relations
    (tenant_id, datasource_id, to_database, to_schema, to_table, id);
comment on table metadata.relations is 'Which table refers to which: foreign keys, and what views read.';
comment on column metadata.relations.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.relations.id is 'The catalog''s id.';
comment on column metadata.relations.datasource_id is 'The data source that holds both tables.';
comment on column metadata.relations.table_id is 'The table that has the key, or the view.';
comment on column metadata.relations.relation_kind is 'foreign_key or view_dependency.';
comment on column metadata.relations.relation_name is 'The name of the foreign key; '''' for a view.';
comment on column metadata.relations.fields is 'The fields of the key, in its order; empty for a view.';
comment on column metadata.relations.to_database is 'The database of the table that is referred to.';
comment on column metadata.relations.to_schema is 'Its schema; '''' on MySQL.';
comment on column metadata.relations.to_table is 'Its name.';
comment on column metadata.relations.to_fields is 'The fields that are referred to; empty where the server does not tell.';
comment on column metadata.relations.created_at is 'When it was first seen.';
comment on column metadata.relations.updated_at is 'When the row last changed.';

create table metadata.changes (
    tenant_id     bigint      not null,
    id            bigint      not null generated always as identity,
    datasource_id bigint      not null,
    database_id   bigint      not null,
    table_id      bigint,
    scan_id       bigint      not null,
    change_type   text        not null,
    object_type   text        not null,
    object_schema text        collate "C",
    object_name   text        collate "C",
    field_name    text        collate "C",
    before        jsonb,
    after         jsonb,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    constraint changes_pkey primary key (tenant_id, id),
    constraint changes_datasource_fkey foreign key (tenant_id, datasource_id)
        references metadata.datasources (tenant_id, id) on delete cascade,
    constraint changes_database_fkey foreign key (tenant_id, database_id)
        references metadata.databases (tenant_id, id) on delete cascade,
    constraint changes_table_fkey foreign key (tenant_id, table_id)
        references metadata.tables (tenant_id, id) on delete cascade,
    constraint changes_change_type_known check (change_type in ('baseline', 'added', 'changed', 'removed')),
    constraint changes_object_type_known check (object_type in ('database', 'table', 'field', 'object'))
);
create index changes_datasource on metadata.changes (tenant_id, datasource_id, created_at, id);
create index changes_database on metadata.changes (tenant_id, database_id, created_at, id);
create index changes_table on metadata.changes (tenant_id, table_id, created_at, id);
create unique index changes_baseline on metadata.changes (tenant_id, database_id) where change_type = 'baseline';
comment on table metadata.changes is 'What scans found different, with before and after.';
comment on column metadata.changes.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.changes.id is 'The catalog''s id; later changes have greater ones.';
comment on column metadata.changes.datasource_id is 'The data source.';
comment on column metadata.changes.database_id is 'The database.';
comment on column metadata.changes.table_id is 'The table; null for databases and objects.';
comment on column metadata.changes.scan_id is 'The scan that found it, a row of sync_logs.';
comment on column metadata.changes.change_type is 'baseline, added, changed or removed.';
comment on column metadata.changes.object_type is 'database, table, field or object.';
comment on column metadata.changes.object_schema is 'The schema of the table or object; null for databases.';
comment on column metadata.changes.object_name is 'The table''s name, or the object''s kind, name and signature; null for databases.';
comment on column metadata.changes.field_name is 'The field''s name; null for other objects.';
comment on column metadata.changes.before is 'The attributes that differ, as they were.';
comment on column metadata.changes.after is 'The same attributes as they are now; the counts of a baseline.';
comment on column metadata.changes.created_at is 'When it was found.';
comment on column metadata.changes.updated_at is 'As created_at: a change is never rewritten.';

do $$
declare
    name text;
begin
    foreach name in array array['database_objects', 'relations', 'changes']
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

-- Of two documents the attributes that differ: as the first has them. Of two lists only the
-- elements that the other one lacks, so that one new index does not show all the others.
create function metadata.differing(one jsonb, other jsonb) returns jsonb
    language sql immutable parallel safe
    return (
        select jsonb_object_agg(
            a.key,
            case
                when jsonb_typeof(a.value) = 'array' and jsonb_typeof(other -> a.key) = 'array'
                    and jsonb_typeof(a.value -> 0) is distinct from 'string'
                    then (
                        select coalesce(jsonb_agg(e.value order by e.ordinality), '[]')
                        from jsonb_array_elements(a.value) with ordinality e
                        where not exists (select from jsonb_array_elements(other -> a.key) o where o.value = e.value)
                    )
                else a.value
            end
        )
        from jsonb_each(one) a
        where a.value is distinct from other -> a.key
    );
comment on function metadata.differing(jsonb, jsonb) is
    'Of two documents the attributes that differ, as the first has them; of lists the elements that the second lacks.';

create function metadata.database_document(charset text, "collation" text, owner text, inaccessible_reason text)
    returns jsonb
    language sql immutable parallel safe
    return jsonb_build_object('charset', charset, 'collation', "collation", 'owner', owner,
        'inaccessible_reason', inaccessible_reason);
comment on function metadata.database_document(text, text, text, text) is
    'The attributes of a database that a sync reads from the source, less figures.';

create function metadata.field_document(field metadata.fields) returns jsonb
    language sql immutable parallel safe
    return to_jsonb(field) - array['tenant_id', 'id', 'table_id', 'field_name', 'statistics', 'source_identity',
        'removed_at', 'created_at', 'updated_at'];
comment on function metadata.field_document(metadata.fields) is 'The attributes of a field that a scan reads from the source.';

create function metadata.object_document(owner text, object_comment text, definition text, details jsonb) returns jsonb
    language sql immutable parallel safe
    return jsonb_build_object('owner', owner, 'object_comment', object_comment, 'definition', definition) || details;
comment on function metadata.object_document(text, text, text, jsonb) is
    'The attributes of a database object that a scan reads from the source.';

create function metadata.texts(list jsonb) returns text[]
    language sql immutable strict parallel safe
    return array(select jsonb_array_elements_text(list));
comment on function metadata.texts(jsonb) is 'A JSON list of texts as an array.';

create unlogged table metadata.staging_objects (
    scan_id         bigint not null,
    database_id     bigint not null,
    object_kind     text   collate "C" not null,
    object_schema   text   collate "C" not null,
    object_name     text   collate "C" not null,
    signature       text   collate "C" not null,
    owner           text,
    object_comment  text,
    definition      text,
    source_identity bigint,
    details         jsonb  not null
);
create index staging_objects_scan on metadata.staging_objects (scan_id, database_id);
comment on table metadata.staging_objects is 'What a database holds besides tables, as a scan read it.';
comment on column metadata.staging_objects.scan_id is 'The scan.';
comment on column metadata.staging_objects.database_id is 'The database that was read.';
comment on column metadata.staging_objects.object_kind is 'As database_objects.object_kind.';
comment on column metadata.staging_objects.object_schema is 'As database_objects.object_schema.';
comment on column metadata.staging_objects.object_name is 'As database_objects.object_name.';
comment on column metadata.staging_objects.signature is 'As database_objects.signature.';
comment on column metadata.staging_objects.owner is 'As database_objects.owner.';
comment on column metadata.staging_objects.object_comment is 'As database_objects.object_comment.';
comment on column metadata.staging_objects.definition is 'As database_objects.definition.';
comment on column metadata.staging_objects.source_identity is 'As database_objects.source_identity.';
comment on column metadata.staging_objects.details is 'As database_objects.details.';

create unlogged table metadata.staging_identities (
    scan_id      bigint not null,
    database_id  bigint not null,
    table_schema text   collate "C" not null,
    table_name   text   collate "C" not null
);
create index staging_identities_scan on metadata.staging_identities (scan_id, database_id);
comment on table metadata.staging_identities is 'The names of all living tables, read last: what is not among them is gone.';
comment on column metadata.staging_identities.scan_id is 'The scan.';
comment on column metadata.staging_identities.database_id is 'The database that was read.';
comment on column metadata.staging_identities.table_schema is 'As tables.table_schema.';
comment on column metadata.staging_identities.table_name is 'As tables.table_name.';

create or replace function metadata.analyze_staging() returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    analyze metadata.staging_tables, metadata.staging_fields, metadata.staging_details, metadata.staging_objects,
        metadata.staging_identities;
end
$$;

create or replace function metadata.clear_abandoned_staging() returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    delete from metadata.staging_tables s where not exists (
        select from metadata.sync_logs l where l.id = s.scan_id and l.status in ('QUEUED', 'RUNNING'));
    delete from metadata.staging_fields s where not exists (
        select from metadata.sync_logs l where l.id = s.scan_id and l.status in ('QUEUED', 'RUNNING'));
    delete from metadata.staging_details s where not exists (
        select from metadata.sync_logs l where l.id = s.scan_id and l.status in ('QUEUED', 'RUNNING'));
    delete from metadata.staging_objects s where not exists (
        select from metadata.sync_logs l where l.id = s.scan_id and l.status in ('QUEUED', 'RUNNING'));
    delete from metadata.staging_identities s where not exists (
        select from metadata.sync_logs l where l.id = s.scan_id and l.status in ('QUEUED', 'RUNNING'));
end;
