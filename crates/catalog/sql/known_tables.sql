-- known tables: $1 their ids.
with asked as (
    select t.id, n.id as replaced_by
    from metadata.tables t
    left join metadata.tables n
        on n.tenant_id = metadata.current_tenant() and n.database_id = t.database_id
        and n.table_schema = t.table_schema and n.table_name = t.table_name
        and n.removed_at is null and t.removed_at is not null
    where t.tenant_id = metadata.current_tenant() and t.id = any ($1)
),
wanted as (
    select id, replaced_by from asked
    union
    select replaced_by, null from asked where replaced_by is not null
)
select
    t.id as "id!", t.database_id as "database_id!", t.table_schema as "table_schema!", t.table_name as "table_name!",
    t.row_count, t.removed_at, w.replaced_by,
    -- A scan of a whole database does not write to tables that it found unchanged.
    case
        when t.scan_error is not null or not t.is_scanned then null
        when t.removed_at is null then greatest(t.last_scan_at, d.last_scan_at)
        else t.last_scan_at
    end as last_scan_at
from wanted w
join metadata.tables t on t.tenant_id = metadata.current_tenant() and t.id = w.id
join metadata.databases d on d.tenant_id = metadata.current_tenant() and d.id = t.database_id
order by t.id
