-- merge objects: $1 scan, $2 database, $3 whether changes are recorded.
-- Writes what is new or different of schemas, routines, sequences, extensions and types, revives what is back, and
-- marks what is gone: the staged list is complete. LATERAL ... LIMIT 1: see merge_tables.sql.
-- $4 why nothing that is not listed may be believed to be gone, or null; $5 who listed them, as JSON.
with staged as materialized (
    select s.*, metadata.object_document(s.owner, s.object_comment, s.definition, s.details) as document
    from metadata.staging_objects s
    where s.scan_id = $1 and s.database_id = $2
),
compared as materialized (
    select
        s.*,
        e.id,
        e.removed_at,
        e.source_identity is distinct from s.source_identity as is_refreshed,
        metadata.object_document(e.owner, e.object_comment, e.definition, e.details) as old_document
    from staged s
    left join lateral (
        -- The living one, else the one that went last.
        select o.*
        from metadata.database_objects o
        where o.tenant_id = metadata.current_tenant() and o.database_id = s.database_id
          and o.object_kind = s.object_kind and o.object_schema = s.object_schema and o.object_name = s.object_name
          and o.signature = s.signature
        order by o.removed_at desc nulls first, o.id desc
        limit 1
    ) e on true
),
added as (
    insert into metadata.database_objects
        (tenant_id, database_id, object_kind, object_schema, object_name, signature, owner, object_comment, definition,
         source_identity, details)
    select
        metadata.current_tenant(), $2, c.object_kind, c.object_schema, c.object_name, c.signature, c.owner,
        c.object_comment, c.definition, c.source_identity, c.details
    from compared c
    where c.id is null
    returning 1
),
updated as (
    update metadata.database_objects o
    set owner = c.owner, object_comment = c.object_comment, definition = c.definition, details = c.details,
        source_identity = c.source_identity, removed_at = null
    from compared c
    where o.tenant_id = metadata.current_tenant() and o.id = c.id
      and (c.removed_at is not null or c.is_refreshed or c.document is distinct from c.old_document)
    returning 1
),
gone as materialized (
    select o.*
    from metadata.database_objects o
    where o.tenant_id = metadata.current_tenant() and o.database_id = $2 and o.removed_at is null
      and not exists (select from compared c where c.id = o.id)
),
removed as (
    update metadata.database_objects o
    set removed_at = now()
    from gone g
    where o.tenant_id = metadata.current_tenant() and o.id = g.id and $4::text is null
    returning 1
),
differences as (
    select
        case when c.id is null or c.removed_at is not null then 'added' else 'changed' end as change_type,
        c.object_kind, c.object_schema, c.object_name, c.signature, c.old_document, c.document
    from compared c
    where c.id is null or c.removed_at is not null or c.document is distinct from c.old_document
    union all
    select
        'removed', g.object_kind, g.object_schema, g.object_name, g.signature,
        metadata.object_document(g.owner, g.object_comment, g.definition, g.details), null
    from gone g
    where $4 is null
),
doubted as (
    insert into metadata.removal_doubts
        (tenant_id, datasource_id, scan_id, database_id, object_type, object_ids, reason, witness)
    select metadata.current_tenant(), b.datasource_id, $1, $2, 'object', g.ids, $4, $5
    from (select array_agg(id order by id) as ids from gone) g
    join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
    where g.ids is not null and $4 is not null
    returning cardinality(object_ids) as doubted
),
recorded as (
    insert into metadata.changes
        (tenant_id, datasource_id, database_id, scan_id, change_type, object_type, object_schema, object_name, before,
         after)
    select
        metadata.current_tenant(), b.datasource_id, $2, $1, d.change_type, 'object', d.object_schema,
        d.object_kind || ' ' || d.object_name || case when d.signature = '' then '' else '(' || d.signature || ')' end,
        case d.change_type
            when 'changed' then coalesce(metadata.differing(d.old_document, d.document), '{}')
            when 'removed' then jsonb_strip_nulls(d.old_document)
        end,
        case d.change_type
            when 'changed' then coalesce(metadata.differing(d.document, d.old_document), '{}')
            when 'added' then jsonb_strip_nulls(d.document)
        end
    from differences d
    join metadata.databases b on b.tenant_id = metadata.current_tenant() and b.id = $2
    where $3
)
select
    (select count(*) from staged) as "found!",
    (select count(*) from differences where change_type = 'added') as "added!",
    (select count(*) from differences where change_type = 'changed') as "changed!",
    (select count(*) from staged) - (select count(*) from added) - (select count(*) from updated) as "unchanged!",
    (select count(*) from added) + (select count(*) from updated) as "written!",
    (select count(*) from removed) as "removed!",
    coalesce((select doubted from doubted), 0)::bigint as "doubted!"
