//! Starting the scan of what waits.

use db::Store;
use models::scan::{ScanMode, ScanTarget, StartDeepScan};
use models::{Problem, ProblemType, TenantId};

use super::merge::{Target, merge};
use crate::error::Error;
use crate::gateway::Meta;
use crate::store::progress;

/// How many waiting objects are looked at for one scan.
const MOST_OBJECTS: i64 = 10_000;

/// What `last_error` says of objects that wait because their data source is paused.
const PAUSED: &str = "the data source is paused; the scan starts when it is resumed";

/// What became of the attempt to start a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// Nothing waits.
    Nothing,
    /// A scan reads what waited.
    Started,
    /// Another scan of the data source is active, or it is paused: what waits goes on waiting.
    Busy,
    /// What waited has failed: `meta` refuses to read it, or the data source is gone.
    Refused,
}

/// Starts one scan for all objects of a data source that wait.
///
/// A crash after `meta` took the request leaves them waiting while their scan runs. They then get
/// a second one, which does no harm.
///
/// # Errors
/// When `meta` or the store fails; what waits goes on waiting.
pub(crate) async fn start_pending(
    store: &Store,
    tenant: TenantId,
    resource_id: i64,
    meta: &Meta,
) -> Result<Start, Error> {
    let mut tx = store.begin(tenant).await?;
    let pending = progress::list_pending(&mut tx, resource_id, MOST_OBJECTS).await?;
    drop(tx);
    let mut targets = merge(&pending);
    while !targets.is_empty() {
        let error = match meta
            .session()
            .start_deep_scan(&request(resource_id, &targets))
            .await
        {
            Ok(started) => {
                let mut tx = store.begin(tenant).await?;
                let (scan_id, job_id) = (started.scan_id, started.job_id);
                progress::set_scanning(&mut tx, &objects(&targets), scan_id, job_id).await?;
                tx.commit().await?;
                tracing::info!(resource_id, scan_id, "scan of managed objects started");
                return Ok(Start::Started);
            }
            Err(error) => error,
        };
        match error.problem() {
            Some(problem) if problem.is(ProblemType::ScanActive) => return Ok(Start::Busy),
            Some(problem) if problem.is(ProblemType::DatasourcePaused) => {
                let mut tx = store.begin(tenant).await?;
                progress::note_waiting(&mut tx, resource_id, PAUSED).await?;
                tx.commit().await?;
                return Ok(Start::Busy);
            }
            Some(problem) if problem.is(ProblemType::DatasourceNotFound) => {
                return source_is_gone(store, tenant, resource_id).await;
            }
            Some(problem) if is_refusal(problem) => {
                if targets.len() == 1 {
                    return refused(store, tenant, &targets, &problem.detail).await;
                }
                // One of them is refused: fewer are tried until it is found or the rest is taken.
                targets.truncate(targets.len() / 2);
            }
            _ => return Err(error.into()),
        }
    }
    Ok(Start::Nothing)
}

/// Fails all objects of a data source that is gone.
pub(super) async fn source_is_gone(
    store: &Store,
    tenant: TenantId,
    resource_id: i64,
) -> Result<Start, Error> {
    let mut tx = store.begin(tenant).await?;
    let failed = progress::fail_source(&mut tx, resource_id).await?;
    tx.commit().await?;
    tracing::info!(
        resource_id,
        failed,
        "data source of managed objects is gone"
    );
    Ok(Start::Refused)
}

async fn refused(
    store: &Store,
    tenant: TenantId,
    targets: &[Target],
    detail: &str,
) -> Result<Start, Error> {
    let mut tx = store.begin(tenant).await?;
    progress::fail_pending(&mut tx, &objects(targets), detail).await?;
    tx.commit().await?;
    Ok(Start::Refused)
}

/// Whether the request itself is what `meta` does not take. Anything else may pass.
fn is_refusal(problem: &Problem) -> bool {
    matches!(problem.status, 400 | 404 | 413 | 422)
}

fn objects(targets: &[Target]) -> Vec<i64> {
    targets
        .iter()
        .flat_map(|target| target.objects.iter().copied())
        .collect()
}

fn request(resource_id: i64, targets: &[Target]) -> StartDeepScan {
    let targets: Vec<ScanTarget> = targets.iter().map(|target| target.target.clone()).collect();
    StartDeepScan {
        resource_id,
        database: None,
        tables: None,
        targets: Some(targets),
        include_tables: true,
        include_fields: true,
        include_statistics: false,
        mode: ScanMode::default(),
    }
}
