//! Starting jobs: the one way, whoever asks.

use db::StoreError;
use models::job::{JobStatus, JobType, Trigger};
use models::{Ids, TenantId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::log;
use crate::queue::{Entry, Queue, QueueError, only_waits};

/// A job to start.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// What it does.
    pub job_type: JobType,
    /// The data source that it reads, for a scan. One scan of a level can be active at once.
    pub datasource_id: Option<i64>,
    /// The pipeline that it is a run of. One such job of a type can be active at once.
    pub pipeline_id: Option<i64>,
    /// What it works on, in words that a person reads.
    pub target_scope: &'a str,
    /// Who or what asks.
    pub trigger: Trigger,
    /// The `sub` of the credential that asks.
    pub requested_by: Option<&'a str>,
    /// What it is asked to do.
    pub parameters: serde_json::Value,
    /// The job that starts it, or that it does again.
    pub parent: Option<Uuid>,
}

/// Why a job could not be started.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// A job of this type on this data source or of this pipeline is queued or running.
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
    /// [`JobError::Active`] when one of this type is active on the data source or of the pipeline; the transaction can
    /// still be used then.
    pub async fn start(
        &self,
        conn: &mut PgConnection,
        tenant: TenantId,
        new: &NewJob<'_>,
    ) -> Result<Uuid, JobError> {
        let id = self.ids.next();
        if !log::create(&mut *conn, id, new).await? {
            if let Some(active) = log::in_the_way(&mut *conn, new).await? {
                return Err(JobError::Active(active));
            }
            // It ended between the two statements: there is room now.
            if !log::create(&mut *conn, id, new).await? {
                return Err(StoreError::from(sqlx::Error::RowNotFound).into());
            }
        }
        let entry = Entry {
            tenant,
            job: id,
            only_waits: only_waits(new.job_type),
            datasource: new.datasource_id,
            pipeline: new.pipeline_id,
            priority: priority(&mut *conn, new.trigger).await?,
            due: None,
        };
        self.queue.push(conn, &entry).await?;
        Ok(id)
    }

    /// An id for a run that is entered into the log alone.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        self.ids.next()
    }

    /// Removes what is of no use any more from the queue.
    ///
    /// # Errors
    /// As [`Queue::clean`].
    pub async fn clean(&self) -> Result<(), QueueError> {
        self.queue.clean().await
    }

    /// Asks to stop a job, in the transaction of the caller, which is bound to its tenant. One that
    /// waits ends at once, one that runs when its worker hears of it, and asking again changes nothing.
    /// Answers with its state then; None when it had ended before or there is none.
    ///
    /// # Errors
    /// When the store or the queue fails.
    pub async fn stop(
        &self,
        conn: &mut PgConnection,
        id: Uuid,
        requested_by: &str,
    ) -> Result<Option<JobStatus>, JobError> {
        let message = format!("to be stopped at the request of {requested_by}");
        let status = log::request_stop(&mut *conn, id, &message).await?;
        if status == Some(JobStatus::Cancelled) {
            self.queue.remove(conn, id).await?;
        }
        Ok(status)
    }
}

/// How far behind a job that somebody waits for one that can wait stands.
const LEISURE: i64 = 50;

/// Where a job stands in the queue: behind as many jobs of others as its tenant has active ones of the
/// same urgency. So the first jobs of a tenant come before the many of another, and what somebody
/// waits for comes before what a schedule has started.
pub(crate) async fn priority(conn: &mut PgConnection, trigger: Trigger) -> Result<i16, StoreError> {
    let (class, behind) = if Trigger::URGENT.contains(&trigger) {
        (Trigger::URGENT.as_slice(), 0)
    } else {
        (Trigger::LEISURELY.as_slice(), LEISURE)
    };
    let active = log::active_count(conn, class).await?;
    Ok(i16::try_from(behind + active).unwrap_or(i16::MAX))
}
