-- find renamed fields: $1 scan, $2 database, $3 first bucket, $4 bucket after the last, $5 whether the identities of
-- tables compare. Of a table with an identity a field is its number; of one without, the only field that is gone is the
-- only one that is new where both have the same place and all else in common. Views are not looked at so: theirs come
-- from a statement that may be any other now. LATERAL: see merge_tables.sql. Nothing joins the catalog's fields as a
-- whole: all that were merged so far, which the planner takes for few, would be read for each table of the batch.
with listed as materialized (
    select
        l.bucket, l.table_schema, l.table_name, t.id as table_id,
        $5 and t.source_identity = l.source_identity as is_same,
        l.table_type in ('TABLE', 'SYSTEM_VERSIONED') as has_own_fields
    from metadata.staging_tables l
    cross join lateral (
        select t.id, t.source_identity
        from metadata.tables t
        where t.tenant_id = metadata.current_tenant() and t.database_id = l.database_id
          and t.table_schema = l.table_schema and t.table_name = l.table_name and t.removed_at is null
        limit 1
    ) t
    where l.scan_id = $1 and l.database_id = $2 and l.bucket >= $3 and l.bucket < $4 and l.scan_error is null
),
living as materialized (
    select f.table_id, f.field_name, f.source_identity
    from listed l
    cross join lateral (
        select e.table_id, e.field_name, e.source_identity
        from metadata.fields e
        where e.tenant_id = metadata.current_tenant() and e.table_id = l.table_id and e.removed_at is null
        offset 0
    ) f
),
staged as materialized (
    select l.table_id, s.field_name, s.source_identity
    from metadata.staging_fields s
    join listed l on l.table_schema = s.table_schema and l.table_name = s.table_name
    where s.scan_id = $1 and s.database_id = $2 and s.bucket >= $3 and s.bucket < $4
),
-- Few, so that what follows may be planned in whatever way.
old as materialized (
    select table_id, field_name, source_identity from living
    except
    select table_id, field_name, source_identity from staged
),
new as materialized (
    select table_id, field_name, source_identity from staged
    except
    select table_id, field_name, source_identity from living
),
numbered as (
    select distinct on (o.table_id, o.source_identity) o.table_id, o.field_name, n.field_name as new_name
    from old o
    join new n on n.table_id = o.table_id and n.source_identity = o.source_identity
    join listed l on l.table_id = o.table_id
    where l.is_same and o.field_name <> n.field_name
    order by o.table_id, o.source_identity, o.field_name
),
alone as (
    select o.table_id, min(o.field_name) as field_name
    from old o
    where o.source_identity is null
    group by o.table_id
    having count(*) = 1
),
alike as materialized (
    select a.table_id, a.field_name, min(n.field_name) as new_name
    from alone a
    join new n on n.table_id = a.table_id
    group by a.table_id, a.field_name
    having count(*) = 1 and bool_and(n.source_identity is null)
),
doubles as (
    select a.*
    from alike a
    join listed l on l.table_id = a.table_id and l.has_own_fields
    cross join lateral (
        select metadata.field_document(e) as document
        from metadata.fields e
        where e.tenant_id = metadata.current_tenant() and e.table_id = a.table_id and e.field_name = a.field_name
          and e.removed_at is null
        limit 1
    ) o
    cross join lateral (
        select metadata.field_document(jsonb_populate_record(null::metadata.fields, to_jsonb(s))) as document
        from metadata.staging_fields s
        where s.scan_id = $1 and s.database_id = $2 and s.bucket = l.bucket
          and s.table_schema = l.table_schema and s.table_name = l.table_name and s.field_name = a.new_name
        limit 1
    ) n
    where n.document = o.document
      -- What had the name before would be revived.
      and not exists (
        select from metadata.fields r
        where r.tenant_id = metadata.current_tenant() and r.table_id = a.table_id and r.field_name = a.new_name
        offset 0
    )
),
renamed as materialized (
    select table_id, field_name, new_name from numbered
    union all
    select table_id, field_name, new_name from doubles
)
select
    e.id as "id!", r.new_name as "new_name!",
    -- Whose name it was, if that one is gone: it has another number, under which nothing is staged.
    case when o.table_id is null then h.id end as gone_id
from renamed r
left join renamed o on o.table_id = r.table_id and o.field_name = r.new_name
cross join lateral (
    select f.id
    from metadata.fields f
    where f.tenant_id = metadata.current_tenant() and f.table_id = r.table_id and f.field_name = r.field_name
      and f.removed_at is null
    limit 1
) e
left join lateral (
    select f.id
    from metadata.fields f
    where f.tenant_id = metadata.current_tenant() and f.table_id = r.table_id and f.field_name = r.new_name
      and f.removed_at is null
    limit 1
) h on true
order by e.id
