-- remove databases: $1 data source, $2 the listed databases as a JSON array, $3 guard, $4 the sync,
-- $5 and $6 what wanted names match and do not match. Changes: see merge_databases.sql.
-- What the patterns leave out goes whatever the guard says: a person wanted so.
-- $7 why nothing that is not listed may be believed to be gone, or null; $8 who listed the names, as JSON. What is
-- doubted waits for a person; doubts of earlier syncs are out of date.
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
judged as (
    select
        g.id,
        g.is_left_out or ($7::text is null and (v.living < $3 or v.vanished * 2 < v.living)) as is_believed
    from gone g cross join verdict v
),
marked as (
    update metadata.databases d
    set removed_at = now()
    from judged j
    where d.tenant_id = metadata.current_tenant() and d.id = j.id and j.is_believed
    returning d.id, metadata.database_document(d.charset, d."collation", d.owner, d.inaccessible_reason) as document
),
recorded as (
    insert into metadata.changes (tenant_id, datasource_id, database_id, scan_id, change_type, object_type, before)
    select metadata.current_tenant(), $1, m.id, $4, 'removed', 'database', jsonb_strip_nulls(m.document)
    from marked m
    where exists (
        select from metadata.datasources s
        where s.tenant_id = metadata.current_tenant() and s.id = $1 and s.last_sync_at is not null
    )
),
outdated as (
    delete from metadata.removal_doubts d
    where d.tenant_id = metadata.current_tenant() and d.datasource_id = $1 and d.database_id is null
      and d.scan_id <> $4 and d.confirmed_at is null
),
doubted as (
    insert into metadata.removal_doubts (tenant_id, datasource_id, scan_id, object_type, object_ids, reason, witness)
    select metadata.current_tenant(), $1, $4, 'database', j.ids, coalesce($7, 'half or more of them vanished at once'), $8
    from (select array_agg(id order by id) as ids from judged where not is_believed) j
    where j.ids is not null
    returning cardinality(object_ids) as doubted, reason
)
select
    (select count(*) from marked) as "removed!",
    coalesce((select doubted from doubted), 0)::bigint as "doubted!",
    (select reason from doubted) as reason
