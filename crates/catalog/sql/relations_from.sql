-- relations from: $1 table, $2 after this relation, $3 at most so many.
-- To whom a table refers; the target has an id where it has been scanned.
select
    r.id, r.relation_kind, r.relation_name, f.id as table_id, fb.database_name, f.table_schema, f.table_name, r.fields,
    t.id as "to_table_id?", r.to_database, r.to_schema, r.to_table, r.to_fields
from metadata.tables f
join metadata.databases fb on fb.tenant_id = f.tenant_id and fb.id = f.database_id
join metadata.relations r on r.tenant_id = f.tenant_id and r.table_id = f.id
left join metadata.databases b
    on b.tenant_id = r.tenant_id and b.datasource_id = r.datasource_id and b.database_name = r.to_database
left join metadata.tables t
    on t.tenant_id = b.tenant_id and t.database_id = b.id and t.table_schema = r.to_schema
    and t.table_name = r.to_table and t.removed_at is null
where f.tenant_id = metadata.current_tenant() and f.id = $1
  and ($2::bigint is null or r.id > $2)
order by r.id
limit $3
