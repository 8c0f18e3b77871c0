-- enter run from outside
insert into metadata.log_data_jobs
    (tenant_id, id, external_id, job_type, target_scope, trigger, requested_by, parameters, parent_job_id, status, attempt,
     started_at, heartbeat_at, completed_at, records_total, records_processed, records_failed, message, error_details, result)
select metadata.current_tenant(), $1::uuid, $2::text, $3::text, $4::text, 'external', $5::text, $6::jsonb, $7::uuid, $8::text,
    case $8 when 'QUEUED' then 0 else 1 end,
    begun.at, now(),
    -- No run ends before it began, and none in the future.
    case when $8 not in ('QUEUED', 'RUNNING') then greatest(begun.at, least(coalesce($10, now()), now())) end,
    $11::bigint, coalesce($12::bigint, 0), coalesce($13::bigint, 0),
    case when $8 in ('QUEUED', 'RUNNING') then $14::text end,
    $15::text, $16::jsonb
from (select case when $8 <> 'QUEUED' then least(coalesce($9::timestamptz, $10::timestamptz, now()), now()) end as at) begun
on conflict (tenant_id, external_id) where external_id is not null do nothing
