//! Starting jobs: the one way, whoever asks.

use db::StoreError;
use models::job::{JobType, Trigger};
use models::{Ids, TenantId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::log;
use crate::queue::{Queue, QueueError};

/// A job to start.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// What it does.
    pub job_type: JobType,
    /// The data source that it reads. One such job of a type can be active at once.
    pub datasource_id: i64,
    /// What it works on, in words that a person reads.
    pub target_scope: &'a str,
    /// Who or what asks.
    pub trigger: Trigger,
    /// The `sub` of the credential that asks.
    pub requested_by: Option<&'a str>,
    /// What it is asked to do.
    pub parameters: serde_json::Value,
}

/// Why a job could not be started.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// A job of this type on this data source is queued or running.
    #[error("job {0} is active")]
    Active(Uuid),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The queue failed.
    #[error(transparent)]
    Queue(#[from] QueueError),
}

/// Starts jobs.
#[derive(Debug, Clone)]
pub struct Jobs {
    queue: Queue,
    ids: Ids,
}

impl Jobs {
    /// Jobs run by way of `queue`, with ids from `ids`.
    #[must_use]
    pub fn new(queue: Queue, ids: Ids) -> Self {
        Self { queue, ids }
    }

    /// Enters a job into the log and the queue, in the transaction of the caller, which is bound to
    /// `tenant`. Answers with its id.
    ///
    /// # Errors
    /// [`JobError::Active`] when one of this type is active on the data source; the transaction can
    /// still be used then.
    pub async fn start(
        &self,
        conn: &mut PgConnection,
        tenant: TenantId,
        new: &NewJob<'_>,
    ) -> Result<Uuid, JobError> {
        let id = self.ids.next();
        if !log::create(&mut *conn, id, new).await? {
            if let Some(active) = log::active(&mut *conn, new.datasource_id, new.job_type).await? {
                return Err(JobError::Active(active));
            }
            // It ended between the two statements: there is room now.
            if !log::create(&mut *conn, id, new).await? {
                return Err(StoreError::from(sqlx::Error::RowNotFound).into());
            }
        }
        // Jobs of one data source run one after the other, over all replicas.
        let serial_key = format!("datasource-{tenant}-{}", new.datasource_id);
        self.queue.push(conn, tenant, id, serial_key).await?;
        Ok(id)
    }
}
