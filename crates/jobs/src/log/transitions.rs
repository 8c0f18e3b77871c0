//! Changes of state: conditional updates, fenced by the attempt.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::TenantId;
use models::job::JobStatus;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{End, Started};
use crate::NewJob;

/// Enters a queued job. False when one of its type is active on its data source or of its pipeline.
pub(crate) async fn create(
    conn: &mut PgConnection,
    id: Uuid,
    new: &NewJob<'_>,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- create job
        insert into metadata.log_data_jobs
            (tenant_id, id, job_type, target_scope, datasource_id, pipeline_id, trigger, requested_by, parameters,
                parent_job_id)
        values (metadata.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9)
        -- log_data_jobs_one_active_scan, log_data_jobs_one_active_of_pipeline
        on conflict do nothing",
        id,
        new.job_type.as_str(),
        new.target_scope,
        new.datasource_id,
        new.pipeline_id,
        new.trigger.as_str(),
        new.requested_by,
        new.parameters,
        new.parent
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Begins an attempt. None when the job has ended or is gone.
///
/// A job that is RUNNING may be begun again: the queue gives it out a second time only after its
/// worker was found dead.
pub(crate) async fn start(
    conn: &mut PgConnection,
    id: Uuid,
    worker: &str,
) -> Result<Option<Started>, StoreError> {
    let started = sqlx::query_as!(
        Started,
        r#"-- start job
        with begun as (
            update metadata.log_data_jobs
            set status = 'RUNNING', attempt = attempt + 1, started_at = now(), heartbeat_at = now(), run_after = null,
                records_resumed = records_processed
            where tenant_id = metadata.current_tenant() and id = $1 and status in ('QUEUED', 'RUNNING')
            returning tenant_id, id, job_type, datasource_id, pipeline_id, trigger, attempt, cancel_requested_at, parameters
        ), lost as (
            update metadata.job_attempts a set ended_at = now(), outcome = 'LOST'
            from begun b
            where a.tenant_id = b.tenant_id and a.job_id = b.id and a.ended_at is null
        ), entered as (
            insert into metadata.job_attempts (tenant_id, job_id, attempt, worker)
            select tenant_id, id, attempt, $2 from begun
        )
        select job_type, datasource_id, pipeline_id, trigger, attempt,
            cancel_requested_at is not null as "cancel_requested!", parameters,
            -- This statement sees the attempts as they were before it.
            (select count(*) from metadata.job_attempts a
             where a.tenant_id = b.tenant_id and a.job_id = b.id
               and (a.outcome in ('RETRY', 'LOST') or a.ended_at is null))::int as "failed_attempts!"
        from begun b"#,
        id,
        worker
    )
    .fetch_optional(conn)
    .await?;
    Ok(started)
}

/// Notes that the worker lives, and answers with whether somebody has asked to stop the job. None when
/// the attempt no longer holds it.
pub(crate) async fn heartbeat(
    conn: &mut PgConnection,
    id: Uuid,
    attempt: i32,
) -> Result<Option<bool>, StoreError> {
    let requested = sqlx::query_scalar!(
        r#"-- heartbeat
        update metadata.log_data_jobs set heartbeat_at = now()
        where tenant_id = metadata.current_tenant() and id = $1 and attempt = $2 and status = 'RUNNING'
        returning cancel_requested_at is not null as "requested!""#,
        id,
        attempt
    )
    .fetch_optional(conn)
    .await?;
    Ok(requested)
}

/// Whether somebody has asked to stop the job.
pub(crate) async fn stop_requested(conn: &mut PgConnection, id: Uuid) -> Result<bool, StoreError> {
    let requested = sqlx::query_scalar!(
        r#"-- stop requested
        select cancel_requested_at is not null as "requested!" from metadata.log_data_jobs
        where tenant_id = metadata.current_tenant() and id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(requested.unwrap_or(false))
}

/// Notes how far the job has come. False when the attempt no longer holds the job.
pub async fn set_progress(
    conn: &mut PgConnection,
    id: Uuid,
    attempt: i32,
    progress: &Progress,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- job progress
        update metadata.log_data_jobs
        set records_total = $3, records_processed = $4, heartbeat_at = now(),
            -- Who asked to stop it stays to be seen.
            message = case when cancel_requested_at is null then $5 else message end
        where tenant_id = metadata.current_tenant() and id = $1 and attempt = $2 and status = 'RUNNING'",
        id,
        attempt,
        progress.total,
        progress.processed,
        progress.message
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How far a job has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Records there are; None until known.
    pub total: Option<i64>,
    /// Records done.
    pub processed: i64,
    /// What is being done, in words.
    pub message: Option<String>,
}

/// Ends a job. False when the attempt no longer holds it; the caller must then roll back.
pub async fn finish(
    conn: &mut PgConnection,
    id: Uuid,
    attempt: i32,
    end: &End,
) -> Result<bool, StoreError> {
    let ended = sqlx::query_scalar!(
        r#"-- finish job
        with ended as (
            update metadata.log_data_jobs
            set status = $3, completed_at = now(), heartbeat_at = now(), records_total = $4, records_processed = $5,
                records_failed = $6, error_details = $7, result = $8, message = null
            where tenant_id = metadata.current_tenant() and id = $1 and attempt = $2 and status = 'RUNNING'
            returning tenant_id, id
        ), closed as (
            update metadata.job_attempts a set ended_at = now(), outcome = $3, error = $7
            from ended e
            where a.tenant_id = e.tenant_id and a.job_id = e.id and a.attempt = $2
        )
        select count(*) as "count!" from ended"#,
        id,
        attempt,
        end.status.as_str(),
        end.records_total,
        end.records_processed,
        end.records_failed,
        end.error_details,
        end.result
    )
    .fetch_one(conn)
    .await?;
    Ok(ended == 1)
}

/// Why a running job goes back to the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PutBack<'a> {
    /// The service stops: another worker takes it at once.
    HandedBack,
    /// It failed for a cause that may pass: another attempt is made then.
    Retry { cause: &'a str, due: DateTime<Utc> },
}

impl PutBack<'_> {
    /// When it is taken again; at once when None.
    pub(crate) fn due(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::HandedBack => None,
            Self::Retry { due, .. } => Some(*due),
        }
    }
}

/// Puts a running job back into the queue's hands, or ends it if somebody has asked to stop it. None
/// when the attempt no longer holds it; the caller must then roll back.
pub(crate) async fn put_back(
    conn: &mut PgConnection,
    id: Uuid,
    attempt: i32,
    why: &PutBack<'_>,
) -> Result<Option<JobStatus>, StoreError> {
    let (outcome, cause, due) = match why {
        PutBack::HandedBack => ("HANDED_BACK", None, None),
        PutBack::Retry { cause, due } => ("RETRY", Some(*cause), Some(*due)),
    };
    let status = sqlx::query_scalar!(
        "-- put job back
        with moved as (
            update metadata.log_data_jobs
            set status = case when cancel_requested_at is null then 'QUEUED' else 'CANCELLED' end,
                completed_at = case when cancel_requested_at is not null then now() end,
                heartbeat_at = null, error_details = coalesce($4, error_details), run_after = $5,
                message = case when cancel_requested_at is not null then message end
            where tenant_id = metadata.current_tenant() and id = $1 and attempt = $2 and status = 'RUNNING'
            returning tenant_id, id, status
        ), closed as (
            update metadata.job_attempts a
            set ended_at = now(), outcome = case m.status when 'QUEUED' then $3 else m.status end, error = $4
            from moved m
            where a.tenant_id = m.tenant_id and a.job_id = m.id and a.attempt = $2
        )
        select status from moved",
        id,
        attempt,
        outcome,
        cause,
        due
    )
    .fetch_optional(conn)
    .await?;
    Ok(status.and_then(|word| JobStatus::parse(&word)))
}

/// Ends a running job that somebody has asked to stop; what it has counted stays. False when the
/// attempt no longer holds it.
pub(crate) async fn stop(
    conn: &mut PgConnection,
    id: Uuid,
    attempt: i32,
) -> Result<bool, StoreError> {
    let stopped = sqlx::query_scalar!(
        r#"-- stop job
        with stopped as (
            update metadata.log_data_jobs set status = 'CANCELLED', completed_at = now(), heartbeat_at = now()
            where tenant_id = metadata.current_tenant() and id = $1 and attempt = $2 and status = 'RUNNING'
            returning tenant_id, id
        ), closed as (
            update metadata.job_attempts a set ended_at = now(), outcome = 'CANCELLED'
            from stopped s
            where a.tenant_id = s.tenant_id and a.job_id = s.id and a.attempt = $2
        )
        select count(*) as "count!" from stopped"#,
        id,
        attempt
    )
    .fetch_one(conn)
    .await?;
    Ok(stopped == 1)
}

/// Asks to stop a job: one that waits ends at once, one that runs as soon as its worker hears of it.
/// Answers with its state afterwards, None when it had ended before or is none of the tenant's.
pub(crate) async fn request_stop(
    conn: &mut PgConnection,
    id: Uuid,
    message: &str,
) -> Result<Option<JobStatus>, StoreError> {
    let status = sqlx::query_scalar!(
        "-- request stop
        update metadata.log_data_jobs
        set cancel_requested_at = coalesce(cancel_requested_at, now()), message = $2, run_after = null,
            status = case status when 'QUEUED' then 'CANCELLED' else status end,
            completed_at = case status when 'QUEUED' then now() end
        where tenant_id = metadata.current_tenant() and id = $1 and status in ('QUEUED', 'RUNNING')
        returning status",
        id,
        message
    )
    .fetch_optional(conn)
    .await?;
    Ok(status.and_then(|word| JobStatus::parse(&word)))
}

/// Jobs of all tenants that ended before a time, at most `at_most` of them, by tenant; the newest of
/// each scope is not among them.
///
/// # Errors
/// When the store fails.
pub async fn to_purge(
    conn: &mut PgConnection,
    ended_before: DateTime<Utc>,
    at_most: i32,
) -> Result<Vec<(TenantId, Uuid)>, StoreError> {
    let rows = sqlx::query!(
        r#"-- jobs to purge
        select tenant_id as "tenant_id!", job_id as "job_id!" from metadata.jobs_to_purge($1, $2)"#,
        ended_before,
        at_most
    )
    .fetch_all(conn)
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|row| (TenantId(row.tenant_id), row.job_id))
        .collect())
}

/// Deletes ended jobs of the tenant with their attempts and sync logs, and answers with how many.
///
/// # Errors
/// When the store fails.
pub async fn purge(conn: &mut PgConnection, ids: &[Uuid]) -> Result<u64, StoreError> {
    let done = sqlx::query!(
        "-- purge jobs
        delete from metadata.log_data_jobs
        where tenant_id = metadata.current_tenant() and id = any($1) and completed_at is not null",
        ids
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
