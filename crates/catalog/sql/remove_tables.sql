-- remove tables: $1 scan, $2 database, $3 guard, $4 whether changes are recorded,
-- $5 and $6 what the names of wanted schemas match and do not match: what is in another one goes whatever the guard
-- says, since a person wanted so; $7 why nothing that is not listed may be believed to be gone, or null; $8 who listed
-- the names, as JSON. What is doubted waits for a person.
-- The staged identities must be complete and read after everything else.
-- EXCEPT and not an anti-join: it hashes or sorts whatever the planner believes of the row counts.
with gone as materialized (
    select t.table_schema, t.table_name
    from metadata.tables t
    where t.tenant_id = metadata.current_tenant() and t.database_id = $2 and t.removed_at is null
    except
    select s.table_schema, s.table_name
    from metadata.staging_identities s
    where s.scan_id = $1 and s.database_id = $2
),
judged as materialized (
    select
        g.table_schema, g.table_name,
        coalesce(g.table_schema !~ $5, false) or coalesce(g.table_schema ~ $6, false) as is_left_out
    from gone g
),
verdict as (
    select
        count(*) filter (where not is_left_out) as vanished,
        (select count(*) from metadata.tables t
         where t.tenant_id = metadata.current_tenant() and t.database_id = $2 and t.removed_at is null)
            - count(*) filter (where is_left_out) as living
    from judged
),
found as materialized (
    select t.id, g.is_left_out or ($7::text is null and (v.living < $3 or v.vanished * 2 < v.living)) as is_believed
    from verdict v
    cross join judged g
    cross join lateral (
        select e.id
        from metadata.tables e
        where e.tenant_id = metadata.current_tenant() and e.database_id = $2
          and e.table_schema = g.table_schema and e.table_name = g.table_name and e.removed_at is null
        limit 1
    ) t
),
marked as (
    update metadata.tables t
    set removed_at = now()
    where t.tenant_id = metadata.current_tenant() and t.id = any (array(select id from found where is_believed))
    returning t.id, t.table_schema, t.table_name, t.table_type, t.table_comment, t.field_count
),
recorded as (
    insert into metadata.changes
        (tenant_id, datasource_id, database_id, table_id, scan_id, change_type, object_type, object_schema, object_name,
         before)
    select
        metadata.current_tenant(), b.datasource_id, $2, m.id, $1, 'removed', 'table', m.table_schema, m.table_name,
        jsonb_build_object('table_type', m.table_type, 'table_comment', m.table_comment, 'field_count', m.field_count)
    from marked m
    join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
    where $4
),
doubted as (
    insert into metadata.removal_doubts
        (tenant_id, datasource_id, scan_id, database_id, object_type, object_ids, reason, witness)
    select
        metadata.current_tenant(), b.datasource_id, $1, $2, 'table', f.ids,
        coalesce($7, 'half or more of them vanished at once'), $8
    from (select array_agg(id order by id) as ids from found where not is_believed) f
    join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
    where f.ids is not null
    returning cardinality(object_ids) as doubted, reason
)
select
    (select count(*) from marked) as "removed!",
    coalesce((select doubted from doubted), 0)::bigint as "doubted!",
    (select reason from doubted) as reason
