-- report on run
with begun as (
    select j.tenant_id, j.id,
        case
            -- What runs does not wait again, and a job of ours waits until a worker has it.
            when $2::text = 'QUEUED' or $2 = 'RUNNING' and j.trigger <> 'external' then j.status
            else coalesce($2, j.status)
        end as status,
        coalesce(j.started_at,
            case when coalesce($2, j.status) <> 'QUEUED' then least(coalesce($3::timestamptz, $4::timestamptz, now()), now()) end
        ) as started_at,
        coalesce($2 not in ('QUEUED', 'RUNNING'), false) as is_end
    from metadata.log_data_jobs j
    where j.tenant_id = metadata.current_tenant() and j.id = $1
    for update
), reported as (
    update metadata.log_data_jobs j
    set status = b.status, started_at = b.started_at, heartbeat_at = now(),
        attempt = case when b.status = 'QUEUED' then j.attempt else greatest(j.attempt, 1) end,
        completed_at = case when b.is_end then greatest(b.started_at, least(coalesce($4, now()), now())) end,
        records_total = coalesce($5, j.records_total),
        records_processed = coalesce($6, j.records_processed),
        records_failed = coalesce($7, j.records_failed),
        message = case
            when b.is_end then null
            -- Who asked to stop it stays to be seen.
            when j.cancel_requested_at is null then coalesce($8, j.message)
            else j.message end,
        run_after = case when not b.is_end then j.run_after end,
        error_details = case
            -- What an earlier attempt of ours has failed of is over.
            when b.status = 'SUCCESS' and j.trigger <> 'external' then $9
            else coalesce($9, case when not j.end_presumed then j.error_details end)
        end,
        result = coalesce($10, j.result),
        end_presumed = false
    from begun b
    where j.tenant_id = b.tenant_id and j.id = b.id
      -- The service of an HTTP_ETL knows of it from the first attempt on, also while no worker has it.
      and (j.trigger = 'external' or j.job_type = 'HTTP_ETL' and j.attempt > 0)
      and (j.status in ('QUEUED', 'RUNNING') or j.end_presumed and b.is_end)
    returning j.tenant_id, j.id, j.attempt, j.status, j.error_details, b.is_end
), closed as (
    update metadata.job_attempts a set ended_at = now(), outcome = r.status, error = r.error_details
    from reported r
    where r.is_end and a.ended_at is null and a.tenant_id = r.tenant_id and a.job_id = r.id and a.attempt = r.attempt
)
select count(*) as "count!" from reported
