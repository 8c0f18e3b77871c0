-- relations to: $1 table, $2 after this relation, $3 at most so many.
-- Who refers to a table: by its names, along the index relations_to.
select
    r.id, r.relation_kind, r.relation_name, f.id as table_id, fb.database_name, f.table_schema, f.table_name, r.fields,
    t.id as "to_table_id?", r.to_database, r.to_schema, r.to_table, r.to_fields
from metadata.tables t
join metadata.databases b on b.tenant_id = t.tenant_id and b.id = t.database_id
join metadata.relations r
    on r.tenant_id = t.tenant_id and r.datasource_id = b.datasource_id and r.to_database = b.database_name
    and r.to_schema = t.table_schema and r.to_table = t.table_name
join metadata.tables f on f.tenant_id = r.tenant_id and f.id = r.table_id and f.removed_at is null
join metadata.databases fb on fb.tenant_id = f.tenant_id and fb.id = f.database_id
where t.tenant_id = metadata.current_tenant() and t.id = $1
  and ($2::bigint is null or r.id > $2)
order by r.id
limit $3
