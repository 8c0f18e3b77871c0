-- Row-level security: nobody sees a row unless the transaction is bound to the row's tenant,
-- not even the owner of the tables.

do $$
declare
    name text;
begin
    foreach name in array array['tenants', 'datasources', 'databases', 'tables', 'fields', 'log_data_jobs', 'sync_logs']
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

-- Work across tenants goes through the functions below, which return ids only. They run as the
-- owner, whom these policies let read; nobody else may.
create policy datasources_of_owner on metadata.datasources for select to current_user using (true);
create policy sync_logs_of_owner on metadata.sync_logs for select to current_user using (true);
create policy log_data_jobs_of_owner on metadata.log_data_jobs for select to current_user using (true);

create function metadata.datasources_due_for_sync(due_since timestamptz, at_most integer)
    returns table (tenant_id bigint, datasource_id bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select d.tenant_id, d.id
    from metadata.datasources d
    where d.created_at < due_since
      and not exists (
        select 1 from metadata.sync_logs s
        where s.tenant_id = d.tenant_id and s.datasource_id = d.id
          and s.sync_level = 'database'
          and (s.created_at >= due_since or s.status in ('QUEUED', 'RUNNING'))
    )
    order by d.tenant_id, d.id
    limit at_most;
end;
comment on function metadata.datasources_due_for_sync(timestamptz, integer) is
    'Across tenants: the data sources that have not begun a level-1 sync since a tick of the schedule.';
revoke execute on function metadata.datasources_due_for_sync(timestamptz, integer) from public;
