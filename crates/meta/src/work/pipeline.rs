//! What the works of pipelines have in common: how their jobs end, and what follows.
//!
//! Rows that were written are measured, and so many rows that wait start the ETL, each by a job of its own that is
//! entered in the transaction of the end that it follows.

use catalog::measurements;
use catalog::pipelines::{self, Definition};
use db::{Connection, StoreError};
use jobs::log::End;
use jobs::{HoldError, Run, WorkError};
use models::job::{JobStatus, Trigger};
use models::pipeline::{Measurement, Pipeline};

use crate::error::Error;
use crate::service::Service;
use crate::service::pipelines::{Step, StepParameters, StepReason};

/// Why a job has nothing to run.
pub(super) const DELETED: &str = "the pipeline was deleted before its turn came";

/// The pipeline of a job as it is now; None when it has been deleted.
pub(super) async fn pipeline(run: &Run) -> Result<Option<Pipeline>, StoreError> {
    let Some(id) = run.pipeline_id else {
        return Ok(None);
    };
    let mut tx = run.store.begin(run.tenant).await?;
    pipelines::get(&mut tx, id).await
}

/// What a job of a pipeline has done.
#[derive(Debug, Clone, Copy)]
pub(super) enum Done<'a> {
    /// The sync table has been filled.
    Synced,
    /// The business table has been made.
    Processed,
    /// The rows that wait have been counted in the pipeline as it was then.
    Measured(&'a Measurement, &'a Pipeline),
}

/// Ends the job of a pipeline, and starts what follows where it ended well, in one transaction.
///
/// # Errors
/// When the store fails, or this attempt no longer holds the job.
pub(super) async fn finish(
    service: &Service,
    run: &Run,
    end: &End,
    done: Done<'_>,
) -> Result<(), WorkError> {
    let mut tx = run.store.begin(run.tenant).await?;
    lock(&mut tx, run).await?;
    if !run.finish(&mut tx, end).await? {
        return Err(HoldError::TakenOver.into());
    }
    if let Some(id) = run.pipeline_id
        && matches!(end.status, JobStatus::Success | JobStatus::Partial)
        && let Some(pipeline) = pipelines::get(&mut tx, id).await?
    {
        if let Done::Measured(measurement, then) = done
            && is_measured_like(then, &pipeline)
        {
            measurements::record(&mut tx, id, measurement).await?;
            measurements::note_counts(&mut tx, id, measurement).await?;
        }
        if let Some((step, reason)) = next(run, &pipeline, done) {
            service
                .queue_following(&mut tx, run.tenant, &pipeline, step, reason)
                .await
                .map_err(|error| match error {
                    Error::Store(error) => error.into(),
                    error => WorkError::Later(error.to_string()),
                })?;
        }
    }
    Ok(tx.commit().await?)
}

/// Ends the job of a pipeline that could not be run, with the cause and what to do.
///
/// # Errors
/// When the store fails, or this attempt no longer holds the job.
pub(super) async fn fail(run: &Run, error: String) -> Result<(), WorkError> {
    let mut tx = run.store.begin(run.tenant).await?;
    lock(&mut tx, run).await?;
    if !run.finish(&mut tx, &End::failed(error)).await? {
        return Err(HoldError::TakenOver.into());
    }
    Ok(tx.commit().await?)
}

/// Locks the pipeline, which is always locked before a job of it.
pub(super) async fn lock(conn: &mut Connection, run: &Run) -> Result<(), StoreError> {
    match run.pipeline_id {
        Some(id) => pipelines::lock(conn, id).await,
        None => Ok(()),
    }
}

/// What follows, if anything does.
fn next(run: &Run, pipeline: &Pipeline, done: Done<'_>) -> Option<(Step, StepReason)> {
    let reason = StepReason {
        parent: Some(run.job_id),
        ..StepReason::of(Trigger::Pipeline)
    };
    match done {
        Done::Synced => Some((Step::Measure, reason)),
        Done::Processed => {
            let after_etl = true;
            Some((
                Step::Measure,
                StepReason {
                    after_etl,
                    ..reason
                },
            ))
        }
        // It has been changed meanwhile: that was about other tables, or was counted otherwise.
        Done::Measured(_, then) if !is_measured_like(then, pipeline) => {
            Some((Step::Measure, reason))
        }
        Done::Measured(measurement, _) => {
            let asked: StepParameters =
                serde_json::from_value(run.parameters.clone()).unwrap_or_default();
            let enough = pipeline
                .threshold
                .is_some_and(|threshold| measurement.pending_rows >= threshold);
            (enough && !asked.after_etl).then_some((Step::Etl, reason))
        }
    }
}

fn is_measured_like(one: &Pipeline, other: &Pipeline) -> bool {
    Definition::from(one).is_measured_like(&Definition::from(other))
}
