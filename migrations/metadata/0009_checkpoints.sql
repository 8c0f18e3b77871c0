-- How far a deep scan has come, so that another attempt goes on from there and does not begin anew.
-- A row for each database: they are read side by side, and none waits for the row of another.

create table metadata.scan_checkpoints (
    tenant_id     bigint      not null,
    scan_id       bigint      not null,
    database_name text        collate "C" not null,
    state         jsonb       not null,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    constraint scan_checkpoints_pkey primary key (tenant_id, scan_id, database_name),
    constraint scan_checkpoints_scan_fkey foreign key (tenant_id, scan_id)
        references metadata.sync_logs (tenant_id, id) on delete cascade
);
comment on table metadata.scan_checkpoints is
    'How far an active deep scan has come with each of its databases. Gone when the scan has ended.';
comment on column metadata.scan_checkpoints.tenant_id is 'The tenant that it belongs to.';
comment on column metadata.scan_checkpoints.scan_id is 'The scan.';
comment on column metadata.scan_checkpoints.database_name is 'The database, as the scan''s request names it.';
comment on column metadata.scan_checkpoints.state is
    'Parts that are staged with their rows, batches that are merged with their tallies, changes, cost, how it ended.';
comment on column metadata.scan_checkpoints.created_at is 'When the scan first did something for the database.';
comment on column metadata.scan_checkpoints.updated_at is 'When it last did.';

alter table metadata.scan_checkpoints enable row level security;
alter table metadata.scan_checkpoints force row level security;
create policy scan_checkpoints_of_tenant on metadata.scan_checkpoints
    using (tenant_id = metadata.current_tenant());
create trigger scan_checkpoints_touch before update on metadata.scan_checkpoints
    for each row execute function metadata.touch();

-- Never written; a document for all databases would make them wait for each other.
alter table metadata.sync_logs drop column checkpoint;

comment on table metadata.staging_tables is
    'Tables as a scan read them. Emptied by a crash of the store: counts that differ from the checkpoint''s show it.';
