-- merge databases: $1 data source, $2 the listed databases as a JSON array, $3 the sync.
-- Changes are recorded from the second sync on. A database that only a deep scan has seen so far is new.
-- Figures of an accessible database change every night; that is no change of structure and not counted.
with listed as (
    select l.name, l.charset, l."collation", l.owner, l.table_count, l.total_size_bytes, l.inaccessible_reason,
        l.source_identity
    from jsonb_to_recordset($2) as l (
        name text, charset text, "collation" text, owner text, table_count bigint, total_size_bytes bigint,
        inaccessible_reason text, source_identity bigint
    )
),
compared as (
    select
        l.*,
        d.last_sync_at is null or d.removed_at is not null as is_new,
        d.last_sync_at is not null and d.removed_at is null
            and (d.charset, d."collation", d.owner, d.inaccessible_reason)
            is distinct from (l.charset, l."collation", l.owner, l.inaccessible_reason) as is_changed,
        metadata.database_document(d.charset, d."collation", d.owner, d.inaccessible_reason) as old_document,
        metadata.database_document(l.charset, l."collation", l.owner, l.inaccessible_reason) as new_document
    from listed l
    left join metadata.databases d
        on d.tenant_id = metadata.current_tenant() and d.datasource_id = $1 and d.database_name = l.name
),
written as (
    insert into metadata.databases
        (tenant_id, datasource_id, database_name, charset, "collation", owner, table_count, total_size_bytes,
         inaccessible_reason, source_identity, last_sync_at)
    select
        metadata.current_tenant(), $1, c.name, c.charset, c."collation", c.owner, c.table_count, c.total_size_bytes,
        c.inaccessible_reason, c.source_identity, now()
    from compared c
    on conflict on constraint databases_name_key do update
    set charset = excluded.charset, "collation" = excluded."collation", owner = excluded.owner,
        table_count = excluded.table_count, total_size_bytes = excluded.total_size_bytes,
        inaccessible_reason = excluded.inaccessible_reason, source_identity = excluded.source_identity,
        last_sync_at = excluded.last_sync_at, removed_at = null
    returning id, database_name
),
recorded as (
    insert into metadata.changes
        (tenant_id, datasource_id, database_id, scan_id, change_type, object_type, before, after)
    select
        metadata.current_tenant(), $1, w.id, $3, case when c.is_new then 'added' else 'changed' end, 'database',
        case when c.is_changed then metadata.differing(c.old_document, c.new_document) end,
        case when c.is_new then jsonb_strip_nulls(c.new_document)
            else metadata.differing(c.new_document, c.old_document) end
    from compared c
    join written w on w.database_name = c.name
    where (c.is_new or c.is_changed)
      and exists (
        select from metadata.datasources s
        where s.tenant_id = metadata.current_tenant() and s.id = $1 and s.last_sync_at is not null
      )
)
select
    (select count(*) from compared where is_new) as "added!",
    (select count(*) from compared where is_changed) as "changed!",
    (select count(*) from written) as "written!"
