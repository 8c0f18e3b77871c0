-- list doubted removals: $1 the scan, $2 and $3 type and id behind which the page begins, or null, $4 how many
select d.object_type, o.id as "id!", d.reason, d.confirmed_at, b.database_name,
    case d.object_type when 'object' then q.object_schema when 'database' then null else t.table_schema end as object_schema,
    case d.object_type
        when 'object' then
            q.object_kind || ' ' || q.object_name || case when q.signature = '' then '' else '(' || q.signature || ')' end
        when 'database' then null
        else t.table_name
    end as object_name,
    f.field_name as "field_name?"
from metadata.removal_doubts d
cross join lateral unnest(d.object_ids) as o (id)
join metadata.databases b
    on b.tenant_id = metadata.current_tenant() and b.id = coalesce(d.database_id, o.id)
left join metadata.fields f
    on f.tenant_id = metadata.current_tenant() and d.object_type = 'field' and f.id = o.id
left join metadata.tables t
    on t.tenant_id = metadata.current_tenant()
    and t.id = case d.object_type when 'table' then o.id when 'field' then f.table_id end
left join metadata.database_objects q
    on q.tenant_id = metadata.current_tenant() and d.object_type = 'object' and q.id = o.id
where d.tenant_id = metadata.current_tenant() and d.scan_id = $1
  and ($2::text is null or (d.object_type collate "C", o.id) > ($2, $3::bigint))
order by d.object_type collate "C", o.id
limit $4
