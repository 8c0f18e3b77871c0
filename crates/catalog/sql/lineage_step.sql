-- lineage step: $1 tables, $2 datasets, $3 downstream rather than upstream, $4 at most so many edges.
-- One step from data to data, and the jobs in between: each edge from the near end to the far one. Jobs know tables by
-- names, as views do, so that what is scanned later, or comes back, is found by itself.
-- Hosts are compared by what `lower` makes of them, beforehand: under row-level security no index is asked for what a
-- function makes that is not leakproof.
with servers as materialized (
    select id, datasource_type as engine, lower(host) as host, port
    from metadata.datasources
    where tenant_id = metadata.current_tenant()
), near_tables as materialized (
    select t.id, b.datasource_id, s.engine, s.host, s.port, b.database_name, t.table_schema, t.table_name
    from unnest($1::bigint[]) as near (id)
    join metadata.tables t on t.tenant_id = metadata.current_tenant() and t.id = near.id and t.removed_at is null
    join metadata.databases b on b.tenant_id = t.tenant_id and b.id = t.database_id
    join servers s on s.id = b.datasource_id
), known as (
    select 'table' as kind, t.id, d.id as dataset_id
    from near_tables t
    join metadata.lineage_datasets d
        on d.tenant_id = metadata.current_tenant() and d.engine = t.engine and d.host = t.host and d.port = t.port
        and d.database_name = t.database_name and d.table_schema = t.table_schema and d.table_name = t.table_name
    union all
    select 'dataset', near.id, near.id from unnest($2::bigint[]) as near (id)
), told as (
    select k.kind, k.id, e.lineage_job_id, e.last_seen_at
    from known k
    join metadata.lineage_edges e
        on e.tenant_id = metadata.current_tenant() and e.dataset_id = k.dataset_id
        and e.direction = case when $3 then 'input' else 'output' end
), beyond as materialized (
    select e.lineage_job_id, e.last_seen_at, d.id as dataset_id, s.id as datasource_id, d.database_name, d.table_schema,
        d.table_name
    from (select distinct lineage_job_id from told) j
    join metadata.lineage_edges e
        on e.tenant_id = metadata.current_tenant() and e.lineage_job_id = j.lineage_job_id
        and e.direction = case when $3 then 'output' else 'input' end
    join metadata.lineage_datasets d on d.tenant_id = e.tenant_id and d.id = e.dataset_id
    left join servers s on s.engine = d.engine and s.host = d.host and s.port = d.port
), found as (
    select f.lineage_job_id, f.last_seen_at, f.dataset_id, t.id as table_id,
        -- A server may be registered twice, and the table be known of one alone: then it is no dataset besides.
        bool_or(t.id is not null) over (partition by f.dataset_id) as is_table
    from beyond f
    left join metadata.databases b
        on b.tenant_id = metadata.current_tenant() and b.datasource_id = f.datasource_id
        and b.database_name = f.database_name
    left join metadata.tables t
        on t.tenant_id = metadata.current_tenant() and t.database_id = b.id and t.table_schema = f.table_schema
        and t.table_name = f.table_name and t.removed_at is null
), steps as (
    select kind as near_kind, id as near_id, 'openlineage' as edge_kind, 'job' as far_kind, lineage_job_id as far_id,
        null::bigint as pipeline_id, null as pipeline_name, last_seen_at
    from told
    union all
    select 'job', lineage_job_id, 'openlineage', case when is_table then 'table' else 'dataset' end,
        coalesce(table_id, dataset_id), null, null, last_seen_at
    from found
    where table_id is not null or not is_table
    union all
    select 'table', t.id, 'view_dependency', 'table', v.id, null, null, null
    from near_tables t
    join metadata.relations r
        on r.tenant_id = metadata.current_tenant() and r.datasource_id = t.datasource_id
        and r.to_database = t.database_name and r.to_schema = t.table_schema and r.to_table = t.table_name
        and r.relation_kind = 'view_dependency'
    join metadata.tables v on v.tenant_id = r.tenant_id and v.id = r.table_id and v.removed_at is null
    where $3
    union all
    select 'table', r.table_id, 'view_dependency', 'table', t.id, null, null, null
    from unnest($1::bigint[]) as near (id)
    join metadata.relations r
        on r.tenant_id = metadata.current_tenant() and r.table_id = near.id and r.relation_kind = 'view_dependency'
    join metadata.databases b
        on b.tenant_id = r.tenant_id and b.datasource_id = r.datasource_id and b.database_name = r.to_database
    join metadata.tables t
        on t.tenant_id = b.tenant_id and t.database_id = b.id and t.table_schema = r.to_schema
        and t.table_name = r.to_table and t.removed_at is null
    where not $3
    union all
    select 'table', near.id, 'pipeline', 'table', p.biz_table_id, p.id, p.name, null
    from unnest($1::bigint[]) as near (id)
    join metadata.pipelines p on p.tenant_id = metadata.current_tenant() and p.sync_table_id = near.id
    where $3 and p.biz_table_id is not null
    union all
    select 'table', near.id, 'pipeline', 'table', p.sync_table_id, p.id, p.name, null
    from unnest($1::bigint[]) as near (id)
    join metadata.pipelines p on p.tenant_id = metadata.current_tenant() and p.biz_table_id = near.id
    where not $3 and p.sync_table_id is not null
)
select near_kind as "near_kind!", near_id as "near_id!", edge_kind as "edge_kind!", far_kind as "far_kind!",
    far_id as "far_id!", pipeline_id, pipeline_name, max(last_seen_at) as last_seen_at
from steps
group by near_kind, near_id, edge_kind, far_kind, far_id, pipeline_id, pipeline_name
-- A job comes before what lies beyond it.
order by near_kind = 'job', near_kind, near_id, edge_kind, far_kind, far_id, pipeline_id
limit $4
