//! The job log: all SQL on `log_data_jobs`.
//!
//! Each change of state is a conditional update, fenced by the attempt: a worker that was taken for
//! dead and comes back can no longer end the job.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::job::{Job, JobStatus, JobType};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::NewJob;

/// How a job ended.
#[derive(Debug, Clone)]
pub struct End {
    /// SUCCESS, PARTIAL, FAILED or CANCELLED.
    pub status: JobStatus,
    /// Records there were.
    pub records_total: Option<i64>,
    /// Records done.
    pub records_processed: i64,
    /// Records that could not be processed.
    pub records_failed: i64,
    /// Why it failed and what to do.
    pub error_details: Option<String>,
    /// What came out of it.
    pub result: Option<serde_json::Value>,
}

impl End {
    /// A failure, with its cause and what to do.
    #[must_use]
    pub fn failed(error_details: String) -> Self {
        Self {
            status: JobStatus::Failed,
            records_total: None,
            records_processed: 0,
            records_failed: 0,
            error_details: Some(error_details),
            result: None,
        }
    }
}

/// A job that has been started.
#[derive(Debug, Clone)]
pub struct Started {
    /// Its type, as the log has it.
    pub job_type: String,
    /// The data source, unless that has been deleted since.
    pub datasource_id: Option<i64>,
    /// Which attempt this is, from 1.
    pub attempt: i32,
    /// What it is asked to do.
    pub parameters: serde_json::Value,
}

/// Enters a queued job. False when one of its type is active on its data source.
pub(crate) async fn create(
    conn: &mut PgConnection,
    id: Uuid,
    new: &NewJob<'_>,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- create job
        insert into metadata.log_data_jobs
            (tenant_id, id, job_type, target_scope, datasource_id, trigger, requested_by, parameters)
        values (metadata.current_tenant(), $1, $2, $3, $4, $5, $6, $7)
        on conflict (tenant_id, datasource_id, job_type)
            where status in ('QUEUED', 'RUNNING') and job_type in ('METADATA_SYNC', 'DEEP_SCAN')
            do nothing",
        id,
        new.job_type.as_str(),
        new.target_scope,
        new.datasource_id,
        new.trigger.as_str(),
        new.requested_by,
        new.parameters
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The active job of a type on a data source.
pub async fn active(
    conn: &mut PgConnection,
    datasource: i64,
    job_type: JobType,
) -> Result<Option<Uuid>, StoreError> {
    let id = sqlx::query_scalar!(
        "-- active job
        select id from metadata.log_data_jobs
        where tenant_id = metadata.current_tenant() and datasource_id = $1 and job_type = $2
          and status in ('QUEUED', 'RUNNING')
        limit 1",
        datasource,
        job_type.as_str()
    )
    .fetch_optional(conn)
    .await?;
    Ok(id)
}

/// Begins an attempt. None when the job has ended or is gone.
///
/// A job that is RUNNING may be begun again: the queue gives it out a second time only after its
/// worker was found dead.
pub(crate) async fn start(
    conn: &mut PgConnection,
    id: Uuid,
) -> Result<Option<Started>, StoreError> {
    let started = sqlx::query_as!(
        Started,
        "-- start job
        update metadata.log_data_jobs
        set status = 'RUNNING', attempt = attempt + 1, started_at = now(), heartbeat_at = now(),
            records_total = null, records_processed = 0, records_failed = 0
        where tenant_id = metadata.current_tenant() and id = $1 and status in ('QUEUED', 'RUNNING')
        returning job_type, datasource_id, attempt, parameters",
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(started)
}

/// Notes that the worker lives. False when the attempt no longer holds the job.
pub(crate) async fn heartbeat(
    conn: &mut PgConnection,
    id: Uuid,
    attempt: i32,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- heartbeat
        update metadata.log_data_jobs set heartbeat_at = now()
        where tenant_id = metadata.current_tenant() and id = $1 and attempt = $2 and status = 'RUNNING'",
        id,
        attempt
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes how far the job has come. False when the attempt no longer holds the job.
pub async fn set_progress(
    conn: &mut PgConnection,
    id: Uuid,
    attempt: i32,
    total: Option<i64>,
    processed: i64,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- job progress
        update metadata.log_data_jobs
        set records_total = $3, records_processed = $4, heartbeat_at = now()
        where tenant_id = metadata.current_tenant() and id = $1 and attempt = $2 and status = 'RUNNING'",
        id,
        attempt,
        total,
        processed
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends a job. False when the attempt no longer holds it; the caller must then roll back.
pub async fn finish(
    conn: &mut PgConnection,
    id: Uuid,
    attempt: i32,
    end: &End,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- finish job
        update metadata.log_data_jobs
        set status = $3, completed_at = now(), heartbeat_at = now(), records_total = $4, records_processed = $5,
            records_failed = $6, error_details = $7, result = $8
        where tenant_id = metadata.current_tenant() and id = $1 and attempt = $2 and status = 'RUNNING'",
        id,
        attempt,
        end.status.as_str(),
        end.records_total,
        end.records_processed,
        end.records_failed,
        end.error_details,
        end.result
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts a running job back into the queue's hands. False when the attempt no longer holds it.
pub(crate) async fn requeue(
    conn: &mut PgConnection,
    id: Uuid,
    attempt: i32,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- requeue job
        update metadata.log_data_jobs set status = 'QUEUED', heartbeat_at = null
        where tenant_id = metadata.current_tenant() and id = $1 and attempt = $2 and status = 'RUNNING'",
        id,
        attempt
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

struct Row {
    id: Uuid,
    job_type: String,
    target_scope: String,
    datasource_id: Option<i64>,
    status: String,
    records_total: Option<i64>,
    records_processed: i64,
    records_failed: i64,
    error_details: Option<String>,
    trigger: String,
    requested_by: Option<String>,
    parent_job_id: Option<Uuid>,
    attempt: i32,
    parameters: serde_json::Value,
    result: Option<serde_json::Value>,
    queued_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    heartbeat_at: Option<DateTime<Utc>>,
    completed_at: Option<DateTime<Utc>>,
}

impl From<Row> for Job {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            job_type: row.job_type,
            target_scope: row.target_scope,
            datasource_id: row.datasource_id,
            status: JobStatus::parse(&row.status)
                .expect("a check constraint allows these words only"),
            records_total: row.records_total,
            records_processed: row.records_processed,
            records_failed: row.records_failed,
            error_details: row.error_details,
            trigger: row.trigger,
            requested_by: row.requested_by,
            parent_job_id: row.parent_job_id,
            attempt: row.attempt,
            parameters: row.parameters,
            result: row.result,
            queued_at: row.queued_at,
            started_at: row.started_at,
            heartbeat_at: row.heartbeat_at,
            completed_at: row.completed_at,
        }
    }
}

/// One job; None when the tenant has no such one.
pub async fn get(conn: &mut PgConnection, id: Uuid) -> Result<Option<Job>, StoreError> {
    let row = sqlx::query_as!(
        Row,
        "-- get job
        select id, job_type, target_scope, datasource_id, status, records_total, records_processed, records_failed,
            error_details, trigger, requested_by, parent_job_id, attempt, parameters, result, queued_at, started_at,
            heartbeat_at, completed_at
        from metadata.log_data_jobs
        where tenant_id = metadata.current_tenant() and id = $1",
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Job::from))
}

/// Which jobs a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this type.
    pub job_type: Option<String>,
    /// Only this state.
    pub status: Option<JobStatus>,
    /// Only this scope.
    pub scope: Option<String>,
    /// Only jobs accepted since then.
    pub since: Option<DateTime<Utc>>,
}

/// The tenant's jobs, newest first, from before an id on.
pub async fn list(
    conn: &mut PgConnection,
    filter: &Filter,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Job>, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        "-- list jobs
        select id, job_type, target_scope, datasource_id, status, records_total, records_processed, records_failed,
            error_details, trigger, requested_by, parent_job_id, attempt, parameters, result, queued_at, started_at,
            heartbeat_at, completed_at
        from metadata.log_data_jobs
        where tenant_id = metadata.current_tenant()
          and ($1::text is null or job_type = $1)
          and ($2::text is null or status = $2)
          and ($3::text is null or target_scope = $3)
          and ($4::timestamptz is null or queued_at >= $4)
          and ($5::uuid is null or id < $5)
        order by id desc
        limit $6",
        filter.job_type,
        filter.status.map(JobStatus::as_str),
        filter.scope,
        filter.since,
        before,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// How many jobs a list has.
pub async fn count(conn: &mut PgConnection, filter: &Filter) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"-- count jobs
        select count(*) as "count!" from metadata.log_data_jobs
        where tenant_id = metadata.current_tenant()
          and ($1::text is null or job_type = $1)
          and ($2::text is null or status = $2)
          and ($3::text is null or target_scope = $3)
          and ($4::timestamptz is null or queued_at >= $4)"#,
        filter.job_type,
        filter.status.map(JobStatus::as_str),
        filter.scope,
        filter.since
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}
