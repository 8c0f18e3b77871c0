-- Who has looked at rows of which table.

create table metadata.previews (
    tenant_id         bigint      not null,
    id                bigint      not null generated always as identity,
    datasource_id     bigint      not null,
    datasource_name   text        not null,
    table_id          bigint      not null,
    database_name     text        not null collate "C",
    table_schema      text        not null collate "C",
    table_name        text        not null collate "C",
    columns           text[]      not null collate "C",
    condition         text,
    subject           text        not null,
    by_service        boolean     not null,
    outcome           text        not null default 'running',
    problem           text,
    row_count         integer,
    byte_count        bigint,
    duration_ms       bigint,
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    constraint previews_pkey primary key (tenant_id, id),
    constraint previews_outcome_known check (outcome in ('running', 'shown', 'failed')),
    constraint previews_failed_has_problem check ((outcome = 'failed') = (problem is not null)),
    constraint previews_shown_has_figures
        check ((outcome = 'shown') = (row_count is not null and byte_count is not null))
);
create index previews_running on metadata.previews (tenant_id, datasource_id, created_at) where outcome = 'running';
create index previews_of_table on metadata.previews (tenant_id, table_id, id);
create index previews_age on metadata.previews (created_at);
comment on table metadata.previews is
    'Each reading of rows of a data source for a person: kept when the data source is deleted, for as long as jobs are.';
comment on column metadata.previews.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.previews.id is 'A number of its own.';
comment on column metadata.previews.datasource_id is 'The data source, which may be gone.';
comment on column metadata.previews.datasource_name is 'What it was called.';
comment on column metadata.previews.table_id is 'The table, which may be gone.';
comment on column metadata.previews.database_name is 'What its database was called.';
comment on column metadata.previews.table_schema is 'What its schema was called.';
comment on column metadata.previews.table_name is 'What it was called.';
comment on column metadata.previews.columns is 'The columns that were asked for.';
comment on column metadata.previews.condition is 'Which rows were asked for, as read, with ? for each value; null for all.';
comment on column metadata.previews.subject is 'Who has asked, by the credential; through a service, on whose behalf it has.';
comment on column metadata.previews.by_service is 'Whether a service has asked on the subject''s behalf, having checked what is managed.';
comment on column metadata.previews.outcome is
    'running, shown or failed. One that stays running was cut off with the service: rows may have been shown.';
comment on column metadata.previews.problem is 'The type of the problem that it failed with.';
comment on column metadata.previews.row_count is 'How many rows were shown.';
comment on column metadata.previews.byte_count is 'How many bytes their values had as they were shown.';
comment on column metadata.previews.duration_ms is 'How long it took, in milliseconds.';
comment on column metadata.previews.created_at is 'When it began.';
comment on column metadata.previews.updated_at is 'When it ended.';

alter table metadata.previews enable row level security;
alter table metadata.previews force row level security;
create policy previews_of_tenant on metadata.previews using (tenant_id = metadata.current_tenant());
create trigger previews_touch before update on metadata.previews
    for each row execute function metadata.touch();
-- The function below runs as the owner, whom this lets read; nobody else may.
create policy previews_of_owner on metadata.previews for select to current_user using (true);

create function metadata.previews_to_purge(begun_before timestamptz, at_most integer)
    returns table (tenant_id bigint, preview_id bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select p.tenant_id, p.id
    from metadata.previews p
    where p.created_at < begun_before
    order by p.tenant_id, p.id
    limit at_most;
end;
comment on function metadata.previews_to_purge(timestamptz, integer) is 'Across tenants: previews that began before a time.';
revoke execute on function metadata.previews_to_purge(timestamptz, integer) from public;
