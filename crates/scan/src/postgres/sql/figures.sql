-- What may differ without a change of structure, by the oid of a relation.
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
, figure as (
    select r.oid, case when r.relkind = 'p' then coalesce(p.row_count, e.row_count) else e.row_count end as row_count,
           -- From pages as of the last vacuum or analyze, unknown before the first: to ask for the files of each table
           -- takes two thirds of the time of the whole deep scan, and waits for locks.
           case when r.relkind in ('r', 'm') and e.row_count is not null
               then (r.relpages::int8 + coalesce(t.relpages, 0)) * current_setting('block_size')::int8 end as data_size,
           case when r.relkind in ('r', 'm') and e.row_count is not null
               then coalesce(x.pages, 0) * current_setting('block_size')::int8 end as index_size,
           case when r.relkind in ('r', 'm') and e.row_count is not null
               then t.relpages::int8 * current_setting('block_size')::int8 end as toast_size
    from relation r
    left join pg_class t on t.oid = r.reltoastrelid
    left join estimate e on e.oid = r.oid
    left join partitioned p on p.root = r.oid
    left join index_page x on x.indrelid = r.oid
)
