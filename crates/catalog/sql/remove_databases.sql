-- remove databases: $1 data source, $2 the listed databases as a JSON array, $3 guard, $4 the sync,
-- $5 and $6 what wanted names match and do not match. Changes: see merge_databases.sql.
-- What the patterns leave out goes whatever the guard says: a person wanted so.
with gone as (
    select
        d.id,
        coalesce(d.database_name !~ $5, false) or coalesce(d.database_name ~ $6, false) as is_left_out
    from metadata.databases d
    where d.tenant_id = metadata.current_tenant() and d.datasource_id = $1 and d.removed_at is null
      and not exists (
        select from jsonb_to_recordset($2) as l (name text) where l.name = d.database_name
      )
),
verdict as (
    select
        count(*) filter (where not is_left_out) as vanished,
        -- The living ones, the newly listed included.
        (select count(*) from metadata.databases d
         where d.tenant_id = metadata.current_tenant() and d.datasource_id = $1 and d.removed_at is null)
            - count(*) filter (where is_left_out) as living
    from gone
),
marked as (
    update metadata.databases d
    set removed_at = now()
    from gone, verdict
    where d.tenant_id = metadata.current_tenant() and d.id = gone.id
      and (gone.is_left_out or verdict.living < $3 or verdict.vanished * 2 < verdict.living)
    returning d.id, gone.is_left_out, metadata.database_document(d.charset, d."collation", d.owner, d.inaccessible_reason) as document
),
recorded as (
    insert into metadata.changes (tenant_id, datasource_id, database_id, scan_id, change_type, object_type, before)
    select metadata.current_tenant(), $1, m.id, $4, 'removed', 'database', jsonb_strip_nulls(m.document)
    from marked m
    where exists (
        select from metadata.datasources s
        where s.tenant_id = metadata.current_tenant() and s.id = $1 and s.last_sync_at is not null
    )
)
select
    (select count(*) from marked) as "removed!",
    (select vanished from verdict) - (select count(*) from marked where not is_left_out) as "doubted!"
