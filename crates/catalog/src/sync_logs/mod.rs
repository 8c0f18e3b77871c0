//! The history of level-1 and level-2 runs.

mod read;

use db::StoreError;
use models::job::JobStatus;
use models::scan::{ChangeCounts, MissingGrant, ScanFailure, ScanMode};
use models::sync_log::Cost;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

pub use self::read::{Filter, count, fresh_sync, job_of, last_duration, list, of_job, scan_status};

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
    /// Tables written, or known to be as they were.
    pub tables_scanned: i64,
    /// Those of them that were not read.
    pub tables_unchanged: i64,
    /// Fields written.
    pub fields_scanned: i64,
}

impl Progress {
    /// Adds how far another database of the scan has come.
    pub fn add(&mut self, other: Self) {
        if let Some(total) = other.tables_total {
            self.tables_total = Some(self.tables_total.unwrap_or(0) + total);
        }
        self.databases_scanned += other.databases_scanned;
        self.tables_scanned += other.tables_scanned;
        self.tables_unchanged += other.tables_unchanged;
        self.fields_scanned += other.fields_scanned;
    }
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
    /// What tells the server that was read from every other.
    pub server_identity: Option<String>,
    /// Whether it read everything, or of some database only what changed; None at level 1 and before that is known.
    pub mode: Option<ScanMode>,
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

/// Notes that the run has begun, or goes on after an earlier attempt: the time it began and what was
/// counted stay. Answers with its id.
pub async fn start(conn: &mut PgConnection, job_id: Uuid) -> Result<i64, StoreError> {
    let id = sqlx::query_scalar!(
        "-- start sync log
        update metadata.sync_logs
        set status = 'RUNNING', started_at = coalesce(started_at, now())
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
        set tables_total = $2, databases_scanned = $3, tables_scanned = $4, fields_scanned = $5, tables_unchanged = $6
        where tenant_id = metadata.current_tenant() and id = $1",
        id,
        progress.tables_total,
        progress.databases_scanned,
        progress.tables_scanned,
        progress.fields_scanned,
        progress.tables_unchanged
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
            missing_grants = $14, server_identity = $15, mode = $16, tables_unchanged = $17, renamed_count = $18
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
        Json(&outcome.missing_grants) as _,
        outcome.server_identity,
        outcome.mode.map(ScanMode::as_str),
        outcome.progress.tables_unchanged,
        outcome.changes.renamed
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that the run was stopped on request; what it has counted stays.
pub async fn cancel(conn: &mut PgConnection, job_id: Uuid) -> Result<(), StoreError> {
    sqlx::query!(
        "-- cancel sync log
        update metadata.sync_logs
        set status = 'CANCELLED', completed_at = now(),
            duration_seconds = extract(epoch from now() - coalesce(started_at, now()))::float8
        where tenant_id = metadata.current_tenant() and job_id = $1",
        job_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts a run back into the queue, as its job. The time it began stays.
pub async fn requeue(conn: &mut PgConnection, job_id: Uuid) -> Result<(), StoreError> {
    sqlx::query!(
        "-- requeue sync log
        update metadata.sync_logs set status = 'QUEUED'
        where tenant_id = metadata.current_tenant() and job_id = $1",
        job_id
    )
    .execute(conn)
    .await?;
    Ok(())
}
