//! The queue library, as far as the rest of Plumbline needs to know it.

use chrono::{DateTime, Utc};
use graphile_worker::worker_utils::WorkerUtils;
use graphile_worker::worker_utils::types::CleanupTask;
use graphile_worker::{IntoTaskHandlerResult, JobSpec, JobSpecBuilder, TaskHandler, WorkerContext};
use models::TenantId;
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::attempt::Crew;

/// The schema that the library keeps its tables in; owned by the runtime login of `meta`.
pub(crate) const SCHEMA: &str = "graphile_worker";

/// Why the queue failed.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// The queue's tables could not be brought up to date.
    #[error("the queue's tables could not be brought up to date")]
    Migrate(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What is of no use any more could not be removed.
    #[error("the queue could not be cleaned")]
    Clean(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// An entry could not be written or removed.
    #[error("the queue did not take the job")]
    Push(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The entry of a job in the queue: which row of the log to run.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct RunJob {
    pub(crate) tenant_id: TenantId,
    pub(crate) job_id: Uuid,
}

impl TaskHandler for RunJob {
    const IDENTIFIER: &'static str = "run_job";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let crew = context
            .get_ext::<Crew>()
            .ok_or_else(|| "the worker has no crew".to_owned())?;
        crew.run(self, context.worker_id()).await
    }
}

/// A job's place in the queue.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) tenant: TenantId,
    pub(crate) job: Uuid,
    /// The data source that it works on, if any.
    pub(crate) datasource: Option<i64>,
    /// Smaller ones come first.
    pub(crate) priority: i16,
    /// Not before then; at once when None.
    pub(crate) due: Option<DateTime<Utc>>,
}

impl Entry {
    /// Jobs of one data source run one after the other, over all replicas.
    fn serial_key(&self) -> String {
        match self.datasource {
            Some(id) => format!("datasource-{}-{id}", self.tenant),
            None => format!("job-{}", self.job),
        }
    }
}

/// The queue.
#[derive(Clone)]
pub struct Queue {
    utils: std::sync::Arc<WorkerUtils>,
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Queue")
    }
}

impl Queue {
    /// The queue in the store behind `pool`, which is the runtime login's.
    #[must_use]
    pub fn new(pool: &PgPool) -> Self {
        Self {
            utils: std::sync::Arc::new(WorkerUtils::new(pool.clone(), SCHEMA)),
        }
    }

    /// Brings the queue's own tables up to date.
    ///
    /// # Errors
    /// When the store cannot be reached or refuses.
    pub async fn migrate(&self) -> Result<(), QueueError> {
        self.utils
            .migrate()
            .await
            .map_err(|error| QueueError::Migrate(error.into()))
    }

    /// Removes what is of no use any more: entries that the library has given up, and the keys of data
    /// sources and jobs that have no entry.
    ///
    /// # Errors
    /// When the store cannot be reached, or others write to the queue for longer than a second.
    pub async fn clean(&self) -> Result<(), QueueError> {
        let tasks = [
            CleanupTask::DeletePermanentlyFailedJobs,
            CleanupTask::GcJobQueues,
        ];
        self.utils
            .cleanup(&tasks)
            .await
            .map_err(|error| QueueError::Clean(error.into()))
    }

    /// Adds an entry in the caller's transaction, in the place of one of the same job, if there is
    /// one.
    pub(crate) async fn push(
        &self,
        conn: &mut PgConnection,
        entry: &Entry,
    ) -> Result<(), QueueError> {
        let &Entry { tenant, job, .. } = entry;
        let mut spec: JobSpec = JobSpecBuilder::new()
            .queue_name(entry.serial_key())
            .job_key(job.to_string())
            .priority(entry.priority)
            .build();
        spec.run_at = entry.due;
        let run = RunJob {
            tenant_id: tenant,
            job_id: job,
        };
        WorkerUtils::clone(&self.utils)
            .with_executor(conn)
            .add_job(run, spec)
            .await
            .map_err(|error| QueueError::Push(error.into()))?;
        Ok(())
    }

    /// Removes the entry of a job in the caller's transaction.
    pub(crate) async fn remove(
        &self,
        conn: &mut PgConnection,
        job: Uuid,
    ) -> Result<(), QueueError> {
        WorkerUtils::clone(&self.utils)
            .with_executor(conn)
            .remove_job(&job.to_string())
            .await
            .map_err(|error| QueueError::Push(error.into()))
    }
}
