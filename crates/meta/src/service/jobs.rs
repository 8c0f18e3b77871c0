//! Stopping jobs and doing them again.

use ::jobs::log;
use catalog::{datasources, sync_logs};
use db::Tx;
use models::job::{Job, JobDetails, JobRetried, JobStatus, JobType, Trigger};
use models::{ProblemType, TenantId};
use service_kit::problem::Reply;
use uuid::Uuid;

use super::pipelines::{Step, StepReason};
use super::reports::ended;
use super::scans::{DeepScanParameters, DeepScanReason, SyncReason, active_source, left_out};
use super::{Actor, Once, Service};
use crate::error::Error;
use crate::work;

impl Service {
    /// One job with the attempts at it.
    pub(crate) async fn job(&self, tenant: TenantId, id: Uuid) -> Result<JobDetails, Error> {
        let mut tx = self.store.begin(tenant).await?;
        details(&mut tx, id).await
    }

    /// The job of a sync or deep scan.
    pub(crate) async fn job_of_scan(&self, tenant: TenantId, scan: i64) -> Result<Uuid, Error> {
        let mut tx = self.store.begin(tenant).await?;
        sync_logs::job_of(&mut tx, scan)
            .await?
            .ok_or_else(|| Error::scan_not_found(scan))
    }

    /// Stops a job: at once if it waits, as soon as its worker hears of it if it runs. Asking again
    /// changes nothing.
    pub(crate) async fn stop_job(&self, actor: Actor<'_>, id: Uuid) -> Result<JobDetails, Error> {
        let mut tx = self.store.begin(actor.tenant).await?;
        let job = get(&mut tx, id).await?;
        if let Some(datasource) = job.datasource_id {
            datasources::lock(&mut tx, datasource).await?;
        }
        match self.stop(&mut tx, actor, id, job.datasource_id).await? {
            Some(_) => {}
            // It may have been stopped just before, which is what is asked for.
            None => match get(&mut tx, id).await?.status {
                JobStatus::Cancelled => return details(&mut tx, id).await,
                status => return Err(ended(id, status)),
            },
        }
        let stopped = details(&mut tx, id).await?;
        tx.commit().await?;
        Ok(stopped)
    }

    /// Asks to stop a job of a data source that is locked, with what it leaves behind when it has not
    /// begun. None when it has ended.
    pub(super) async fn stop(
        &self,
        tx: &mut Tx,
        actor: Actor<'_>,
        id: Uuid,
        datasource: Option<i64>,
    ) -> Result<Option<JobStatus>, Error> {
        let by = actor.subject.unwrap_or("the service");
        let status = self.jobs.stop(tx, id, by).await?;
        if status == Some(JobStatus::Cancelled) {
            work::stopped(tx, id, datasource).await?;
        }
        Ok(status)
    }

    /// Does again what a job that was not a success was asked to do, as a new job.
    pub(crate) async fn retry_job(
        &self,
        actor: Actor<'_>,
        key: Option<&str>,
        id: Uuid,
    ) -> Result<JobRetried, Error> {
        let once = Once::new(self, actor, key, "retry job", &id);
        let mut tx = self.store.begin(actor.tenant).await?;
        if let Some(retried) = once.recall(&mut tx).await? {
            return Ok(retried);
        }
        let job = get(&mut tx, id).await?;
        if matches!(
            job.status,
            JobStatus::Queued | JobStatus::Running | JobStatus::Success
        ) {
            return Err(not_retryable(format!("job {id} is {}", job.status)));
        }
        let retried = self.queue_again(&mut tx, actor, job).await?;
        once.remember(&mut tx, &retried).await?;
        tx.commit().await?;
        Ok(retried)
    }

    async fn queue_again(
        &self,
        tx: &mut Tx,
        actor: Actor<'_>,
        job: Job,
    ) -> Result<JobRetried, Error> {
        let parent = Some(job.id);
        if Trigger::parse(&job.trigger) == Some(Trigger::External) {
            return Err(not_retryable(format!(
                "job {} was run by a program outside, which alone can run it again",
                job.id
            )));
        }
        if let Some(step) = JobType::parse(&job.job_type).and_then(Step::of) {
            return self.queue_step_again(tx, actor, &job, step).await;
        }
        let datasource = job.datasource_id.ok_or_else(|| {
            Error::NotFound(
                ProblemType::DatasourceNotFound,
                "the data source of the job has been deleted".to_owned(),
            )
        })?;
        let unreadable = |error| {
            not_retryable(format!(
                "what job {} was asked to do cannot be read: {error}",
                job.id
            ))
        };
        let source = active_source(tx, datasource).await?;
        let trigger = Trigger::Manual;
        let (scan_id, job_id) = if job.job_type == JobType::MetadataSync.as_str() {
            let reason = SyncReason {
                trigger,
                parameters: serde_json::from_value(job.parameters).map_err(unreadable)?,
                parent,
            };
            self.queue_sync(tx, actor, datasource, reason).await?
        } else if job.job_type == JobType::DeepScan.as_str() {
            let parameters: DeepScanParameters =
                serde_json::from_value(job.parameters).map_err(unreadable)?;
            let databases = parameters.targets.iter();
            let databases = databases.map(|target| target.database.as_str());
            if let Some((_, detail)) = left_out(databases, source.options).pop() {
                return Err(not_retryable(detail));
            }
            let reason = DeepScanReason { trigger, parent };
            let started = self
                .queue_deep_scan(tx, actor, datasource, reason, &parameters)
                .await?;
            (started.scan_id, started.job_id)
        } else {
            return Err(not_retryable(format!(
                "job {} of type {} was not run by this service",
                job.id, job.job_type
            )));
        };
        Ok(JobRetried {
            job_id,
            scan_id: Some(scan_id),
            status: JobStatus::Queued,
        })
    }
}

impl Service {
    /// A job of a pipeline does what the pipeline says now.
    async fn queue_step_again(
        &self,
        tx: &mut Tx,
        actor: Actor<'_>,
        job: &Job,
        step: Step,
    ) -> Result<JobRetried, Error> {
        let pipeline = job.pipeline_id.ok_or_else(|| {
            Error::NotFound(
                ProblemType::PipelineNotFound,
                "the pipeline of the job has been deleted".to_owned(),
            )
        })?;
        let reason = StepReason {
            parent: Some(job.id),
            ..StepReason::of(Trigger::Manual)
        };
        let started = self.queue_asked(tx, actor, pipeline, step, reason).await?;
        Ok(JobRetried {
            job_id: started.job_id,
            scan_id: None,
            status: started.status,
        })
    }
}

async fn get(tx: &mut Tx, id: Uuid) -> Result<Job, Error> {
    log::get(tx, id)
        .await?
        .ok_or_else(|| Error::job_not_found(id))
}

pub(super) async fn details(tx: &mut Tx, id: Uuid) -> Result<JobDetails, Error> {
    Ok(JobDetails {
        job: get(tx, id).await?,
        attempts: log::attempts(tx, id).await?,
    })
}

fn not_retryable(detail: String) -> Error {
    Reply::new(ProblemType::JobNotRetryable, detail).into()
}
