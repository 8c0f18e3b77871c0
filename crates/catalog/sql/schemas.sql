-- schemas: $1 database, $2 also those that are gone, $3 after this name, $4 at most so many, $5 names that contain this.
-- Those that a deep scan listed, and those of tables, since a scan of some tables lists no schemas.
with listed as (
    select t.table_schema as name, count(*) filter (where t.removed_at is null) as tables,
        bool_or(t.removed_at is null) as lives, max(t.removed_at) as removed_at
    from metadata.tables t
    where t.tenant_id = metadata.current_tenant() and t.database_id = $1
      and ($3::text is null or t.table_schema > $3)
    group by t.table_schema
    union all
    select o.object_name, 0, bool_or(o.removed_at is null), max(o.removed_at)
    from metadata.database_objects o
    where o.tenant_id = metadata.current_tenant() and o.database_id = $1 and o.object_kind = 'SCHEMA'
      and ($3::text is null or o.object_name > $3)
    group by o.object_name
)
select
    l.name as "name!",
    sum(l.tables)::bigint as "tables!",
    case when not bool_or(l.lives) then max(l.removed_at) end as "removed_at?"
from listed l
group by l.name
having ($2 or bool_or(l.lives)) and ($5::text is null or position(lower($5) in lower(l.name)) > 0)
order by l.name
limit $4
