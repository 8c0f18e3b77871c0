//! The queue library, as far as the rest of Plumbline needs to know it.

use graphile_worker::worker_utils::WorkerUtils;
use graphile_worker::{IntoTaskHandlerResult, JobSpec, JobSpecBuilder, TaskHandler, WorkerContext};
use models::TenantId;
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::worker::Crew;

/// The schema that the library keeps its tables in; owned by the runtime login of `meta`.
pub(crate) const SCHEMA: &str = "graphile_worker";

/// Why the queue failed.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// The queue's tables could not be brought up to date.
    #[error("the queue's tables could not be brought up to date")]
    Migrate(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// An entry could not be written.
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
        crew.run(self).await
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

    /// Adds an entry in the caller's transaction. Entries with the same key run one after the other.
    pub(crate) async fn push(
        &self,
        conn: &mut PgConnection,
        tenant_id: TenantId,
        job_id: Uuid,
        serial_key: String,
    ) -> Result<(), QueueError> {
        let spec: JobSpec = JobSpecBuilder::new()
            .queue_name(&serial_key)
            .job_key(job_id.to_string())
            .build();
        WorkerUtils::clone(&self.utils)
            .with_executor(conn)
            .add_job(RunJob { tenant_id, job_id }, spec)
            .await
            .map_err(|error| QueueError::Push(error.into()))?;
        Ok(())
    }
}
