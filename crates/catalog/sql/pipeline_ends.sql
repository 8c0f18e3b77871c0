-- last good ends of pipelines
-- An end of a pipeline's own job, or of a run from outside that is reported under the type and scope that the pipeline
-- names. A run that ended PARTIAL has done all but the rows that failed, which are shown. What is reported may be
-- reported late: of those runs the last end counts, not the last entry. What began before the pipeline got the table
-- that it has now was about another one.
select p.id,
    greatest(own_sync.completed_at, reported_sync.completed_at) as synced_at,
    greatest(own_etl.completed_at, reported_etl.completed_at) as processed_at
from metadata.pipelines p
left join lateral (
    select j.completed_at from metadata.log_data_jobs j
    where j.tenant_id = p.tenant_id and j.pipeline_id = p.id and j.job_type = 'SQL_SYNC'
      and j.target_scope = 'pipeline:' || p.id::text and j.status in ('SUCCESS', 'PARTIAL')
      and (p.sync_table_since is null or j.started_at >= p.sync_table_since)
    order by j.completed_at desc
    limit 1
) own_sync on true
left join lateral (
    select j.completed_at from metadata.log_data_jobs j
    where j.tenant_id = p.tenant_id and j.job_type = p.fill ->> 'job_type'
      and j.target_scope = p.fill ->> 'target_scope' and j.status in ('SUCCESS', 'PARTIAL')
      and (p.sync_table_since is null or j.started_at >= p.sync_table_since)
    order by j.completed_at desc
    limit 1
) reported_sync on true
left join lateral (
    select max(last.completed_at) as completed_at
    from unnest(array['SQL_ETL', 'HTTP_ETL']) w(job_type)
    cross join lateral (
        select j.completed_at from metadata.log_data_jobs j
        where j.tenant_id = p.tenant_id and j.pipeline_id = p.id and j.job_type = w.job_type
          and j.target_scope = 'pipeline:' || p.id::text and j.status in ('SUCCESS', 'PARTIAL')
          and (p.biz_table_since is null or j.started_at >= p.biz_table_since)
        order by j.completed_at desc
        limit 1
    ) last
) own_etl on true
left join lateral (
    select j.completed_at from metadata.log_data_jobs j
    where j.tenant_id = p.tenant_id and j.job_type = p.etl ->> 'job_type'
      and j.target_scope = p.etl ->> 'target_scope' and j.status in ('SUCCESS', 'PARTIAL')
      and (p.biz_table_since is null or j.started_at >= p.biz_table_since)
    order by j.completed_at desc
    limit 1
) reported_etl on true
where p.tenant_id = metadata.current_tenant() and p.id = any($1)
