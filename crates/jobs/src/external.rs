//! Runs that programs outside report: rows of the log that no worker and no queue knows of.
//!
//! The program says when its run begins, how far it has come and how it ended. What it says may come
//! twice or late, so that each statement here may be repeated: a run that has ended stays as it ended,
//! unless that end was presumed since nobody had heard of it.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::TenantId;
use models::job::JobStatus;
use sqlx::PgConnection;
use uuid::Uuid;

/// What a run is, which no later report changes.
#[derive(Debug, Clone, Copy)]
pub struct NewRun<'a> {
    /// What the program calls it; the same one is the same run.
    pub external_id: Option<&'a str>,
    /// What it does: any word but those of jobs that Plumbline alone runs.
    pub job_type: &'a str,
    /// What it works on, in words that a person reads.
    pub target_scope: &'a str,
    /// The `sub` of the credential that reports it.
    pub requested_by: Option<&'a str>,
    /// What it was asked to do.
    pub parameters: &'a serde_json::Value,
    /// The job that started it.
    pub parent: Option<Uuid>,
}

/// How far a run has come; what a report leaves out stays as it was.
#[derive(Debug, Clone, Copy, Default)]
pub struct Report<'a> {
    /// Where it stands. One that runs does not go back to QUEUED.
    pub status: Option<JobStatus>,
    /// When it began; now, if the first report of a run that has begun leaves it out.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended; now, if the report of an end leaves it out. Of no meaning with another status.
    pub completed_at: Option<DateTime<Utc>>,
    /// Records there are.
    pub records_total: Option<i64>,
    /// Records done.
    pub records_processed: Option<i64>,
    /// Records that could not be processed.
    pub records_failed: Option<i64>,
    /// What is being done, in words.
    pub message: Option<&'a str>,
    /// Why it failed.
    pub error_details: Option<&'a str>,
    /// What came out of it.
    pub result: Option<&'a serde_json::Value>,
}

/// What entering a run came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    /// It is new, under the id that was given.
    New,
    /// The tenant has a run of this `external_id`: under this id, and with this type and scope or not.
    Known {
        /// Its id.
        id: Uuid,
        /// Whether type and scope are those of before.
        is_same: bool,
    },
}

/// What a report came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The run is as reported now.
    Taken,
    /// The run has ended as reported before: nothing has changed.
    Repeated,
    /// The run has ended, and otherwise than this report says: nothing has changed.
    Ended(JobStatus),
    /// Plumbline runs this job itself, so that nobody else reports on it.
    Ours,
    /// The tenant has no such job.
    Unknown,
}

/// Enters a run with its first report, under `id` unless its `external_id` is known. Times that lie ahead
/// of the store's clock become its present time.
///
/// # Errors
/// When the store fails.
pub async fn create(
    conn: &mut PgConnection,
    id: Uuid,
    run: &NewRun<'_>,
    report: &Report<'_>,
) -> Result<Entered, StoreError> {
    let status = report.status.unwrap_or(JobStatus::Running);
    let done = sqlx::query_file!(
        "sql/external_create.sql",
        id,
        run.external_id,
        run.job_type,
        run.target_scope,
        run.requested_by,
        run.parameters,
        run.parent,
        status.as_str(),
        report.started_at,
        report.completed_at,
        report.records_total,
        report.records_processed,
        report.records_failed,
        report.message,
        report.error_details,
        report.result
    )
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(Entered::New);
    }
    let known = sqlx::query!(
        r#"-- run by external id
        select id, job_type = $2 and target_scope = $3 as "is_same!" from metadata.log_data_jobs
        where tenant_id = metadata.current_tenant() and external_id = $1"#,
        run.external_id,
        run.job_type,
        run.target_scope
    )
    .fetch_one(conn)
    .await?;
    Ok(Entered::Known {
        id: known.id,
        is_same: known.is_same,
    })
}

/// Notes what a run reports of itself, and that it was heard of. Of the jobs that Plumbline runs only an
/// `HTTP_ETL` is reported on, by the service that it has called, from its first attempt to its end: also while it waits
/// for another attempt, as after its worker has handed it back.
///
/// # Errors
/// When the store fails.
pub async fn report(
    conn: &mut PgConnection,
    id: Uuid,
    report: &Report<'_>,
) -> Result<Outcome, StoreError> {
    let taken = sqlx::query_file_scalar!(
        "sql/external_report.sql",
        id,
        report.status.map(JobStatus::as_str),
        report.started_at,
        report.completed_at,
        report.records_total,
        report.records_processed,
        report.records_failed,
        report.message,
        report.error_details,
        report.result
    )
    .fetch_one(&mut *conn)
    .await?;
    if taken == 1 {
        return Ok(Outcome::Taken);
    }
    let found = sqlx::query_file!(
        "sql/external_compare.sql",
        id,
        report.status.map(JobStatus::as_str),
        report.records_total,
        report.records_processed,
        report.records_failed,
        report.error_details,
        report.result
    )
    .fetch_optional(conn)
    .await?;
    Ok(match found {
        None => Outcome::Unknown,
        Some(found) if !found.is_reported => Outcome::Ours,
        Some(found) if found.is_same => Outcome::Repeated,
        Some(found) => match JobStatus::parse(&found.status) {
            Some(status) if !status.is_active() => Outcome::Ended(status),
            _ => Outcome::Ours,
        },
    })
}

/// Keeps a job as it is until the transaction ends.
///
/// # Errors
/// When the store fails.
pub async fn lock(conn: &mut PgConnection, id: Uuid) -> Result<(), StoreError> {
    sqlx::query!(
        "-- lock job
        select from metadata.log_data_jobs where tenant_id = metadata.current_tenant() and id = $1 for update",
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Runs of all tenants that go on and were last heard of before a time, at most `at_most` of them, by
/// tenant.
///
/// # Errors
/// When the store fails.
pub async fn silent(
    conn: &mut PgConnection,
    heard_before: DateTime<Utc>,
    at_most: i32,
) -> Result<Vec<(TenantId, Uuid)>, StoreError> {
    let rows = sqlx::query!(
        r#"-- silent runs
        select tenant_id as "tenant_id!", job_id as "job_id!" from metadata.silent_runs($1, $2)"#,
        heard_before,
        at_most
    )
    .fetch_all(conn)
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|row| (TenantId(row.tenant_id), row.job_id))
        .collect())
}

/// Ends those of the tenant's runs as FAILED that are still silent, and answers with how many. The end that
/// a program reports later takes the place of this one.
///
/// # Errors
/// When the store fails.
pub async fn presume_failed(
    conn: &mut PgConnection,
    ids: &[Uuid],
    heard_before: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let done = sqlx::query!(
        "-- presume runs failed
        update metadata.log_data_jobs
        set status = 'FAILED', end_presumed = true, completed_at = now(), message = null,
            error_details = concat_ws(e'\\n', 'not heard of since '
                || to_char(coalesce(heartbeat_at, queued_at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')
                || ': the program has died, or cannot reach Plumbline; the end that it still reports is taken',
                error_details)
        where tenant_id = metadata.current_tenant() and id = any($1) and trigger = 'external'
          and status in ('QUEUED', 'RUNNING') and coalesce(heartbeat_at, queued_at) < $2",
        ids,
        heard_before
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
