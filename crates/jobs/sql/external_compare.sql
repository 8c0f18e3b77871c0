-- compare report with run
select status,
    trigger = 'external' or job_type = 'HTTP_ETL' as "is_reported!",
    coalesce(status = $2::text and status not in ('QUEUED', 'RUNNING'), false)
        and coalesce($3, records_total) is not distinct from records_total
        and coalesce($4, records_processed) = records_processed
        and coalesce($5, records_failed) = records_failed
        and coalesce($6, error_details) is not distinct from error_details
        and coalesce($7, result) is not distinct from result as "is_same!"
from metadata.log_data_jobs
where tenant_id = metadata.current_tenant() and id = $1
