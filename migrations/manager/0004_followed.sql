-- What is managed follows what scans find: removed, back again, under another name.

alter table manager.managed_objects
    add column database_id bigint,
    add column table_id bigint,
    add column removed_what text,
    -- A release before this one knows only data sources that are gone, and does not say so: null means that too.
    add constraint managed_objects_removed_what_known check (
        removed_what is null or removed_at is not null and removed_what in ('source', 'database', 'table')
    ),
    add constraint managed_objects_table_in_database check (table_id is null or database_id is not null);
comment on column manager.managed_objects.database_id is
    'The id of its database in meta''s catalog, by which it is followed; null until it has been read.';
comment on column manager.managed_objects.table_id is
    'The id of its table in meta''s catalog; null also where it is a whole database, or several tables have its name.';
comment on column manager.managed_objects.removed_at is
    'When its table, database or data source was found to be gone; null while it is there.';
comment on column manager.managed_objects.removed_what is
    'What is gone: source, database or table. null while nothing is, and for a source whose end a release before this one noted.';

-- What is gone may come back while its source is there.
drop index manager.managed_objects_living;
create index managed_objects_living on manager.managed_objects (tenant_id, resource_id)
    where removed_at is null or removed_what <> 'source';

create or replace function manager.tenants_to_check(at_most integer)
    returns table (tenant_id bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    -- One step of an index per tenant, whatever the number of their objects.
    with recursive tenants (id) as (
        (
            select m.tenant_id from manager.managed_objects m
            where m.removed_at is null or m.removed_what <> 'source'
            order by m.tenant_id limit 1
        )
        union all
        select (
            select m.tenant_id from manager.managed_objects m
            where (m.removed_at is null or m.removed_what <> 'source') and m.tenant_id > tenants.id
            order by m.tenant_id limit 1
        )
        from tenants where tenants.id is not null
    )
    select tenants.id
    from tenants
    left join manager.reconcile_turns t on t.tenant_id = tenants.id and t.resource_id = 0
    where tenants.id is not null and (t.next_turn_at is null or t.next_turn_at <= now())
    order by t.next_turn_at nulls first, tenants.id
    limit at_most;
end;
comment on function manager.tenants_to_check(integer) is
    'Across tenants: those with managed objects whose data source is there, as far as their turn has come.';
