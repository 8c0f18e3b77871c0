-- $2: only what comes after this oid. $3: whether an earlier attempt failed at the first of them, so that this one
-- prints neither that one nor what is blocked.
, estimate as (
    -- Never analyzed is -1 from 14 on; before that an empty and an unknown table look the same.
    select c.oid,
           case
               when c.reltuples < 0 then null
               when c.reltuples = 0 and c.relpages = 0 and current_setting('server_version_num')::int < 140000 then null
               else c.reltuples::int8
           end as row_count
    from pg_class c
    where c.relkind in ('r', 'm', 'f', 'p')
)
, descendant as (
    select r.oid as root, h.inhrelid as oid
    from relation r
    join pg_inherits h on h.inhparent = r.oid
    where r.relkind = 'p'
    union all
    select d.root, h.inhrelid
    from descendant d
    join pg_inherits h on h.inhparent = d.oid
)
, partitioned as (
    -- Autovacuum does not analyze a partitioned table, so its own estimate is absent or stale: the leaves know better.
    select d.root, case when bool_and(e.row_count is not null) then sum(e.row_count)::int8 end as row_count
    from descendant d
    join pg_class c on c.oid = d.oid and c.relkind <> 'p'
    join estimate e on e.oid = d.oid
    group by d.root
)
, index_page as (
    select i.indrelid, sum(c.relpages::int8)::int8 as pages
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    group by i.indrelid
)
, parent as (
    select h.inhrelid, array_agg(n.nspname::text order by h.inhseqno) as schemas,
           array_agg(c.relname::text order by h.inhseqno) as names
    from pg_inherits h
    join pg_class c on c.oid = h.inhparent and c.relkind in ('r', 'p', 'f')
    join pg_namespace n on n.oid = c.relnamespace
    group by h.inhrelid
)
, blocked as (
    -- What cannot be printed without waiting for another session: printing a view locks it and what it reads, printing
    -- the expression of a column, check, index, trigger or partition key locks the table.
    select w.ev_class as oid
    from exclusive e
    join pg_depend d on d.refobjid = e.oid and d.refclassid = 'pg_class'::regclass
                    and d.classid = 'pg_rewrite'::regclass
    join pg_rewrite w on w.oid = d.objid
    union
    select i.indrelid
    from exclusive e
    join pg_index i on i.indrelid = e.oid and (i.indexprs is not null or i.indpred is not null)
    union
    select a.attrelid
    from exclusive e
    join pg_attribute a on a.attrelid = e.oid and a.attgenerated <> ''
    union
    select p.partrelid
    from exclusive e
    join pg_partitioned_table p on p.partrelid = e.oid
    union
    select con.conrelid
    from exclusive e
    join pg_constraint con on con.conrelid = e.oid and (con.contype in ('c', 'x') or con.conperiod)
    union
    select t.tgrelid
    from exclusive e
    join pg_trigger t on t.tgrelid = e.oid and t.tgqual is not null
)
, listed as (
    select r.*, am.amname::text as method, f.srvname::text as foreign_server, e.row_count,
           p.row_count as leaf_row_count, r.relpages::int8 + coalesce(t.relpages, 0) as pages,
           t.relpages::int8 as toast_pages, t.reloptions as toast_options, s.spcname::text as tablespace,
           coalesce(x.pages, 0) as index_pages, d.description,
           h.schemas, h.names,
           r.oid in (select b.oid from blocked b) as is_blocked, row_number() over (order by r.oid) = 1 as is_first
    from relation r
    left join pg_am am on am.oid = r.relam
    left join pg_class t on t.oid = r.reltoastrelid
    left join pg_tablespace s on s.oid = r.reltablespace
    left join estimate e on e.oid = r.oid
    left join partitioned p on p.root = r.oid
    left join index_page x on x.indrelid = r.oid
    left join parent h on h.inhrelid = r.oid
    left join (pg_foreign_table ft join pg_foreign_server f on f.oid = ft.ftserver) on ft.ftrelid = r.oid
    left join pg_description d on d.objoid = r.oid and d.objsubid = 0 and d.classoid = 'pg_class'::regclass
    where r.oid::int8 > $2
    order by r.oid
    -- A fence: the select below prints definitions one by one in this order, so that what precedes a failure is known.
    offset 0
)
select l.oid::int8,
       $3 and (l.is_first or l.is_blocked),
       l.schema,
       l.name,
       l.relkind::text,
       l.relispartition,
       l.method,
       case when l.relkind = 'p' then coalesce(l.leaf_row_count, l.row_count) else l.row_count end,
       -- From pages as of the last vacuum or analyze, unknown before the first: to ask for the files of each table
       -- takes two thirds of the time of the whole deep scan, and waits for locks.
       case when l.relkind in ('r', 'm') and l.row_count is not null
           then l.pages * current_setting('block_size')::int8 end,
       case when l.relkind in ('r', 'm') and l.row_count is not null
           then l.index_pages * current_setting('block_size')::int8 end,
       case when l.relkind in ('r', 'm') and l.row_count is not null
           then l.toast_pages * current_setting('block_size')::int8 end,
       l.description,
       case when l.relkind in ('v', 'm') and not ($3 and (l.is_first or l.is_blocked))
           then pg_get_viewdef(l.oid) end,
       pg_get_userbyid(l.relowner)::text,
       l.relpersistence::text,
       l.foreign_server,
       l.schemas,
       l.names,
       -- A bound names no columns, and without the table's oid the server need not lock the table.
       pg_get_expr(l.relpartbound, 0),
       case when l.relkind in ('r', 'p') then l.relrowsecurity end,
       case when l.relkind in ('r', 'p') then l.relforcerowsecurity end,
       case when l.relkind = 'm' then l.relispopulated end,
       l.reloptions,
       l.toast_options,
       l.tablespace,
       case when l.reloftype <> 0 then format_type(l.reloftype, null) end,
       -- Updates and deletes, as in information_schema.
       case when l.relkind = 'v' and not ($3 and (l.is_first or l.is_blocked))
           then pg_relation_is_updatable(l.oid, false) & 20 = 20 end,
       -- Waits for the lock here, where the table can be marked: the later statements fail as a whole.
       case when l.is_blocked and not $3 then pg_relation_size(l.oid) end
from listed l
