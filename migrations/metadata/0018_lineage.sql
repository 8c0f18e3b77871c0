-- Where data come from and where they go, as OpenLineage tells it.

create table metadata.lineage_jobs (
    tenant_id     bigint      not null,
    id            bigint      not null generated always as identity,
    namespace     text        not null collate "C",
    name          text        not null collate "C",
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    constraint lineage_jobs_pkey primary key (tenant_id, id),
    constraint lineage_jobs_name_key unique (tenant_id, namespace, name)
);
comment on table metadata.lineage_jobs is
    'What reads and writes datasets: the jobs of OpenLineage, each of which runs many times.';
comment on column metadata.lineage_jobs.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.lineage_jobs.id is 'A number of its own.';
comment on column metadata.lineage_jobs.namespace is 'The namespace that its producer gives it.';
comment on column metadata.lineage_jobs.name is 'Its name there.';
comment on column metadata.lineage_jobs.created_at is 'When it was first heard of.';
comment on column metadata.lineage_jobs.updated_at is 'When the row last changed.';

create table metadata.lineage_datasets (
    tenant_id     bigint      not null,
    id            bigint      not null generated always as identity,
    namespace     text        not null collate "C",
    name          text        not null collate "C",
    engine        text        collate "C",
    host          text        collate "C",
    port          integer,
    database_name text        collate "C",
    table_schema  text        collate "C",
    table_name    text        collate "C",
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    constraint lineage_datasets_pkey primary key (tenant_id, id),
    constraint lineage_datasets_name_key unique (tenant_id, namespace, name),
    constraint lineage_datasets_engine_known check (engine in ('mysql', 'postgresql')),
    -- All of the names of a table, or none.
    constraint lineage_datasets_table_whole
        check (num_nulls(engine, host, port, database_name, table_schema, table_name) in (0, 6))
);
create index lineage_datasets_table on metadata.lineage_datasets
    (tenant_id, engine, host, port, database_name, table_schema, table_name);
comment on table metadata.lineage_datasets is
    'What jobs read and write, by the names that they say. Which table that is, if any, is found when asked.';
comment on column metadata.lineage_datasets.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.lineage_datasets.id is 'A number of its own.';
comment on column metadata.lineage_datasets.namespace is
    'The namespace, less any password: of a table the server, such as postgres://host:5432.';
comment on column metadata.lineage_datasets.name is
    'Its name there: of a table database.schema.table, or database.table on MySQL.';
comment on column metadata.lineage_datasets.engine is
    'Of a table: mysql or postgresql. Null, as the five that follow, where the names are of no table that a scan knows.';
comment on column metadata.lineage_datasets.host is 'Of a table: its server''s host, in lower case.';
comment on column metadata.lineage_datasets.port is 'Of a table: its server''s port.';
comment on column metadata.lineage_datasets.database_name is 'Of a table: its database.';
comment on column metadata.lineage_datasets.table_schema is 'Of a table: its schema; '''' on MySQL.';
comment on column metadata.lineage_datasets.table_name is 'Of a table: its name.';
comment on column metadata.lineage_datasets.created_at is 'When it was first heard of.';
comment on column metadata.lineage_datasets.updated_at is 'When the row last changed.';

create table metadata.lineage_edges (
    tenant_id      bigint      not null,
    lineage_job_id bigint      not null,
    direction      text        not null collate "C",
    dataset_id     bigint      not null,
    first_seen_at  timestamptz not null,
    last_seen_at   timestamptz not null,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    constraint lineage_edges_pkey primary key (tenant_id, lineage_job_id, direction, dataset_id),
    constraint lineage_edges_lineage_job_fkey foreign key (tenant_id, lineage_job_id)
        references metadata.lineage_jobs (tenant_id, id) on delete cascade,
    constraint lineage_edges_lineage_dataset_fkey foreign key (tenant_id, dataset_id)
        references metadata.lineage_datasets (tenant_id, id) on delete cascade,
    constraint lineage_edges_direction_known check (direction in ('input', 'output'))
);
create index lineage_edges_of_dataset on metadata.lineage_edges (tenant_id, dataset_id, direction, lineage_job_id);
comment on table metadata.lineage_edges is 'Which job reads or writes which dataset.';
comment on column metadata.lineage_edges.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.lineage_edges.lineage_job_id is 'The job, a row of lineage_jobs.';
comment on column metadata.lineage_edges.direction is 'input: the job reads the dataset; output: it writes it.';
comment on column metadata.lineage_edges.dataset_id is 'The dataset, a row of lineage_datasets.';
comment on column metadata.lineage_edges.first_seen_at is 'The time of the earliest event that says so.';
comment on column metadata.lineage_edges.last_seen_at is 'The time of the latest event that says so.';
comment on column metadata.lineage_edges.created_at is 'When it was first heard of.';
comment on column metadata.lineage_edges.updated_at is 'When the row last changed.';

create table metadata.lineage_runs (
    tenant_id      bigint      not null,
    run_id         uuid        not null,
    job_id         uuid        not null,
    lineage_job_id bigint      not null,
    parent_run_id  uuid,
    began_at       timestamptz not null,
    history        jsonb       not null,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    constraint lineage_runs_pkey primary key (tenant_id, run_id),
    constraint lineage_runs_log_fkey foreign key (tenant_id, job_id)
        references metadata.log_data_jobs (tenant_id, id) on delete cascade,
    constraint lineage_runs_lineage_job_fkey foreign key (tenant_id, lineage_job_id)
        references metadata.lineage_jobs (tenant_id, id) on delete cascade
);
create index lineage_runs_log on metadata.lineage_runs (tenant_id, job_id);
create index lineage_runs_of_job on metadata.lineage_runs (tenant_id, lineage_job_id, began_at, run_id);
create index lineage_runs_of_parent on metadata.lineage_runs (tenant_id, parent_run_id) where parent_run_id is not null;
comment on table metadata.lineage_runs is
    'The runs of these jobs, each a row of log_data_jobs, and all that their events have said.';
comment on column metadata.lineage_runs.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.lineage_runs.run_id is 'The runId of its events.';
comment on column metadata.lineage_runs.job_id is 'Its row in log_data_jobs.';
comment on column metadata.lineage_runs.lineage_job_id is 'What ran, a row of lineage_jobs.';
comment on column metadata.lineage_runs.parent_run_id is
    'The run that it says has started it, which need not be known.';
comment on column metadata.lineage_runs.began_at is
    'The time of its earliest event. The newest run of a job is the one that began last, whichever was heard of last.';
comment on column metadata.lineage_runs.history is
    'What its events have said so far, in whichever order they came.';
comment on column metadata.lineage_runs.created_at is 'When it was first heard of.';
comment on column metadata.lineage_runs.updated_at is 'When the row last changed.';

do $$
declare
    name text;
begin
    foreach name in array array['lineage_jobs', 'lineage_datasets', 'lineage_edges', 'lineage_runs']
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
