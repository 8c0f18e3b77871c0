//! `SQL_ETL`: the business table of a pipeline is made by one statement.

use async_trait::async_trait;
use db::{Connection, StoreError};
use jobs::log::{End, Progress};
use jobs::{Aborted, HoldError, Run, Work, WorkError};
use models::job::{JobStatus, JobType};
use models::pipeline::Etl;
use transfer::etl;

use super::moving::{self, Halt};
use super::pipeline::{self, DELETED, Done};
use crate::config::TransferConfig;
use crate::service::Service;

/// The work of a `sql` ETL.
#[derive(Debug)]
pub(crate) struct SqlEtl {
    pub(crate) service: Service,
    pub(crate) config: TransferConfig,
}

#[async_trait]
impl Work for SqlEtl {
    fn job_type(&self) -> JobType {
        JobType::SqlEtl
    }

    async fn run(&self, run: &Run) -> Result<(), WorkError> {
        match self.make(run).await {
            Ok(affected) => {
                let end = End {
                    status: JobStatus::Success,
                    records_total: Some(affected),
                    records_processed: affected,
                    records_failed: 0,
                    error_details: None,
                    result: None,
                };
                pipeline::finish(&self.service, run, &end, Done::Processed).await
            }
            Err(Halt::Work(error)) => Err(error),
            Err(Halt::Job(error)) => pipeline::fail(run, error).await,
        }
    }

    async fn lock(&self, conn: &mut Connection, run: &Run) -> Result<(), StoreError> {
        pipeline::lock(conn, run).await
    }

    async fn aborted(&self, _: &mut Connection, _: &Run, _: Aborted<'_>) -> Result<(), StoreError> {
        // Beside the log there is nothing of it.
        Ok(())
    }
}

impl SqlEtl {
    /// Runs the statement; how many rows it changed.
    async fn make(&self, run: &Run) -> Result<i64, Halt> {
        let pipeline = pipeline::pipeline(run).await?;
        let pipeline = pipeline.ok_or_else(|| Halt::Job(DELETED.to_owned()))?;
        let Etl::Sql(wanted) = &pipeline.etl else {
            return Err(Halt::Job(
                "the pipeline has no statement any more".to_owned(),
            ));
        };
        let place = moving::place(run, pipeline.biz_table_id).await?;
        let target = moving::writable(&self.service, run, &self.config, place.datasource).await?;
        let mut tx = run.store.begin(run.tenant).await?;
        let progress = Progress {
            message: Some(format!("running the statement in {}", place.database)),
            ..Progress::default()
        };
        // One that another worker has taken over must not run it.
        if !run.set_progress(&mut tx, &progress).await? {
            return Err(HoldError::TakenOver.into());
        }
        tx.commit().await?;
        let affected = etl(&target, &place.database, &wanted.statement).await?;
        Ok(i64::try_from(affected).unwrap_or(i64::MAX))
    }
}
