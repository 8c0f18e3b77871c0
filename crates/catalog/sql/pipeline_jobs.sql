-- last jobs of pipelines
-- Its own, and the runs from outside that are reported under the types and scopes that it names.
select p.id as pipeline_id, j.id as "id!", j.job_type as "job_type!", j.status as "status!",
    j.records_processed as "records_processed!", j.records_failed as "records_failed!", j.error,
    j.queued_at as "queued_at!", j.completed_at
from metadata.pipelines p
cross join lateral (
    (
        select o.id, o.job_type, o.status, o.records_processed, o.records_failed, o.queued_at, o.completed_at,
            left(split_part(o.error_details, E'\n', 1), 1000) as error
        from metadata.log_data_jobs o
        where o.tenant_id = p.tenant_id and o.pipeline_id = p.id
        order by o.id desc
        limit $2
    )
    union (
        select o.id, o.job_type, o.status, o.records_processed, o.records_failed, o.queued_at, o.completed_at,
            left(split_part(o.error_details, E'\n', 1), 1000) as error
        from metadata.log_data_jobs o
        where o.tenant_id = p.tenant_id and o.job_type = p.fill ->> 'job_type'
          and o.target_scope = p.fill ->> 'target_scope'
        order by o.id desc
        limit $2
    )
    union (
        select o.id, o.job_type, o.status, o.records_processed, o.records_failed, o.queued_at, o.completed_at,
            left(split_part(o.error_details, E'\n', 1), 1000) as error
        from metadata.log_data_jobs o
        where o.tenant_id = p.tenant_id and o.job_type = p.etl ->> 'job_type'
          and o.target_scope = p.etl ->> 'target_scope'
        order by o.id desc
        limit $2
    )
    order by id desc
    limit $2
) j
where p.tenant_id = metadata.current_tenant() and p.id = any($1)
order by p.id, j.id desc
