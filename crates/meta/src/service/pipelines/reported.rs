//! Runs of pipelines whose end is reported, and what follows them.

use ::jobs::log;
use catalog::pipelines;
use db::{StoreError, Tx};
use models::TenantId;
use models::job::{JobStatus, Trigger};
use uuid::Uuid;

use super::{Step, StepReason};
use crate::error::Error;
use crate::service::Service;

/// Locks the pipeline of a job, which is always locked before the job itself. None where it is of none.
pub(in crate::service) async fn lock_pipeline_of(
    tx: &mut Tx,
    job: Uuid,
) -> Result<Option<i64>, StoreError> {
    let pipeline = log::get(tx, job).await?.and_then(|job| job.pipeline_id);
    if let Some(id) = pipeline {
        pipelines::lock(tx, id).await?;
    }
    Ok(pipeline)
}

impl Service {
    /// Has what waits counted anew where a run has ended well by a report, in the transaction that takes the report:
    /// whoever dies behind it takes nothing along. That is in the pipeline that the job is a run of, which is locked
    /// then, and in those that name the type and the scope of a run from outside, which no end of theirs locks.
    pub(in crate::service) async fn measure_after_report(
        &self,
        tx: &mut Tx,
        tenant: TenantId,
        job_id: Uuid,
    ) -> Result<(), Error> {
        let Some(job) = log::get(tx, job_id).await? else {
            return Ok(());
        };
        if !matches!(job.status, JobStatus::Success | JobStatus::Partial) {
            return Ok(());
        }
        let (ids, after_etl) = if let Some(id) = job.pipeline_id {
            (vec![id], true)
        } else {
            let named = pipelines::reported_as(tx, &job.job_type, &job.target_scope);
            (named.await?, false)
        };
        for id in ids {
            pipelines::lock(tx, id).await?;
            let Some(pipeline) = pipelines::get(tx, id).await? else {
                continue;
            };
            let reason = StepReason {
                trigger: Trigger::Pipeline,
                parent: Some(job_id),
                after_etl,
            };
            self.queue_following(tx, tenant, &pipeline, Step::Measure, reason)
                .await?;
        }
        Ok(())
    }
}
