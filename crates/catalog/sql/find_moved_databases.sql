-- find moved databases: $1 data source, $2 the listed databases as a JSON array.
-- The identities must be those of one server. Answers with the databases whose identity is listed under another name.
-- A name stays with the database that had it, gone ones too, unless that one moves itself: then both go by their names.
with recursive listed as materialized (
    select l.name, l.source_identity
    from jsonb_to_recordset($2) as l (name text, source_identity bigint)
    where l.source_identity is not null
),
known as materialized (
    -- Who has the identity: of several the living one, else the one that went last.
    select distinct on (d.source_identity) d.id, d.database_name, l.name as new_name
    from metadata.databases d
    join listed l on l.source_identity = d.source_identity
    where d.tenant_id = metadata.current_tenant() and d.datasource_id = $1
    order by d.source_identity, d.removed_at desc nulls first, d.database_name = l.name desc, d.id desc
),
moved as materialized (
    select k.*, h.id as holder_id
    from known k
    left join metadata.databases h
        on h.tenant_id = metadata.current_tenant() and h.datasource_id = $1 and h.database_name = k.new_name
    where k.database_name <> k.new_name
),
blocked as (
    select m.id
    from moved m
    where m.holder_id is not null and not exists (select from moved o where o.id = m.holder_id)
    union
    select m.id
    from moved m
    join blocked b on b.id = m.holder_id
)
select m.id as "id!", m.new_name as "new_name!", m.database_name as "old_name!"
from moved m
where not exists (select from blocked b where b.id = m.id)
order by m.id
