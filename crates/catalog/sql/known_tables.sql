-- known tables: $1 their ids.
with asked as (
    select t.id, t.database_id, t.table_schema, t.table_name, t.row_count, t.removed_at, n.id as replaced_by
    from metadata.tables t
    left join metadata.tables n
        on n.tenant_id = metadata.current_tenant() and n.database_id = t.database_id
        and n.table_schema = t.table_schema and n.table_name = t.table_name
        and n.removed_at is null and t.removed_at is not null
    where t.tenant_id = metadata.current_tenant() and t.id = any ($1)
)
select
    a.id as "id!", a.database_id as "database_id!", a.table_schema as "table_schema!", a.table_name as "table_name!",
    a.row_count, a.removed_at, a.replaced_by
from asked a
union
select n.id, n.database_id, n.table_schema, n.table_name, n.row_count, n.removed_at, null
from asked a
join metadata.tables n on n.tenant_id = metadata.current_tenant() and n.id = a.replaced_by
order by "id!"
