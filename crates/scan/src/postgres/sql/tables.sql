-- $2: only what comes after this oid. $3: whether an earlier attempt failed at the first of them, so that this one
-- prints neither that one nor what is blocked.
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
    select r.*, am.amname::text as method, f.srvname::text as foreign_server, g.row_count,
           g.data_size, g.index_size, g.toast_size, t.reloptions as toast_options, s.spcname::text as tablespace,
           d.description, h.schemas, h.names,
           r.oid in (select b.oid from blocked b) as is_blocked, row_number() over (order by r.oid) = 1 as is_first
    from relation r
    left join pg_am am on am.oid = r.relam
    left join pg_class t on t.oid = r.reltoastrelid
    left join pg_tablespace s on s.oid = r.reltablespace
    left join figure g on g.oid = r.oid
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
       l.row_count,
       l.data_size,
       l.index_size,
       l.toast_size,
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
