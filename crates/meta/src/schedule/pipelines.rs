//! The ticks of pipelines.
//!
//! A tick fills the sync table; where that is filled from outside, it measures what waits. What is filled is measured
//! next, and so many rows as the pipeline's threshold start its ETL.

use catalog::pipelines;
use chrono::{DateTime, Utc};
use db::StoreError;
use models::TenantId;
use models::job::Trigger;
use models::pipeline::{Fill, Pipeline};
use service_kit::problem::chain;
use uuid::Uuid;

use super::AT_ONCE;
use crate::error::Error;
use crate::service::pipelines::{Step, StepReason, next_run};
use crate::service::{Actor, Service};

/// Runs what is due by now.
pub(super) async fn tick(service: &Service) -> Result<(), Error> {
    let now = service.clock.now();
    let mut connection = service.store.connection().await?;
    let due = pipelines::due(&mut connection, now, AT_ONCE).await?;
    drop(connection);
    let mut failure = None;
    for (tenant, id) in due {
        match run_one(service, tenant, id, now).await {
            Ok(()) => {}
            // Without a store there is nothing to be had from the others.
            Err(error @ Error::Store(StoreError::Unavailable(_))) => return Err(error),
            Err(error) => {
                let (tenant, cause) = (tenant.0, chain(&error));
                tracing::error!(tenant, pipeline = id, error = cause, "pipeline failed");
                failure = Some(error);
            }
        }
    }
    failure.map_or(Ok(()), Err)
}

/// Starts the job of a pipeline whose time has come and plans the next run, in one transaction. Does nothing when
/// another replica is at it, or was.
async fn run_one(
    service: &Service,
    tenant: TenantId,
    id: i64,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let mut tx = service.store.begin(tenant).await?;
    let Some(pipeline) = pipelines::take_due(&mut tx, id, now).await? else {
        return Ok(());
    };
    let Some(schedule) = &pipeline.schedule else {
        return Ok(());
    };
    let Some(next) = next_run(tenant, id, schedule, now) else {
        let (tenant, cron, time_zone) = (tenant.0, &schedule.cron, &schedule.time_zone);
        pipelines::pause(&mut tx, id).await?;
        tx.commit().await?;
        tracing::error!(
            tenant,
            pipeline = id,
            cron,
            time_zone,
            "pipeline paused: its expression or its time zone cannot be read any more"
        );
        return Ok(());
    };
    // A new or resumed one is only planned.
    let started = match schedule.next_run_at {
        Some(_) => start(service, &mut tx, tenant, &pipeline).await?,
        None => None,
    };
    match started {
        Some(job) => pipelines::set_started(&mut tx, id, job, now, next).await?,
        None => pipelines::plan(&mut tx, id, Some(next)).await?,
    };
    tx.commit().await?;
    if let Some(job) = started {
        tracing::info!(tenant = tenant.0, pipeline = id, job_id = %job, "scheduled pipeline started");
    }
    Ok(())
}

/// Enters the job of a tick. None when the tick is passed over.
async fn start(
    service: &Service,
    tx: &mut db::Tx,
    tenant: TenantId,
    pipeline: &Pipeline,
) -> Result<Option<Uuid>, Error> {
    let actor = Actor {
        tenant,
        subject: None,
    };
    let step = match pipeline.fill {
        Fill::Sql(_) => Step::Sync,
        Fill::External(_) => Step::Measure,
    };
    let reason = StepReason::of(Trigger::Schedule);
    match service.queue_step(tx, actor, pipeline, step, reason).await {
        Ok(job) => Ok(Some(job)),
        Err(error @ (Error::Store(_) | Error::Queue(_))) => Err(error),
        // It is active or paused, or no longer fits the catalog, which is shown where the pipeline is.
        Err(error) => {
            tracing::info!(tenant = tenant.0, pipeline = pipeline.id, %error, "tick passed over");
            Ok(None)
        }
    }
}
