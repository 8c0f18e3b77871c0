//! `DEEP_SCAN`: level 2, the tables and fields of some databases of a data source.

use async_trait::async_trait;
use catalog::staging;
use catalog::sync_logs::{self, Outcome};
use db::{Connection, StoreError};
use futures::{StreamExt, TryStreamExt, stream};
use jobs::{Aborted, Run, Work};
use models::job::{JobStatus, JobType};
use models::scan::ScanFailure;
use scan::{NameFilter, Scanner, scanner};

use super::database::{Scanned, scan_database};
use super::progress::Tracker;
use super::{Ending, finish};
use crate::error::Error;
use crate::service::Service;
use crate::service::scans::DeepScanParameters;

/// The work of a deep scan.
#[derive(Debug)]
pub(crate) struct DeepScan {
    pub(crate) service: Service,
    /// How many tables are merged in one transaction.
    pub(crate) batch_size: u32,
}

/// What the databases of one scan have in common.
pub(super) struct Context<'a> {
    pub(super) run: &'a Run,
    pub(super) scanner: &'a dyn Scanner,
    /// Which schemas are read.
    pub(super) schemas: &'a NameFilter,
    pub(super) tracker: &'a Tracker,
    pub(super) datasource: i64,
    pub(super) with_fields: bool,
    pub(super) batch_size: u32,
}

#[async_trait]
impl Work for DeepScan {
    fn job_type(&self) -> JobType {
        JobType::DeepScan
    }

    async fn run(&self, run: &Run) -> Result<(), StoreError> {
        let parameters: DeepScanParameters = match serde_json::from_value(run.parameters.clone()) {
            Ok(parameters) => parameters,
            Err(error) => {
                let error =
                    format!("the job's parameters cannot be read: {error}; start the scan anew");
                return end(
                    run,
                    "table",
                    &Outcome {
                        error: Some(error),
                        ..Outcome::default()
                    },
                    0,
                )
                .await;
            }
        };
        let level = if parameters.include_fields {
            "field"
        } else {
            "table"
        };
        match self.scan(run, &parameters).await {
            Ok((outcome, databases)) => end(run, level, &outcome, databases).await,
            Err(Error::Store(error)) => Err(error),
            Err(error) => {
                let outcome = Outcome {
                    error: Some(error.to_string()),
                    ..Outcome::default()
                };
                end(run, level, &outcome, parameters.targets.len()).await
            }
        }
    }

    async fn aborted(
        &self,
        conn: &mut Connection,
        run: &Run,
        how: Aborted<'_>,
    ) -> Result<(), StoreError> {
        super::aborted(conn, run, "field", how).await
    }
}

impl DeepScan {
    /// Reads the databases side by side, as far as the data source's connection cap allows.
    async fn scan(
        &self,
        run: &Run,
        parameters: &DeepScanParameters,
    ) -> Result<(Outcome, usize), Error> {
        let datasource = run.datasource_id.ok_or_else(Error::datasource_deleted)?;
        let mut tx = run.store.begin(run.tenant).await?;
        let scan_id = sync_logs::start(&mut tx, run.job_id).await?;
        tx.commit().await?;
        // An earlier attempt, or another scan whose worker died, may have left rows behind.
        staging::clear(run.store.pool(), scan_id, None).await?;
        staging::clear_abandoned(run.store.pool()).await?;
        let target = self.service.target(run.tenant, datasource).await?;
        let side_by_side = target.limits.max_connections;
        let filters = target.filters.clone();
        let scanner = scanner(target);
        let tracker = Tracker::new(scan_id);
        let context = &Context {
            run,
            scanner: &*scanner,
            schemas: &filters.schemas,
            tracker: &tracker,
            datasource,
            with_fields: parameters.include_fields,
            batch_size: self.batch_size,
        };
        let results: Vec<Scanned> = stream::iter(parameters.targets.clone())
            .map(|target| async move { scan_database(context, &target).await })
            .buffer_unordered(side_by_side)
            .try_collect()
            .await?;
        Ok((gather(&tracker, results), parameters.targets.len()))
    }
}

fn gather(tracker: &Tracker, scanned: Vec<Scanned>) -> Outcome {
    let mut outcome = Outcome {
        progress: tracker.progress(),
        ..Outcome::default()
    };
    for database in scanned {
        outcome.changes.added += database.changes.added;
        outcome.changes.changed += database.changes.changed;
        outcome.changes.removed += database.changes.removed;
        outcome.cost.add(database.cost);
        outcome.failures.extend(database.failures);
        outcome.missing_grants.extend(database.missing_grants);
    }
    outcome
        .missing_grants
        .sort_by(|a, b| a.database.cmp(&b.database));
    outcome
        .failures
        .sort_by(|a, b| (&a.database, &a.table).cmp(&(&b.database, &b.table)));
    outcome
}

/// Ends the job: SUCCESS when all was read, PARTIAL when some was, FAILED when nothing was.
async fn end(
    run: &Run,
    level: &str,
    outcome: &Outcome,
    databases: usize,
) -> Result<(), StoreError> {
    let mut outcome = outcome.clone();
    let whole = |failure: &&ScanFailure| failure.table.is_none();
    let failed = outcome.failures.iter().filter(whole).count();
    let status = if outcome.error.is_some() {
        JobStatus::Failed
    } else if failed > 0 && failed == databases {
        outcome.error = outcome
            .failures
            .iter()
            .find(whole)
            .map(|failure| failure.error.clone());
        JobStatus::Failed
    } else if outcome.failures.is_empty() {
        JobStatus::Success
    } else {
        JobStatus::Partial
    };
    let processed = outcome.progress.tables_scanned;
    let mut tx = run.store.begin(run.tenant).await?;
    let ending = Ending {
        level,
        status,
        outcome: &outcome,
        records_processed: processed,
    };
    if finish(&mut tx, run, &ending).await? {
        tx.commit().await?;
    }
    Ok(())
}
