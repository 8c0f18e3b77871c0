//! Proving that an attempt still holds its job.

use db::StoreError;
use sqlx::PgConnection;

use crate::{Run, WorkError};

/// Why an attempt may not go on.
#[derive(Debug, thiserror::Error)]
pub enum HoldError {
    /// The worker was taken for dead and another attempt goes on, or the job has ended.
    #[error("another worker has taken the job over")]
    TakenOver,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<HoldError> for WorkError {
    fn from(error: HoldError) -> Self {
        match error {
            HoldError::Store(error) => Self::Store(error),
            // Nothing that follows can change the job: each end is fenced by the attempt.
            HoldError::TakenOver => Self::Later(error.to_string()),
        }
    }
}

impl Run {
    /// Proves that this attempt holds the job, and keeps it so until the transaction ends.
    ///
    /// An attempt begins by changing the job's row, which waits for transactions that hold it. So it
    /// sees all that earlier attempts have made permanent, and they make nothing permanent any more.
    ///
    /// Call it late in a transaction, since heartbeats and progress wait as well; and before rows are
    /// locked that the end of a job removes, since that locks the job first.
    ///
    /// # Errors
    /// [`HoldError::TakenOver`] when it does not: the caller must then roll back.
    pub async fn hold(&self, conn: &mut PgConnection) -> Result<(), HoldError> {
        let held = sqlx::query_scalar!(
            r#"-- hold job
            select true as "held!" from metadata.log_data_jobs
            where tenant_id = metadata.current_tenant() and id = $1 and attempt = $2 and status = 'RUNNING'
            for share"#,
            self.job_id,
            self.attempt
        )
        .fetch_optional(conn)
        .await
        .map_err(StoreError::from)?;
        held.map(drop).ok_or(HoldError::TakenOver)
    }
}
