//! `DEEP_SCAN`: level 2, the tables and fields of some databases of a data source.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use catalog::checkpoints::{self, Checkpoint};
use catalog::staging;
use catalog::sync_logs::{self, Outcome};
use db::{Connection, StoreError, Tx};
use futures::{StreamExt, TryStreamExt, stream};
use jobs::{Aborted, HoldError, Run, Work, WorkError};
use models::job::{JobStatus, JobType};
use models::scan::{ScanFailure, ScanMode};
use scan::{NameFilter, Scanner, Target, scanner};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::database::{Visit, scan_database};
use super::progress::Tracker;
use super::{Ending, finish};
use crate::config::DeepScanConfig;
use crate::error::Error;
use crate::service::Service;
use crate::service::scans::DeepScanParameters;

/// The work of a deep scan.
#[derive(Debug)]
pub(crate) struct DeepScan {
    pub(crate) service: Service,
    pub(crate) config: DeepScanConfig,
    /// As many parts of databases are loaded at once as there are permits, over all scans of this process.
    pub(crate) loads: Arc<Semaphore>,
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
    pub(super) mode: ScanMode,
    pub(super) config: DeepScanConfig,
    /// What a part of a database needs before it is loaded, which has a connection of the store to
    /// itself as long as the data source takes.
    pub(super) loads: &'a Semaphore,
    /// Whether what may pass is left to another attempt.
    pub(super) tries_again: bool,
    /// Whether the data source did not let a session in for now.
    is_away: AtomicBool,
}

impl Context<'_> {
    pub(super) fn is_away(&self) -> bool {
        self.is_away.load(Ordering::Relaxed)
    }

    /// Databases that have not been opened yet need not be tried in this attempt.
    pub(super) fn set_away(&self) {
        self.is_away.store(true, Ordering::Relaxed);
    }
}

#[async_trait]
impl Work for DeepScan {
    fn job_type(&self) -> JobType {
        JobType::DeepScan
    }

    async fn run(&self, run: &Run) -> Result<(), WorkError> {
        let parameters: DeepScanParameters = match serde_json::from_value(run.parameters.clone()) {
            Ok(parameters) => parameters,
            Err(error) => return fail(run, "table", super::unreadable(&error)).await,
        };
        let level = if parameters.include_fields {
            "field"
        } else {
            "table"
        };
        let databases = parameters.targets.len();
        match self.scan(run, &parameters).await {
            Ok(outcome) => end(run, level, outcome, databases).await,
            Err(Halt::Work(error)) => Err(error),
            Err(Halt::Job(error)) => fail(run, level, error).await,
        }
    }

    async fn lock(&self, conn: &mut Connection, run: &Run) -> Result<(), StoreError> {
        super::lock(conn, run).await
    }

    async fn aborted(
        &self,
        conn: &mut Connection,
        run: &Run,
        how: Aborted<'_>,
    ) -> Result<(), StoreError> {
        let Aborted::Failed(details) = how else {
            // What is staged and the checkpoints wait for the next attempt.
            return super::aborted(conn, run, "field", how).await;
        };
        let outcome = so_far(conn, run, details.to_owned()).await?;
        super::record(conn, run, "field", JobStatus::Failed, &outcome).await?;
        clear(conn, run.job_id).await
    }
}

/// Why an attempt stops before the end of the scan.
#[derive(Debug)]
enum Halt {
    /// The scan cannot be done at all: why, and what to do.
    Job(String),
    /// Another attempt may end it.
    Work(WorkError),
}

impl<E: Into<WorkError>> From<E> for Halt {
    fn from(error: E) -> Self {
        Self::Work(error.into())
    }
}

impl DeepScan {
    /// Reads the databases side by side, as far as the data source's connection cap allows.
    async fn scan(&self, run: &Run, parameters: &DeepScanParameters) -> Result<Outcome, Halt> {
        let (datasource, target) = self.target(run).await?;
        let (scan_id, mut checkpoints) = begin(run).await?;
        let tracker = Tracker::new(scan_id, &checkpoints);
        tracker.show(run).await?;
        let side_by_side = target.limits.max_connections;
        let filters = target.filters.clone();
        let scanner = scanner(target);
        let context = &Context {
            run,
            scanner: &*scanner,
            schemas: &filters.schemas,
            tracker: &tracker,
            datasource,
            with_fields: parameters.include_fields,
            mode: parameters.mode,
            config: self.config,
            loads: &self.loads,
            tries_again: super::tries_again(run).await?,
            is_away: AtomicBool::new(false),
        };
        let databases = parameters.targets.iter().map(|target| {
            let checkpoint = checkpoints.remove(&target.database);
            (target.clone(), checkpoint.unwrap_or_default())
        });
        let databases: Vec<_> = databases.collect();
        let visits: Vec<Visit> =
            stream::iter(databases)
                .map(|(target, checkpoint)| async move {
                    scan_database(context, &target, checkpoint).await
                })
                .buffer_unordered(side_by_side)
                .try_collect()
                .await?;
        let finished = finished(visits);
        if finished.is_err() {
            // It stays to be seen until the next attempt.
            tracker.show(run).await?;
        }
        Ok(gather(finished?.iter()))
    }

    async fn target(&self, run: &Run) -> Result<(i64, Target), Halt> {
        let target = async {
            let id = run.datasource_id.ok_or_else(Error::datasource_deleted)?;
            Ok((id, self.service.target(run.tenant, id).await?))
        };
        target.await.map_err(|error: Error| match error {
            Error::Store(error) => Halt::from(error),
            error => Halt::Job(error.to_string()),
        })
    }
}

/// Begins the scan, or goes on: its id, and how far earlier attempts have come.
async fn begin(run: &Run) -> Result<(i64, HashMap<String, Checkpoint>), WorkError> {
    let mut tx = run.store.begin(run.tenant).await?;
    // Other scans, whose worker died and whose job was ended by somebody else, may have left rows behind.
    staging::clear_abandoned(&mut tx).await?;
    checkpoints::clear_abandoned(&mut tx).await?;
    tx.commit().await?;
    let mut tx = run.store.begin(run.tenant).await?;
    run.hold(&mut tx).await?;
    let scan_id = sync_logs::start(&mut tx, run.job_id).await?;
    let checkpoints = checkpoints::list(&mut tx, scan_id).await?;
    tx.commit().await?;
    Ok((scan_id, checkpoints))
}

/// The checkpoints of all databases, when none of them waits for another attempt.
fn finished(visits: Vec<Visit>) -> Result<Vec<Checkpoint>, WorkError> {
    let (mut finished, mut causes, mut skipped) = (Vec::new(), Vec::new(), 0);
    for visit in visits {
        match visit {
            Visit::Finished(checkpoint) => finished.push(*checkpoint),
            Visit::Postponed(cause) => causes.push(cause),
            Visit::Skipped => skipped += 1,
        }
    }
    if causes.is_empty() {
        return Ok(finished);
    }
    if skipped > 0 {
        causes.push(format!("{skipped} databases were not tried"));
    }
    Err(WorkError::Later(causes.join("\n")))
}

fn gather<'a>(checkpoints: impl Iterator<Item = &'a Checkpoint>) -> Outcome {
    let mut outcome = Outcome::default();
    for database in checkpoints {
        outcome.progress.add(database.progress());
        outcome.changes.add(database.changes);
        outcome.cost.add(database.cost);
        let server = database.witness.as_ref();
        let server = server.and_then(|witness| witness.server.clone());
        outcome.server_identity = outcome.server_identity.or(server);
        outcome.failures.extend(database.failures.iter().cloned());
        let Some(begun) = &database.begun else {
            continue;
        };
        let grants = begun.missing_grants.iter().cloned();
        outcome.missing_grants.extend(grants);
        if database.spared().is_some() {
            outcome.mode = Some(ScanMode::Incremental);
        } else {
            outcome.mode.get_or_insert(ScanMode::Full);
        }
    }
    outcome
        .missing_grants
        .sort_by(|a, b| a.database.cmp(&b.database));
    outcome
        .failures
        .sort_by(|a, b| (&a.database, &a.table).cmp(&(&b.database, &b.table)));
    outcome
}

/// What came of a scan that fails as a whole: its error, and what all attempts did until then.
async fn so_far(conn: &mut Connection, run: &Run, error: String) -> Result<Outcome, StoreError> {
    let checkpoints = match sync_logs::of_job(conn, run.job_id).await? {
        Some(scan_id) => checkpoints::list(conn, scan_id).await?,
        None => HashMap::new(),
    };
    Ok(Outcome {
        error: Some(error),
        ..gather(checkpoints.values())
    })
}

/// Ends the job without a result.
async fn fail(run: &Run, level: &str, error: String) -> Result<(), WorkError> {
    let mut tx = run.store.begin(run.tenant).await?;
    let outcome = so_far(&mut tx, run, error).await?;
    end_as(tx, run, level, JobStatus::Failed, &outcome).await
}

/// Ends the job: SUCCESS when all was read, PARTIAL when some was, FAILED when nothing was.
async fn end(
    run: &Run,
    level: &str,
    mut outcome: Outcome,
    databases: usize,
) -> Result<(), WorkError> {
    let whole = |failure: &&ScanFailure| failure.table.is_none();
    let failed = outcome.failures.iter().filter(whole).count();
    let status = if failed > 0 && failed == databases {
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
    let tx = run.store.begin(run.tenant).await?;
    end_as(tx, run, level, status, &outcome).await
}

async fn end_as(
    mut tx: Tx,
    run: &Run,
    level: &str,
    status: JobStatus,
    outcome: &Outcome,
) -> Result<(), WorkError> {
    let ending = Ending {
        level,
        status,
        outcome,
        records_processed: outcome.progress.tables_scanned,
    };
    if !finish(&mut tx, run, &ending).await? {
        return Err(HoldError::TakenOver.into());
    }
    clear(&mut tx, run.job_id).await?;
    Ok(tx.commit().await?)
}

/// Removes what only attempts at the scan need.
pub(super) async fn clear(conn: &mut Connection, job: Uuid) -> Result<(), StoreError> {
    // It went with its data source; the next deep scan sweeps what was staged.
    let Some(scan_id) = sync_logs::of_job(conn, job).await? else {
        return Ok(());
    };
    checkpoints::clear(conn, scan_id).await?;
    staging::clear(conn, scan_id, None).await
}
