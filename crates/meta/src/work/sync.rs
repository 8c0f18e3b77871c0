//! `METADATA_SYNC`: level 1, the databases of a data source.

use async_trait::async_trait;
use catalog::sync_logs::{self, Outcome, Progress};
use catalog::{databases, datasources};
use db::{Connection, StoreError};
use jobs::{Aborted, Run, Work};
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

    async fn run(&self, run: &Run) -> Result<(), StoreError> {
        let mut tx = run.store.begin(run.tenant).await?;
        // The log goes with the data source.
        let sync_id = match run.datasource_id {
            Some(_) => Some(sync_logs::start(&mut tx, run.job_id).await?),
            None => None,
        };
        tx.commit().await?;
        match self.read(run).await {
            Ok((inventory, filters)) => self.store(run, sync_id, &inventory, &filters).await,
            Err(Error::Store(error)) => Err(error),
            Err(error) => fail(run, &error).await,
        }
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

impl Sync {
    async fn read(&self, run: &Run) -> Result<(Inventory, Filters), Error> {
        let id = run.datasource_id.ok_or_else(Error::datasource_deleted)?;
        let target = self.service.target(run.tenant, id).await?;
        let filters = target.filters.clone();
        Ok((scanner(target).sync().await?, filters))
    }

    /// Writes the databases and the end of the job in one transaction.
    async fn store(
        &self,
        run: &Run,
        sync_id: Option<i64>,
        inventory: &Inventory,
        filters: &Filters,
    ) -> Result<(), StoreError> {
        let (Some(datasource), Some(sync_id)) = (run.datasource_id, sync_id) else {
            return Ok(());
        };
        let mut tx = run.store.begin(run.tenant).await?;
        // Before its databases, whose foreign keys share it: whoever changes it meanwhile holds it first
        // and then wants it alone.
        datasources::lock(&mut tx, datasource).await?;
        datasources::set_server(&mut tx, datasource, &inventory.server).await?;
        let merged = databases::merge(
            &mut tx,
            datasource,
            sync_id,
            &inventory.databases,
            &filters.databases,
        )
        .await?;
        let found = i64::try_from(inventory.databases.len()).unwrap_or(i64::MAX);
        let mut outcome = Outcome {
            progress: Progress {
                tables_total: Some(found),
                databases_scanned: found,
                ..Progress::default()
            },
            changes: merged.changes,
            cost: inventory.cost,
            ..Outcome::default()
        };
        if merged.doubted > 0 {
            outcome.failures.push(ScanFailure {
                database: "*".to_owned(),
                table: None,
                error: format!(
                    "{} databases are no longer listed, half or more of them at once, so none was marked as removed: \
                     check the login's rights",
                    merged.doubted
                ),
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
            records_processed: found,
        };
        if finish(&mut tx, run, &ending).await? {
            tx.commit().await?;
            self.deepen(run, datasource).await;
        }
        Ok(())
    }

    /// Starts the deep scan that the schedule asks for after level 1.
    async fn deepen(&self, run: &Run, datasource: i64) {
        let parameters: SyncParameters =
            serde_json::from_value(run.parameters.clone()).unwrap_or_default();
        if !parameters.then_deep_scan {
            return;
        }
        let started = async {
            let mut tx = run.store.begin(run.tenant).await?;
            let actor = Actor {
                tenant: run.tenant,
                subject: None,
            };
            self.service
                .queue_deep_scan_of_all(&mut tx, actor, datasource)
                .await?;
            tx.commit().await?;
            Ok::<_, Error>(())
        };
        match started.await {
            Ok(()) | Err(Error::ScanActive(_)) => {}
            Err(error) => {
                tracing::error!(
                    datasource,
                    error = service_kit::problem::chain(&error),
                    "scheduled deep scan not started"
                );
            }
        }
    }
}

async fn fail(run: &Run, error: &Error) -> Result<(), StoreError> {
    let outcome = Outcome {
        error: Some(error.to_string()),
        ..Outcome::default()
    };
    let mut tx = run.store.begin(run.tenant).await?;
    let ending = Ending {
        level: LEVEL,
        status: JobStatus::Failed,
        outcome: &outcome,
        records_processed: 0,
    };
    if finish(&mut tx, run, &ending).await? {
        tx.commit().await?;
    }
    Ok(())
}
