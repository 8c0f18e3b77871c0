//! What a job does, and its attempt while it does it.

use async_trait::async_trait;
use db::{Store, StoreError};
use models::TenantId;
use models::job::{JobType, Trigger};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::log::{self, Progress};
use crate::retry::MAX_ATTEMPTS;

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
    /// How many attempts before this one failed or died; those that were handed back do not count.
    pub failed_attempts: i32,
    /// Who or what asked for it.
    pub trigger: Trigger,
    /// The data source, unless that has been deleted since.
    pub datasource_id: Option<i64>,
    /// The pipeline that this is a run of, unless that has been deleted since.
    pub pipeline_id: Option<i64>,
    /// What the job is asked to do.
    pub parameters: serde_json::Value,
}

impl Run {
    /// Whether no other attempt follows when this one fails.
    #[must_use]
    pub fn is_last_attempt(&self) -> bool {
        self.failed_attempts + 1 >= MAX_ATTEMPTS
    }

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
        progress: &Progress,
    ) -> Result<bool, StoreError> {
        log::set_progress(conn, self.job_id, self.attempt, progress).await
    }
}

/// Why work could not end its job.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What it works on failed in a way that may pass, with the cause and what to do. Another attempt
    /// is made later, unless this was the last one: then the job has failed.
    #[error("{0}")]
    Later(String),
}

/// Why an attempt ended without the work's own doing.
#[derive(Debug, Clone, Copy)]
pub enum Aborted<'a> {
    /// The job goes on in another attempt, at once or later.
    PutBack,
    /// Somebody asked to stop the job.
    Stopped,
    /// The work broke: the job has failed, with these details.
    Failed(&'a str),
}

/// The work of one type of job.
#[async_trait]
pub trait Work: Send + Sync + 'static {
    /// Which type.
    fn job_type(&self) -> JobType;

    /// Does the work and ends the job by [`Run::finish`], also when the work fails as such: only what
    /// keeps it from doing so, or may pass, is an error. It may be dropped at any await.
    async fn run(&self, run: &Run) -> Result<(), WorkError>;

    /// Locks what an end of the job writes beside the log, before the log is written. Whoever changes
    /// what the job works on locks the two in the same order.
    async fn lock(&self, conn: &mut PgConnection, run: &Run) -> Result<(), StoreError>;

    /// Brings what the work keeps beside the log into agreement with an end that was not its own, in
    /// the transaction of that end.
    async fn aborted(
        &self,
        conn: &mut PgConnection,
        run: &Run,
        how: Aborted<'_>,
    ) -> Result<(), StoreError>;
}
