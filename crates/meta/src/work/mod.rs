//! What the jobs do: one file per job type.

mod database;
mod deep_scan;
mod http_etl;
mod measure;
mod moving;
mod pipeline;
mod progress;
mod sql_etl;
mod sql_sync;
mod sync;

use catalog::datasources;
use catalog::sync_logs::{self, Outcome};
use db::StoreError;
use jobs::log::End;
use jobs::{Aborted, Run};
use models::job::JobStatus;
use uuid::Uuid;

pub(crate) use deep_scan::DeepScan;
pub(crate) use http_etl::HttpEtl;
pub(crate) use measure::Measure;
pub(crate) use sql_etl::SqlEtl;
pub(crate) use sql_sync::SqlSync;
pub(crate) use sync::Sync;

/// What an end leaves behind, whichever level it was: the job, its sync log and its data source agree.
struct Ending<'a> {
    /// database, table or field.
    level: &'a str,
    status: JobStatus,
    outcome: &'a Outcome,
    records_processed: i64,
}

/// Ends the job, its sync log and its data source in the caller's transaction. False when this
/// attempt no longer holds the job: the caller must then roll back.
async fn finish(
    conn: &mut db::Connection,
    run: &Run,
    ending: &Ending<'_>,
) -> Result<bool, StoreError> {
    let outcome = ending.outcome;
    let end = End {
        status: ending.status,
        records_total: outcome.progress.tables_total,
        records_processed: ending.records_processed,
        records_failed: i64::try_from(outcome.failures.len()).unwrap_or(i64::MAX),
        error_details: outcome.error.clone().or_else(|| failures_text(outcome)),
        result: Some(serde_json::json!({ "changes": outcome.changes, "cost": outcome.cost })),
    };
    // In the order in which a change of the data source locks the two.
    if let Some(datasource) = run.datasource_id {
        datasources::lock(conn, datasource).await?;
    }
    if !run.finish(conn, &end).await? {
        return Ok(false);
    }
    record(conn, run, ending.level, ending.status, outcome).await?;
    Ok(true)
}

/// Brings sync log and data source into agreement with the end of their job.
async fn record(
    conn: &mut db::Connection,
    run: &Run,
    level: &str,
    status: JobStatus,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    sync_logs::finish(conn, run.job_id, status, outcome).await?;
    if let Some(datasource) = run.datasource_id {
        let error = match status {
            JobStatus::Success | JobStatus::Partial => None,
            _ => Some(outcome.error.as_deref().unwrap_or("the scan did not end")),
        };
        datasources::set_synced(conn, datasource, level, error).await?;
    }
    Ok(())
}

/// The failures of a PARTIAL run, a line each.
fn failures_text(outcome: &Outcome) -> Option<String> {
    if outcome.failures.is_empty() {
        return None;
    }
    let lines: Vec<String> = outcome
        .failures
        .iter()
        .map(|failure| match &failure.table {
            Some(table) => format!("{}.{table}: {}", failure.database, failure.error),
            None => format!("{}: {}", failure.database, failure.error),
        })
        .collect();
    Some(lines.join("\n"))
}

/// Why a job cannot be run that another release has queued.
fn unreadable(error: &serde_json::Error) -> String {
    format!("the job's parameters cannot be read: {error}; start the scan anew")
}

/// Whether a fault of the data source that may pass is worth another attempt. One that was never read
/// fails at once: somebody waits who may have given a wrong address.
async fn tries_again(run: &Run) -> Result<bool, StoreError> {
    let Some(id) = run.datasource_id.filter(|_| !run.is_last_attempt()) else {
        return Ok(false);
    };
    let mut tx = run.store.begin(run.tenant).await?;
    let source = datasources::get(&mut tx, id).await?;
    Ok(source.is_some_and(|source| source.last_sync_at.is_some()))
}

/// Locks the data source, which is always locked before a job of it.
async fn lock(conn: &mut db::Connection, run: &Run) -> Result<(), StoreError> {
    match run.datasource_id {
        Some(id) => datasources::lock(conn, id).await,
        None => Ok(()),
    }
}

/// Brings sync log and data source into agreement with an end that was not the work's own.
async fn aborted(
    conn: &mut db::Connection,
    run: &Run,
    level: &str,
    how: Aborted<'_>,
) -> Result<(), StoreError> {
    match how {
        Aborted::PutBack => sync_logs::requeue(conn, run.job_id).await,
        Aborted::Stopped => stopped(conn, run.job_id, run.datasource_id).await,
        Aborted::Failed(details) => {
            let outcome = Outcome {
                error: Some(details.to_owned()),
                ..Outcome::default()
            };
            record(conn, run, level, JobStatus::Failed, &outcome).await
        }
    }
}

/// Brings sync log and data source into agreement with a job that was stopped on request.
pub(crate) async fn stopped(
    conn: &mut db::Connection,
    job_id: Uuid,
    datasource: Option<i64>,
) -> Result<(), StoreError> {
    sync_logs::cancel(conn, job_id).await?;
    deep_scan::clear(conn, job_id).await?;
    match datasource {
        Some(id) => datasources::set_idle(conn, id).await,
        None => Ok(()),
    }
}
