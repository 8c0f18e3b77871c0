-- circle of pipelines
-- A pipeline that already leads, alone or with others, from the business table of a new one to its sync table.
with recursive reached (table_id) as (
    select $2::bigint
    union
    select p.biz_table_id
    from reached r
    join metadata.pipelines p
      on p.tenant_id = metadata.current_tenant() and p.sync_table_id = r.table_id and p.id is distinct from $3::bigint
    where p.biz_table_id is not null
)
select p.name
from reached r
join metadata.pipelines p on p.tenant_id = metadata.current_tenant() and p.sync_table_id = r.table_id
where p.biz_table_id = $1 and p.id is distinct from $3::bigint
order by p.id
limit 1
