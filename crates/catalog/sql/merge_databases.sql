-- merge databases: $1 data source, $2 the listed databases as a JSON array.
-- Figures of an accessible database change every night; that is no change of structure and not counted.
with listed as (
    select l.name, l.charset, l."collation", l.owner, l.table_count, l.total_size_bytes, l.inaccessible_reason
    from jsonb_to_recordset($2) as l (
        name text, charset text, "collation" text, owner text, table_count bigint, total_size_bytes bigint,
        inaccessible_reason text
    )
),
compared as (
    select
        l.*,
        d.id is null as is_new,
        d.id is not null
            and (d.charset, d."collation", d.owner, d.inaccessible_reason, d.removed_at)
            is distinct from (l.charset, l."collation", l.owner, l.inaccessible_reason, null::timestamptz) as is_changed
    from listed l
    left join metadata.databases d
        on d.tenant_id = metadata.current_tenant() and d.datasource_id = $1 and d.database_name = l.name
),
written as (
    insert into metadata.databases
        (tenant_id, datasource_id, database_name, charset, "collation", owner, table_count, total_size_bytes,
         inaccessible_reason, last_sync_at)
    select
        metadata.current_tenant(), $1, c.name, c.charset, c."collation", c.owner, c.table_count, c.total_size_bytes,
        c.inaccessible_reason, now()
    from compared c
    on conflict on constraint databases_name_key do update
    set charset = excluded.charset, "collation" = excluded."collation", owner = excluded.owner,
        table_count = excluded.table_count, total_size_bytes = excluded.total_size_bytes,
        inaccessible_reason = excluded.inaccessible_reason, last_sync_at = excluded.last_sync_at, removed_at = null
    returning 1
)
select
    (select count(*) from compared where is_new) as "added!",
    (select count(*) from compared where is_changed) as "changed!",
    (select count(*) from written) as "written!"
