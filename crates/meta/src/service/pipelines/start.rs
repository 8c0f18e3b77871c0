//! Starting the jobs of pipelines: the one way, whether somebody asks, a schedule does, or one job follows another.

use catalog::pipelines::{self, Facts};
use db::Tx;
use jobs::{JobError, NewJob, log};
use models::job::{JobStatus, JobType, Trigger};
use models::pipeline::{Etl, Fill, Pipeline, PipelineJobStarted};
use models::{FieldError, Problem, ProblemType, TenantId};
use serde::{Deserialize, Serialize};
use service_kit::problem::Reply;
use uuid::Uuid;

use super::existing;
use crate::error::Error;
use crate::service::{Actor, Once, Service};

/// What of a pipeline is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The sync table is filled.
    Sync,
    /// The business table is made from it.
    Etl,
    /// The rows that wait are counted.
    Measure,
}

impl Step {
    /// The step that jobs of a type run, if they run one.
    pub(crate) fn of(job_type: JobType) -> Option<Self> {
        match job_type {
            JobType::SqlSync => Some(Self::Sync),
            JobType::SqlEtl | JobType::HttpEtl => Some(Self::Etl),
            JobType::Measure => Some(Self::Measure),
            JobType::MetadataSync | JobType::DeepScan => None,
        }
    }
}

/// Why it is run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StepReason {
    pub(crate) trigger: Trigger,
    /// The job that it follows, or does again.
    pub(crate) parent: Option<Uuid>,
    /// Whether it follows an ETL. A measurement then starts none: rows that stayed behind would start it for ever.
    pub(crate) after_etl: bool,
}

impl StepReason {
    pub(crate) fn of(trigger: Trigger) -> Self {
        Self {
            trigger,
            parent: None,
            after_etl: false,
        }
    }
}

/// What a job of a pipeline is asked to do. How, the pipeline says when the job runs.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepParameters {
    /// See [`StepReason::after_etl`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) after_etl: bool,
}

impl Service {
    /// Starts a job of a pipeline on request.
    pub(crate) async fn start_pipeline(
        &self,
        actor: Actor<'_>,
        key: Option<&str>,
        id: i64,
        step: Step,
    ) -> Result<PipelineJobStarted, Error> {
        let operation = match step {
            Step::Sync => "sync pipeline",
            Step::Etl => "run etl of pipeline",
            Step::Measure => "measure pipeline",
        };
        let once = Once::new(self, actor, key, operation, &id);
        let mut tx = self.store.begin(actor.tenant).await?;
        if let Some(started) = once.recall(&mut tx).await? {
            return Ok(started);
        }
        let reason = StepReason::of(Trigger::Manual);
        let started = self.queue_asked(&mut tx, actor, id, step, reason).await?;
        once.remember(&mut tx, &started).await?;
        tx.commit().await?;
        Ok(started)
    }

    /// Enters a job of a pipeline that somebody waits for, in the caller's transaction.
    pub(in crate::service) async fn queue_asked(
        &self,
        tx: &mut Tx,
        actor: Actor<'_>,
        id: i64,
        step: Step,
        reason: StepReason,
    ) -> Result<PipelineJobStarted, Error> {
        pipelines::lock(tx, id).await?;
        let pipeline = existing(tx, id).await?;
        let (problems, facts) = self.pipeline_problems(tx, &pipeline).await?;
        startable(&pipeline, step, &facts, problems)?;
        writable(&pipeline, step, &facts)?;
        let job_id = self.enter_step(tx, actor, &pipeline, step, reason).await?;
        Ok(PipelineJobStarted {
            pipeline_id: id,
            job_id,
            status: JobStatus::Queued,
        })
    }

    /// Enters a job of a pipeline that is locked, as a schedule or another job of it asks, in the caller's transaction.
    /// Where its data source may not be written the job says so when it runs, for all to see.
    pub(crate) async fn queue_step(
        &self,
        tx: &mut Tx,
        actor: Actor<'_>,
        pipeline: &Pipeline,
        step: Step,
        reason: StepReason,
    ) -> Result<Uuid, Error> {
        let (problems, facts) = self.pipeline_problems(tx, pipeline).await?;
        startable(pipeline, step, &facts, problems)?;
        self.enter_step(tx, actor, pipeline, step, reason).await
    }

    async fn enter_step(
        &self,
        tx: &mut Tx,
        actor: Actor<'_>,
        pipeline: &Pipeline,
        step: Step,
        reason: StepReason,
    ) -> Result<Uuid, Error> {
        let job_type = match (step, &pipeline.etl) {
            (Step::Sync, _) => JobType::SqlSync,
            (Step::Etl, Etl::Http(_)) => JobType::HttpEtl,
            (Step::Etl, _) => JobType::SqlEtl,
            (Step::Measure, _) => JobType::Measure,
        };
        let parameters = StepParameters {
            after_etl: reason.after_etl,
        };
        let new = NewJob {
            job_type,
            datasource_id: None,
            pipeline_id: Some(pipeline.id),
            target_scope: &pipeline.scope(),
            trigger: reason.trigger,
            requested_by: actor.subject,
            parameters: serde_json::json!(parameters),
            parent: reason.parent,
        };
        match self.jobs.start(tx, actor.tenant, &new).await {
            Ok(job) => Ok(job),
            Err(JobError::Active(job)) => {
                if step == Step::Measure && !reason.after_etl {
                    // It counts for this one too, which may start the ETL.
                    log::set_parameters(tx, job, &new.parameters).await?;
                }
                Err(Error::PipelineActive(job))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Enters a job that follows another one, in the caller's transaction, where it can be started.
    pub(crate) async fn queue_following(
        &self,
        tx: &mut Tx,
        tenant: TenantId,
        pipeline: &Pipeline,
        step: Step,
        reason: StepReason,
    ) -> Result<(), Error> {
        let nobody = Actor {
            tenant,
            subject: None,
        };
        match self.queue_step(tx, nobody, pipeline, step, reason).await {
            // One that waits does what this one would have done.
            Ok(_) | Err(Error::PipelineActive(_)) => Ok(()),
            Err(error @ (Error::Store(_) | Error::Queue(_))) => Err(error),
            // It is paused, or no longer fits the catalog, which is shown where the pipeline is.
            Err(error) => {
                tracing::info!(pipeline = pipeline.id, parent = ?reason.parent, %error, "nothing follows");
                Ok(())
            }
        }
    }
}

/// Refuses what cannot be run as things are.
fn startable(
    pipeline: &Pipeline,
    step: Step,
    facts: &Facts,
    problems: Vec<FieldError>,
) -> Result<(), Error> {
    let outside = match (step, &pipeline.fill, &pipeline.etl) {
        (Step::Sync, Fill::External(_), _) => Some("the sync table"),
        (Step::Etl, _, Etl::External(_)) => Some("the business table"),
        _ => None,
    };
    if let Some(table) = outside {
        let detail = format!(
            "{table} of the pipeline {} is written by a program outside, which reports its runs: start it there",
            pipeline.name
        );
        return Err(Reply::new(ProblemType::PipelineExternal, detail).into());
    }
    if !problems.is_empty() {
        let detail = format!(
            "the pipeline {} no longer fits the catalog: {}",
            pipeline.name, problems[0].detail
        );
        let problem = Problem {
            errors: problems,
            ..Problem::new(ProblemType::PipelineBroken, detail)
        };
        return Err(Reply(problem).into());
    }
    match paused_source(pipeline, step, facts) {
        Some(name) => Err(Error::DatasourcePaused(name.to_owned())),
        None => Ok(()),
    }
}

/// A data source that the step needs and that is left alone.
fn paused_source<'a>(pipeline: &Pipeline, step: Step, facts: &'a Facts) -> Option<&'a str> {
    if let (Step::Sync, Fill::Sql(fill)) = (step, &pipeline.fill)
        && let Some(source) = facts.sources.get(&fill.resource_id)
        && source.is_paused
    {
        return Some(&source.name);
    }
    let tables = match step {
        Step::Sync => [pipeline.sync_table_id, None],
        Step::Etl => [pipeline.biz_table_id, None],
        Step::Measure => [pipeline.sync_table_id, pipeline.biz_table_id],
    };
    let mut tables = tables.iter().flatten();
    let paused = tables.find_map(|id| facts.tables.get(id).filter(|it| it.is_source_paused));
    paused.map(|table| table.names.datasource_name.as_str())
}

/// Refuses to write where an administrator has not allowed it.
fn writable(pipeline: &Pipeline, step: Step, facts: &Facts) -> Result<(), Error> {
    let written = match (step, &pipeline.etl) {
        (Step::Sync, _) => pipeline.sync_table_id,
        (Step::Etl, Etl::Sql(_)) => pipeline.biz_table_id,
        _ => None,
    };
    let table = written.and_then(|id| facts.tables.get(&id));
    match table.filter(|table| !table.is_source_writable) {
        Some(table) => {
            let detail = format!(
                "the data source {} may not be written: an administrator sets its options.writable to true",
                table.names.datasource_name
            );
            Err(Reply::new(ProblemType::DatasourceReadOnly, detail).into())
        }
        None => Ok(()),
    }
}
