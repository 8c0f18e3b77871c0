//! `METADATA_SYNC`: level 1, the databases of a data source.

use async_trait::async_trait;
use catalog::removals::{self, Testimony};
use catalog::sync_logs::{self, Outcome, Progress};
use catalog::{databases, datasources};
use db::{Connection, StoreError, Tx};
use jobs::{Aborted, HoldError, Run, Work, WorkError};
use models::job::{JobStatus, JobType};
use models::scan::ScanFailure;
use scan::{Filters, Inventory, scanner};

use super::{Ending, finish};
use crate::error::Error;
use crate::service::scans::SyncParameters;
use crate::service::{Actor, Service};

const LEVEL: &str = "database";

/// The work of a level-1 sync.
#[derive(Debug)]
pub(crate) struct Sync {
    pub(crate) service: Service,
}

#[async_trait]
impl Work for Sync {
    fn job_type(&self) -> JobType {
        JobType::MetadataSync
    }

    async fn run(&self, run: &Run) -> Result<(), WorkError> {
        let parameters: SyncParameters = match serde_json::from_value(run.parameters.clone()) {
            Ok(parameters) => parameters,
            Err(error) => return fail(run, super::unreadable(&error)).await,
        };
        let sync_id = begin(run).await?;
        match self.read(run).await {
            Ok((inventory, filters)) => {
                let found = Found {
                    inventory,
                    filters,
                    then_deep_scan: parameters.then_deep_scan,
                };
                self.store(run, sync_id, &found).await
            }
            Err(Error::Store(error)) => Err(error.into()),
            Err(Error::Scan(error)) if error.is_transient() && super::tries_again(run).await? => {
                Err(WorkError::Later(error.to_string()))
            }
            Err(error) => fail(run, error.to_string()).await,
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
        super::aborted(conn, run, LEVEL, how).await
    }
}

/// Notes that the data source is read; answers with the sync log, which goes with the data source.
async fn begin(run: &Run) -> Result<Option<i64>, WorkError> {
    let mut tx = run.store.begin(run.tenant).await?;
    run.hold(&mut tx).await?;
    if run.datasource_id.is_none() {
        return Ok(None);
    }
    let sync_id = sync_logs::start(&mut tx, run.job_id).await?;
    let progress = jobs::log::Progress {
        message: Some("reading the list of databases".to_owned()),
        ..jobs::log::Progress::default()
    };
    run.set_progress(&mut tx, &progress).await?;
    tx.commit().await?;
    Ok(Some(sync_id))
}

/// What a data source said, and what is to be done with it.
struct Found {
    inventory: Inventory,
    filters: Filters,
    /// Whether a deep scan of everything comes next.
    then_deep_scan: bool,
}

impl Sync {
    async fn read(&self, run: &Run) -> Result<(Inventory, Filters), Error> {
        let id = run.datasource_id.ok_or_else(Error::datasource_deleted)?;
        let target = self.service.target(run.tenant, id).await?;
        let filters = target.filters.clone();
        Ok((scanner(target).sync().await?, filters))
    }

    /// Writes the databases and the end of the job in one transaction.
    async fn store(&self, run: &Run, sync_id: Option<i64>, found: &Found) -> Result<(), WorkError> {
        let inventory = &found.inventory;
        let (Some(datasource), Some(sync_id)) = (run.datasource_id, sync_id) else {
            return Ok(());
        };
        let mut tx = run.store.begin(run.tenant).await?;
        // Before its databases, whose foreign keys share it: whoever changes it meanwhile holds it first
        // and then wants it alone.
        datasources::lock(&mut tx, datasource).await?;
        datasources::set_server(&mut tx, datasource, &inventory.server).await?;
        let before = removals::witness_of_datasource(&mut tx, datasource).await?;
        let testimony = Testimony::new(inventory.witness.clone(), before.as_ref());
        let merged = databases::merge(
            &mut tx,
            datasource,
            sync_id,
            &inventory.databases,
            &found.filters.databases,
            &testimony,
        )
        .await?;
        if merged.doubts.count == 0 {
            removals::believe_datasource(&mut tx, datasource, &testimony.witness).await?;
        }
        let count = i64::try_from(inventory.databases.len()).unwrap_or(i64::MAX);
        let mut outcome = Outcome {
            progress: Progress {
                tables_total: Some(count),
                databases_scanned: count,
                ..Progress::default()
            },
            changes: merged.changes,
            cost: inventory.cost,
            server_identity: inventory.witness.server.clone(),
            ..Outcome::default()
        };
        if let Some(error) = merged.doubts.failure("databases", sync_id) {
            outcome.failures.push(ScanFailure {
                database: "*".to_owned(),
                table: None,
                error,
            });
        }
        let status = if outcome.failures.is_empty() {
            JobStatus::Success
        } else {
            JobStatus::Partial
        };
        let ending = Ending {
            level: LEVEL,
            status,
            outcome: &outcome,
            records_processed: count,
        };
        if !finish(&mut tx, run, &ending).await? {
            return Err(HoldError::TakenOver.into());
        }
        if found.then_deep_scan {
            self.deepen(&mut tx, run, datasource).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Starts the deep scan that the schedule asks for after level 1, in the transaction of its end.
    async fn deepen(&self, tx: &mut Tx, run: &Run, datasource: i64) -> Result<(), WorkError> {
        let actor = Actor {
            tenant: run.tenant,
            subject: None,
        };
        let queued = self.service.queue_deep_scan_of_all(tx, actor, datasource);
        match queued.await {
            // An active one reads what is there.
            Ok(_) | Err(Error::ScanActive(_)) => Ok(()),
            Err(Error::Store(error)) => Err(error.into()),
            Err(error) => Err(WorkError::Later(error.to_string())),
        }
    }
}

async fn fail(run: &Run, error: String) -> Result<(), WorkError> {
    let outcome = Outcome {
        error: Some(error),
        ..Outcome::default()
    };
    let mut tx = run.store.begin(run.tenant).await?;
    let ending = Ending {
        level: LEVEL,
        status: JobStatus::Failed,
        outcome: &outcome,
        records_processed: 0,
    };
    if !finish(&mut tx, run, &ending).await? {
        return Err(HoldError::TakenOver.into());
    }
    Ok(tx.commit().await?)
}
