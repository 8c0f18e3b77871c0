-- find moved tables: $1 scan, $2 database, $3 whether what is not staged is gone, $4 from how many tables on more than
-- half of them with the identity of another one is not believed.
-- The identities must be those of one server. What the scan left unread, since its digest is known, has not moved. Answers with the tables whose identity is staged under another name,
-- and with the living one that has that name if it neither moves nor is there any longer.
with recursive staged as materialized (
    select s.table_schema, s.table_name, s.source_identity, count(*) over (partition by s.source_identity) as bearers
    from metadata.staging_tables s
    where s.scan_id = $1 and s.database_id = $2 and s.source_identity is not null
),
living as materialized (
    select t.id, t.table_schema, t.table_name
    from metadata.tables t
    where t.tenant_id = metadata.current_tenant() and t.database_id = $2 and t.removed_at is null
),
known as materialized (
    -- Who has the identity: of several the living one, of those the one that has kept its name, else the one that
    -- went last.
    select distinct on (t.source_identity)
        t.id, t.table_schema, t.table_name, t.removed_at, s.table_schema as new_schema, s.table_name as new_name
    from metadata.tables t
    join staged s on s.source_identity = t.source_identity and s.bearers = 1
    where t.tenant_id = metadata.current_tenant() and t.database_id = $2
    order by t.source_identity, t.removed_at desc nulls first,
        (t.table_schema, t.table_name) = (s.table_schema, s.table_name) desc, t.id desc
),
moved as materialized (
    select k.*, h.id as holder_id
    from known k
    left join living h on h.table_schema = k.new_schema and h.table_name = k.new_name
    where (k.table_schema, k.table_name) <> (k.new_schema, k.new_name)
),
believed as (
    -- Whoever makes a server anew and loads it gives the same identities to other tables.
    select count(*) < $4 or count(*) filter (where m.holder_id is not null and m.removed_at is null) * 2 <= count(*)
        as is_so
    from metadata.staged_names($1, $2) s
    join living l on l.table_schema = s.table_schema and l.table_name = s.table_name
    left join moved m on m.new_schema = s.table_schema and m.new_name = s.table_name
),
blocked as (
    -- The name is another's who may be there still.
    select m.id
    from moved m
    where m.holder_id is not null and not $3 and not exists (select from moved o where o.id = m.holder_id)
    union
    select m.id
    from moved m
    join blocked b on b.id = m.holder_id
)
select
    m.id as "id!", m.new_schema as "table_schema!", m.new_name as "table_name!",
    case when o.id is null then m.holder_id end as gone_id
from moved m
left join moved o on o.id = m.holder_id
cross join believed b
where b.is_so and not exists (select from blocked k where k.id = m.id)
order by m.id
