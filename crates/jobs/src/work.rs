//! What a job does, and its attempt while it does it.

use async_trait::async_trait;
use db::{Store, StoreError};
use models::TenantId;
use models::job::JobType;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::log;

/// One attempt at a job.
#[derive(Debug, Clone)]
pub struct Run {
    /// The store, for the work's own transactions.
    pub store: Store,
    /// The tenant that the job belongs to.
    pub tenant: TenantId,
    /// The job.
    pub job_id: Uuid,
    /// Which attempt this is, from 1.
    pub attempt: i32,
    /// The data source, unless that has been deleted since.
    pub datasource_id: Option<i64>,
    /// What the job is asked to do.
    pub parameters: serde_json::Value,
}

impl Run {
    /// Ends the job in the caller's transaction, together with what it produced. False when this
    /// attempt no longer holds the job: the caller must then roll back.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn finish(
        &self,
        conn: &mut PgConnection,
        end: &log::End,
    ) -> Result<bool, StoreError> {
        log::finish(conn, self.job_id, self.attempt, end).await
    }

    /// Notes how far the job has come. False when this attempt no longer holds the job.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn set_progress(
        &self,
        conn: &mut PgConnection,
        total: Option<i64>,
        processed: i64,
    ) -> Result<bool, StoreError> {
        log::set_progress(conn, self.job_id, self.attempt, total, processed).await
    }
}

/// Why an attempt ended without the work's own doing.
#[derive(Debug, Clone, Copy)]
pub enum Aborted<'a> {
    /// The service stops: the job goes on in another worker.
    HandedBack,
    /// The work broke: the job has failed, with these details.
    Failed(&'a str),
}

/// The work of one type of job.
#[async_trait]
pub trait Work: Send + Sync + 'static {
    /// Which type.
    fn job_type(&self) -> JobType;

    /// Does the work and ends the job by [`Run::finish`], also when the work fails as such: only what
    /// keeps it from doing so is an error. It may be dropped at any await.
    async fn run(&self, run: &Run) -> Result<(), StoreError>;

    /// Brings what the work keeps beside the log into agreement with an end that was not its own, in
    /// the transaction of that end.
    async fn aborted(
        &self,
        conn: &mut PgConnection,
        run: &Run,
        how: Aborted<'_>,
    ) -> Result<(), StoreError>;
}
