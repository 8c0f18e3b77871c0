//! What the jobs do: one file per job type.

mod database;
mod deep_scan;
mod progress;
mod sync;

use catalog::datasources;
use catalog::sync_logs::{self, Outcome};
use db::StoreError;
use jobs::log::End;
use jobs::{Aborted, Run};
use models::job::JobStatus;

pub(crate) use deep_scan::DeepScan;
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
    sync_logs::finish(conn, run.job_id, ending.status, outcome).await?;
    if let Some(datasource) = run.datasource_id {
        let error = match ending.status {
            JobStatus::Success | JobStatus::Partial => None,
            _ => Some(outcome.error.as_deref().unwrap_or("the scan did not end")),
        };
        datasources::set_synced(conn, datasource, ending.level, error).await?;
    }
    Ok(true)
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

/// Brings sync log and data source into agreement with an end that was not the work's own.
async fn aborted(
    conn: &mut db::Connection,
    run: &Run,
    level: &str,
    how: Aborted<'_>,
) -> Result<(), StoreError> {
    match how {
        Aborted::HandedBack => sync_logs::requeue(conn, run.job_id).await,
        Aborted::Failed(details) => {
            let outcome = Outcome {
                error: Some(details.to_owned()),
                ..Outcome::default()
            };
            sync_logs::finish(conn, run.job_id, JobStatus::Failed, &outcome).await?;
            if let Some(datasource) = run.datasource_id {
                datasources::set_synced(conn, datasource, level, Some(details)).await?;
            }
            Ok(())
        }
    }
}
