-- What was renamed stays what it is.

-- Identities compare on the server alone that gave them.
alter table metadata.datasources add column identity_server text;
alter table metadata.databases
    add column source_identity bigint,
    add column identity_server text;
alter table metadata.sync_logs add column renamed_count bigint not null default 0;
comment on column metadata.datasources.identity_server is
    'The server that gave the identities of its databases; null where it is not known, and then they compare with none.';
comment on column metadata.databases.source_identity is 'What survives a rename: the oid on PostgreSQL; null on MySQL.';
comment on column metadata.databases.identity_server is
    'The server that gave the identities of its tables; null where it is not known, and then they compare with none.';
comment on column metadata.sync_logs.renamed_count is 'Objects that had been given another name.';

alter table metadata.changes
    drop constraint changes_change_type_known,
    add constraint changes_change_type_known
        check (change_type in ('baseline', 'added', 'changed', 'removed', 'renamed'));
comment on column metadata.changes.change_type is 'baseline, added, changed, removed or renamed.';

create index tables_identity on metadata.tables (tenant_id, database_id, source_identity)
    where source_identity is not null;

create function metadata.staged_names(scan bigint, database bigint)
    returns table (table_schema text, table_name text)
    language sql stable
begin atomic
    select s.table_schema, s.table_name
    from metadata.staging_tables s
    where s.scan_id = scan and s.database_id = database
    union
    select d.table_schema, d.table_name
    from metadata.staging_digests d
    where d.scan_id = scan and d.database_id = database and d.part in ('all', 'tables');
end;
comment on function metadata.staged_names is
    'The names of the tables that a scan has found: those that it read, and those that it did not since they are as they were.';

-- A server names some keys and checks after their table, and renames them with it (MySQL manual, "RENAME TABLE").
create function metadata.less_table_name(parts jsonb, table_schema text, table_name text) returns jsonb
    language sql immutable parallel safe
    return (
        select jsonb_agg(named.part || aimed.part order by named.part || aimed.part)
        from jsonb_array_elements(parts) p
        cross join lateral (
            select case
                when starts_with(p.value ->> 'name', table_name || '_ibfk_')
                    or starts_with(p.value ->> 'name', table_name || '_chk_')
                    then p.value || jsonb_build_object('name', substr(p.value ->> 'name', length(table_name) + 1))
                else p.value
            end as part
        ) named
        cross join lateral (
            select case
                when p.value -> 'references' ->> 'table_schema' = table_schema
                    and p.value -> 'references' ->> 'table_name' = table_name
                    and p.value -> 'references' ->> 'database_name' is null
                    then jsonb_build_object('references',
                        p.value -> 'references' || '{"table_schema": null, "table_name": null}')
                else '{}'
            end as part
        ) aimed
    );
comment on function metadata.less_table_name is 'Keys or checks of a table as they would be whatever its name.';

create function metadata.table_structure(
    table_schema text, table_name text, table_type text, engine text, table_comment text, view_definition text,
    details jsonb, fields jsonb
) returns bytea
    language sql immutable parallel safe
    return metadata.digest(jsonb_build_array(
        table_type, engine, table_comment, view_definition,
        details - 'create_time' - 'keys' - 'checks',
        metadata.less_table_name(details -> 'keys', table_schema, table_name),
        metadata.less_table_name(details -> 'checks', table_schema, table_name),
        fields
    )::text);
comment on function metadata.table_structure is
    'A digest of all that makes a table but its name and figures: two that are made alike have the same.';
