-- overview groups
-- A table counts into the group that names it, else into the first one that has a prefix of its name.
with own as (
    select g.position, g.name, g.prefixes, g.table_ids
    from metadata.table_groups g
    where g.tenant_id = metadata.current_tenant()
), usual as (
    select 0 as position, 'Sync' as name, '{sync_,sync.}'::text[] as prefixes,
        (select coalesce(array_agg(p.sync_table_id), '{}') from metadata.pipelines p
         where p.tenant_id = metadata.current_tenant() and p.sync_table_id is not null) as table_ids
    union all
    select 1, 'Business', '{biz_,biz.}'::text[],
        (select coalesce(array_agg(p.biz_table_id), '{}') from metadata.pipelines p
         where p.tenant_id = metadata.current_tenant() and p.biz_table_id is not null)
), groups as materialized (
    select * from own
    union all
    select * from usual where not exists (select from own)
), by_hand as materialized (
    select x.table_id, min(g.position) as position
    from groups g, unnest(g.table_ids) x(table_id)
    group by 1
), beginnings as materialized (
    select g.position, lower(x.prefix) as prefix from groups g, unnest(g.prefixes) x(prefix)
), counted as (
    select coalesce(h.position, b.position, 1000000) as position, count(*) as tables,
        -- As servers tell them: no figure of theirs takes the overview away.
        case when sum(t.row_count) > 9223372036854775807 then 9223372036854775807 else sum(t.row_count) end::bigint
            as records
    from metadata.tables t
    join metadata.databases d on d.tenant_id = t.tenant_id and d.id = t.database_id
    left join by_hand h on h.table_id = t.id
    left join lateral (
        select min(i.position) as position
        from (select lower(t.table_name) as name, lower(t.table_schema || '.' || t.table_name) as full_name) n, beginnings i
        where h.position is null and (starts_with(n.name, i.prefix) or starts_with(n.full_name, i.prefix))
    ) b on true
    where t.tenant_id = metadata.current_tenant() and t.removed_at is null and d.removed_at is null
      -- What has no rows of its own is left out: a view shows those of others, a partition is counted with its table.
      and t.table_type not in ('VIEW', 'PARTITION')
    group by 1
)
select n.name as "name!", coalesce(c.tables, 0) as "tables!", c.records
from (select position, name from groups union all select 1000000, 'Other') n
left join counted c on c.position = n.position
order by n.position
