//! The history of level-1 and level-2 runs.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::job::JobStatus;
use models::scan::{ChangeCounts, MissingGrant, ScanFailure, ScanStatus};
use models::sync_log::{Cost, SyncLog};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// A run that is about to be queued.
#[derive(Debug, Clone)]
pub struct NewSyncLog<'a> {
    /// The data source.
    pub datasource_id: i64,
    /// The job that will run it.
    pub job_id: Uuid,
    /// auto, manual or deep.
    pub sync_type: &'a str,
    /// database, table or field.
    pub sync_level: &'a str,
    /// The databases of a deep scan.
    pub target_database: Option<&'a str>,
}

/// How far a running scan has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Tables (level 2) or databases (level 1) to read; None until known.
    pub tables_total: Option<i64>,
    /// Databases read.
    pub databases_scanned: i64,
    /// Tables written.
    pub tables_scanned: i64,
    /// Fields written.
    pub fields_scanned: i64,
}

/// What came out of a run.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// How far it came.
    pub progress: Progress,
    /// What was different.
    pub changes: ChangeCounts,
    /// What could not be read.
    pub failures: Vec<ScanFailure>,
    /// What the login may not see.
    pub missing_grants: Vec<MissingGrant>,
    /// What it cost the data source.
    pub cost: Cost,
    /// Why it failed.
    pub error: Option<String>,
}

/// Enters a queued run and answers with its id.
pub async fn create(conn: &mut PgConnection, new: &NewSyncLog<'_>) -> Result<i64, StoreError> {
    let id = sqlx::query_scalar!(
        "-- create sync log
        insert into metadata.sync_logs (tenant_id, datasource_id, job_id, sync_type, sync_level, target_database)
        values (metadata.current_tenant(), $1, $2, $3, $4, $5)
        returning id",
        new.datasource_id,
        new.job_id,
        new.sync_type,
        new.sync_level,
        new.target_database
    )
    .fetch_one(conn)
    .await?;
    Ok(id)
}

/// Notes that the run has begun; what an earlier attempt counted is forgotten. Answers with its id.
pub async fn start(conn: &mut PgConnection, job_id: Uuid) -> Result<i64, StoreError> {
    let id = sqlx::query_scalar!(
        "-- start sync log
        update metadata.sync_logs
        set status = 'RUNNING', started_at = now(), completed_at = null, databases_scanned = 0, tables_total = null,
            tables_scanned = 0, fields_scanned = 0
        where tenant_id = metadata.current_tenant() and job_id = $1
        returning id",
        job_id
    )
    .fetch_one(conn)
    .await?;
    Ok(id)
}

/// Notes how far the run has come.
pub async fn set_progress(
    conn: &mut PgConnection,
    id: i64,
    progress: Progress,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- progress of sync log
        update metadata.sync_logs
        set tables_total = $2, databases_scanned = $3, tables_scanned = $4, fields_scanned = $5
        where tenant_id = metadata.current_tenant() and id = $1",
        id,
        progress.tables_total,
        progress.databases_scanned,
        progress.tables_scanned,
        progress.fields_scanned
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes how the run ended.
pub async fn finish(
    conn: &mut PgConnection,
    job_id: Uuid,
    status: JobStatus,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    let failed = i64::try_from(outcome.failures.len()).unwrap_or(i64::MAX);
    sqlx::query!(
        "-- finish sync log
        update metadata.sync_logs
        set status = $2, completed_at = now(),
            duration_seconds = extract(epoch from now() - coalesce(started_at, now()))::float8,
            tables_total = $3, databases_scanned = $4, tables_scanned = $5, fields_scanned = $6, added_count = $7,
            changed_count = $8, removed_count = $9, failed_count = $10, failures = $11, cost = $12, error_message = $13,
            missing_grants = $14
        where tenant_id = metadata.current_tenant() and job_id = $1",
        job_id,
        status.as_str(),
        outcome.progress.tables_total,
        outcome.progress.databases_scanned,
        outcome.progress.tables_scanned,
        outcome.progress.fields_scanned,
        outcome.changes.added,
        outcome.changes.changed,
        outcome.changes.removed,
        failed,
        Json(&outcome.failures) as _,
        Json(&outcome.cost) as _,
        outcome.error,
        Json(&outcome.missing_grants) as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts a run back into the queue, as its job.
pub async fn requeue(conn: &mut PgConnection, job_id: Uuid) -> Result<(), StoreError> {
    sqlx::query!(
        "-- requeue sync log
        update metadata.sync_logs set status = 'QUEUED', started_at = null
        where tenant_id = metadata.current_tenant() and job_id = $1",
        job_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A level-1 sync of the data source that ended well after a moment.
pub async fn fresh_sync(
    conn: &mut PgConnection,
    datasource: i64,
    since: DateTime<Utc>,
) -> Result<Option<(i64, Uuid, JobStatus)>, StoreError> {
    let row = sqlx::query!(
        "-- fresh sync
        select id, job_id, status from metadata.sync_logs
        where tenant_id = metadata.current_tenant() and datasource_id = $1 and sync_level = 'database'
          and status in ('SUCCESS', 'PARTIAL') and completed_at > $2
        order by id desc
        limit 1",
        datasource,
        since
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.id, row.job_id, status(&row.status))))
}

/// How long the last successful deep scan of the same databases took, in seconds.
pub async fn last_duration(
    conn: &mut PgConnection,
    datasource: i64,
    target_database: &str,
) -> Result<Option<f64>, StoreError> {
    let seconds = sqlx::query_scalar!(
        "-- last duration
        select duration_seconds from metadata.sync_logs
        where tenant_id = metadata.current_tenant() and datasource_id = $1 and sync_type = 'deep'
          and target_database = $2 and status in ('SUCCESS', 'PARTIAL')
        order by id desc
        limit 1",
        datasource,
        target_database
    )
    .fetch_optional(conn)
    .await?;
    Ok(seconds.flatten())
}

/// The state of one run, by its id; None when the tenant has no such one.
pub async fn scan_status(
    conn: &mut PgConnection,
    id: i64,
) -> Result<Option<ScanStatus>, StoreError> {
    let row = sqlx::query!(
        r#"-- scan status
        select id, job_id, datasource_id, status, sync_level, started_at, completed_at,
            coalesce(duration_seconds, extract(epoch from clock_timestamp() - started_at)::float8) as duration_seconds,
            tables_total, databases_scanned, tables_scanned, fields_scanned, added_count, changed_count, removed_count,
            failures as "failures: Json<Vec<ScanFailure>>",
            missing_grants as "missing_grants: Json<Vec<MissingGrant>>", cost as "cost: Json<Cost>", error_message
        from metadata.sync_logs
        where tenant_id = metadata.current_tenant() and id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| {
        let status = status(&row.status);
        let done = if row.sync_level == "database" {
            row.databases_scanned
        } else {
            row.tables_scanned
        };
        ScanStatus {
            scan_id: row.id,
            job_id: row.job_id,
            resource_id: row.datasource_id,
            status,
            started_at: row.started_at,
            completed_at: row.completed_at,
            duration_seconds: row.duration_seconds,
            progress: progress(status, row.tables_total, done),
            tables_total: row.tables_total,
            tables_scanned: row.tables_scanned,
            fields_scanned: row.fields_scanned,
            changes: ChangeCounts {
                added: row.added_count,
                changed: row.changed_count,
                removed: row.removed_count,
            },
            failures: row.failures.0,
            missing_grants: row.missing_grants.0,
            cost: row.cost.map(|cost| cost.0),
            error_message: row.error_message,
        }
    }))
}

/// Done out of one: 1 for what ended well, else what is written of what there is to write.
#[expect(
    clippy::cast_precision_loss,
    reason = "a fraction for people needs no more than 52 bits"
)]
fn progress(status: JobStatus, total: Option<i64>, done: i64) -> Option<f64> {
    match (status, total) {
        (JobStatus::Success | JobStatus::Partial, _) => Some(1.0),
        (_, Some(0)) => Some(0.0),
        (_, Some(total)) => Some((done as f64 / total as f64).min(1.0)),
        (_, None) => None,
    }
}

/// Which runs a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only runs of this data source.
    pub datasource_id: Option<i64>,
    /// Only runs in this state.
    pub status: Option<JobStatus>,
}

/// The tenant's runs, newest first, from before an id on.
pub async fn list(
    conn: &mut PgConnection,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<SyncLog>, StoreError> {
    let rows = sqlx::query!(
        r#"-- list sync logs
        select id, datasource_id, job_id, sync_type, sync_level, target_database, status, started_at, completed_at,
            duration_seconds, databases_scanned, tables_scanned, fields_scanned, added_count, changed_count,
            removed_count, failed_count, cost as "cost: Json<Cost>", error_message, created_at
        from metadata.sync_logs
        where tenant_id = metadata.current_tenant()
          and ($1::bigint is null or datasource_id = $1)
          and ($2::text is null or status = $2)
          and ($3::bigint is null or id < $3)
        order by id desc
        limit $4"#,
        filter.datasource_id,
        filter.status.map(JobStatus::as_str),
        before,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| SyncLog {
            id: row.id,
            datasource_id: row.datasource_id,
            job_id: row.job_id,
            sync_type: row.sync_type,
            sync_level: row.sync_level,
            target_database: row.target_database,
            status: status(&row.status),
            started_at: row.started_at,
            completed_at: row.completed_at,
            duration_seconds: row.duration_seconds,
            databases_scanned: row.databases_scanned,
            tables_scanned: row.tables_scanned,
            fields_scanned: row.fields_scanned,
            added_count: row.added_count,
            changed_count: row.changed_count,
            removed_count: row.removed_count,
            failed_count: row.failed_count,
            cost: row.cost.map(|cost| cost.0),
            error_message: row.error_message,
            created_at: row.created_at,
        })
        .collect())
}

/// How many runs a list has.
pub async fn count(conn: &mut PgConnection, filter: &Filter) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"-- count sync logs
        select count(*) as "count!" from metadata.sync_logs
        where tenant_id = metadata.current_tenant()
          and ($1::bigint is null or datasource_id = $1)
          and ($2::text is null or status = $2)"#,
        filter.datasource_id,
        filter.status.map(JobStatus::as_str)
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}

fn status(word: &str) -> JobStatus {
    JobStatus::parse(word).expect("a check constraint allows these words only")
}
