//! The queue library, as far as the rest of Plumbline needs to know it.

use chrono::{DateTime, Utc};
use graphile_worker::worker_utils::WorkerUtils;
use graphile_worker::worker_utils::types::CleanupTask;
use graphile_worker::{IntoTaskHandlerResult, JobSpec, JobSpecBuilder, TaskHandler, WorkerContext};
use models::TenantId;
use models::job::JobType;
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

/// The entry of a job that does nothing but wait for somebody else. Such a job may last for a day, so that its entry is
/// for slots of their own: in those that work it would hold back whatever else there is to do, of all tenants.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct AwaitJob(RunJob);

impl TaskHandler for AwaitJob {
    const IDENTIFIER: &'static str = "await_job";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        self.0.run(context).await.into_task_handler_result()
    }
}

/// Whether jobs of a type only wait: for a service that was called, until it reports the end.
pub(crate) fn only_waits(job_type: JobType) -> bool {
    job_type == JobType::HttpEtl
}

/// A job's place in the queue.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) tenant: TenantId,
    pub(crate) job: Uuid,
    /// Whether it [only waits](only_waits).
    pub(crate) only_waits: bool,
    /// The data source that it works on, if any.
    pub(crate) datasource: Option<i64>,
    /// The pipeline that it is a run of, if any.
    pub(crate) pipeline: Option<i64>,
    /// Smaller ones come first.
    pub(crate) priority: i16,
    /// Not before then; at once when None.
    pub(crate) due: Option<DateTime<Utc>>,
}

impl Entry {
    /// Scans of one data source run one after the other, over all replicas, and so do the jobs of one pipeline: what
    /// is measured is not half of what a fill writes.
    fn serial_key(&self) -> String {
        match (self.datasource, self.pipeline) {
            (Some(id), _) => format!("datasource-{}-{id}", self.tenant),
            (None, Some(id)) => format!("pipeline-{}-{id}", self.tenant),
            (None, None) => format!("job-{}", self.job),
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
        let mut utils = WorkerUtils::clone(&self.utils).with_executor(conn);
        let added = if entry.only_waits {
            utils.add_job(AwaitJob(run), spec).await
        } else {
            utils.add_job(run, spec).await
        };
        added.map_err(|error| QueueError::Push(error.into()))?;
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
