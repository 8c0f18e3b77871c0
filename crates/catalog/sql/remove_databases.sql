-- remove databases: $1 data source, $2 the listed databases as a JSON array, $3 guard.
with gone as (
    select d.id
    from metadata.databases d
    where d.tenant_id = metadata.current_tenant() and d.datasource_id = $1 and d.removed_at is null
      and not exists (
        select from jsonb_to_recordset($2) as l (name text) where l.name = d.database_name
      )
),
verdict as (
    select
        count(*) as vanished,
        -- The living ones, the newly listed included.
        (select count(*) from metadata.databases d
         where d.tenant_id = metadata.current_tenant() and d.datasource_id = $1 and d.removed_at is null) as living
    from gone
),
marked as (
    update metadata.databases d
    set removed_at = now()
    from gone, verdict
    where d.tenant_id = metadata.current_tenant() and d.id = gone.id
      and (verdict.living < $3 or verdict.vanished * 2 < verdict.living)
    returning 1
)
select
    (select count(*) from marked) as "removed!",
    (select vanished from verdict) - (select count(*) from marked) as "doubted!"
