//! Pipelines: making, changing and deleting them. `start` starts their jobs, `status` says where they stand.

mod check;
mod reported;
mod start;
mod status;

use ::jobs::log;
use catalog::measurements;
use catalog::pipelines::{self, Definition, NAME_KEY, Timing};
use chrono::{DateTime, Utc};
use db::{StoreError, Tx};
use models::pipeline::{
    CreatePipeline, Etl, HEADER_REFERENCES, Pipeline, PipelineSchedule, PipelineView,
    ScheduleRequest, UpdatePipeline,
};
use models::schedule::{Timetable, offset};
use models::{FieldError, ProblemType, TenantId};
use service_kit::conditional::IfMatch;
use service_kit::problem::Reply;

use super::{Actor, Once, Service};
use crate::error::Error;

pub(in crate::service) use self::reported::lock_pipeline_of;
pub(crate) use self::start::{Step, StepParameters, StepReason};

impl Service {
    /// Makes a pipeline that fits the catalog, and plans its first run.
    pub(crate) async fn create_pipeline(
        &self,
        actor: Actor<'_>,
        key: Option<&str>,
        request: CreatePipeline,
    ) -> Result<PipelineView, Error> {
        let once = Once::new(self, actor, key, "create pipeline", &request);
        let mut tx = self.store.begin(actor.tenant).await?;
        if let Some(created) = once.recall(&mut tx).await? {
            return Ok(created);
        }
        let definition = Definition {
            name: request.name,
            sync_table_id: Some(request.sync_table_id),
            biz_table_id: Some(request.biz_table_id),
            fill: request.fill.into(),
            etl: request.etl.into(),
            delta: request.delta.into(),
            target: request.target,
            threshold: request.threshold,
            timing: request.schedule.map(|schedule| self.timing(schedule)),
        };
        self.check_pipeline(&mut tx, actor.tenant, &definition, None)
            .await?;
        let id = pipelines::create(&mut tx, &definition)
            .await
            .map_err(|error| name_taken(error, &definition.name))?;
        let created = existing(&mut tx, id).await?;
        let next = self.next_run_of(actor.tenant, &created);
        pipelines::plan(&mut tx, id, next).await?;
        let view = self.pipeline_view(&mut tx, id).await?;
        once.remember(&mut tx, &view).await?;
        tx.commit().await?;
        Ok(view)
    }

    /// Changes what the request names of a pipeline that is in a state that `condition` takes. Where that changes
    /// when it runs, or resumes it, it is planned from now on.
    pub(crate) async fn update_pipeline(
        &self,
        tenant: TenantId,
        id: i64,
        condition: &IfMatch,
        request: UpdatePipeline,
    ) -> Result<PipelineView, Error> {
        let mut tx = self.store.begin(tenant).await?;
        pipelines::lock(&mut tx, id).await?;
        let view = self.pipeline_view(&mut tx, id).await?;
        condition.check(&view).map_err(Reply::from)?;
        let before = view.pipeline;
        let definition = self.changed(&before, request);
        self.check_pipeline(&mut tx, tenant, &definition, Some(id))
            .await?;
        let is_timed_alike = definition.timing == Definition::from(&before).timing;
        let next = match (&before.schedule, is_timed_alike) {
            (Some(schedule), true) => schedule.next_run_at,
            _ => definition
                .timing
                .as_ref()
                .and_then(|timing| run_after(tenant, id, timing, self.clock.now())),
        };
        let found = pipelines::update(&mut tx, id, &definition, next)
            .await
            .map_err(|error| name_taken(error, &definition.name))?;
        if !found {
            return Err(Error::pipeline_not_found(id));
        }
        if !definition.is_measured_like(&Definition::from(&before)) {
            measurements::forget(&mut tx, id).await?;
        }
        let after = self.pipeline_view(&mut tx, id).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Deletes a pipeline with its measurements. Its jobs stay in the log; those that wait or run are stopped.
    pub(crate) async fn delete_pipeline(
        &self,
        actor: Actor<'_>,
        id: i64,
        condition: &IfMatch,
    ) -> Result<(), Error> {
        let mut tx = self.store.begin(actor.tenant).await?;
        pipelines::lock(&mut tx, id).await?;
        let view = self.pipeline_view(&mut tx, id).await?;
        condition.check(&view).map_err(Reply::from)?;
        for (_, job) in log::active_of_pipeline(&mut tx, id).await? {
            self.stop(&mut tx, actor, job, None).await?;
        }
        if !pipelines::delete(&mut tx, id).await? {
            return Err(Error::pipeline_not_found(id));
        }
        tx.commit().await?;
        Ok(())
    }

    /// One pipeline.
    pub(crate) async fn get_pipeline(
        &self,
        tenant: TenantId,
        id: i64,
    ) -> Result<PipelineView, Error> {
        let mut tx = self.store.begin(tenant).await?;
        self.pipeline_view(&mut tx, id).await
    }

    /// Refuses what does not fit the catalog, and what would run in a circle with other pipelines.
    async fn check_pipeline(
        &self,
        tx: &mut Tx,
        tenant: TenantId,
        definition: &Definition,
        id: Option<i64>,
    ) -> Result<(), Error> {
        let wanted = check::wanted(std::iter::once(definition));
        let facts = pipelines::facts(tx, &wanted).await?;
        let mut errors = check::problems(definition, &facts);
        errors.extend(self.refused_headers(tenant, &definition.etl));
        if definition.threshold.is_some() && matches!(definition.etl, Etl::External(_)) {
            let detail = "nothing can start an ETL that is run outside: leave it out, or have the ETL run here";
            errors.push(FieldError::new("/threshold", detail));
        }
        if errors.is_empty()
            && let (Some(sync), Some(biz)) = (definition.sync_table_id, definition.biz_table_id)
        {
            // The tenant is there, since its tables are.
            pipelines::lock_all(tx).await?;
            if let Some(other) = pipelines::circle(tx, sync, biz, id).await? {
                let detail = format!(
                    "closes a circle: the pipeline {other} leads from this table back to the sync table"
                );
                errors.push(FieldError::new("/biz_table_id", detail));
            }
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(errors))
        }
    }

    /// Headers whose value is kept where the operator lets nobody look.
    fn refused_headers(&self, tenant: TenantId, etl: &Etl) -> Vec<FieldError> {
        let Etl::Http(call) = etl else {
            return Vec::new();
        };
        let kept = call
            .headers
            .iter()
            .filter(|(_, value)| HEADER_REFERENCES.iter().any(|it| value.starts_with(it)));
        kept.filter_map(|(name, value)| {
            let refused = self.references.check(tenant, value).err()?;
            Some(FieldError::new(
                format!("/etl/headers/{}", name.replace('~', "~0")),
                refused.to_string(),
            ))
        })
        .collect()
    }

    fn timing(&self, request: ScheduleRequest) -> Timing {
        let defaults = &self.sync;
        Timing {
            cron: request.cron,
            time_zone: request
                .time_zone
                .unwrap_or_else(|| defaults.time_zone.clone()),
            paused: request.paused,
            jitter_seconds: request.jitter_seconds.unwrap_or(defaults.jitter_seconds),
        }
    }

    /// A pipeline with what a request changes.
    fn changed(&self, before: &Pipeline, request: UpdatePipeline) -> Definition {
        let kept = Definition::from(before);
        Definition {
            name: request.name.unwrap_or(kept.name),
            sync_table_id: request.sync_table_id.or(kept.sync_table_id),
            biz_table_id: request.biz_table_id.or(kept.biz_table_id),
            fill: request.fill.map_or(kept.fill, Into::into),
            etl: request.etl.map_or(kept.etl, Into::into),
            delta: request.delta.map_or(kept.delta, Into::into),
            target: request.target.unwrap_or(kept.target),
            threshold: request.threshold.unwrap_or(kept.threshold),
            timing: match request.schedule {
                Some(schedule) => schedule.map(|schedule| self.timing(schedule)),
                None => kept.timing,
            },
        }
    }

    fn next_run_of(&self, tenant: TenantId, pipeline: &Pipeline) -> Option<DateTime<Utc>> {
        let timing = Definition::from(pipeline).timing?;
        run_after(tenant, pipeline.id, &timing, self.clock.now())
    }
}

/// The first run of a pipeline after a moment; None while it is paused, and where its expression or its zone cannot be
/// read, as after a zone has lost its name.
fn run_after(
    tenant: TenantId,
    id: i64,
    timing: &Timing,
    moment: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    if timing.paused {
        return None;
    }
    Timetable::new(&timing.cron, &timing.time_zone)
        .ok()?
        .run_after(moment, offset(tenant, id, timing.jitter_seconds))
}

/// The run after this moment of a pipeline that has a schedule.
pub(crate) fn next_run(
    tenant: TenantId,
    id: i64,
    schedule: &PipelineSchedule,
    moment: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let timing = Timing {
        cron: schedule.cron.clone(),
        time_zone: schedule.time_zone.clone(),
        paused: schedule.paused,
        jitter_seconds: schedule.jitter_seconds,
    };
    run_after(tenant, id, &timing, moment)
}

async fn existing(tx: &mut Tx, id: i64) -> Result<Pipeline, Error> {
    pipelines::get(tx, id)
        .await?
        .ok_or_else(|| Error::pipeline_not_found(id))
}

fn name_taken(error: StoreError, name: &str) -> Error {
    if error.is_constraint(NAME_KEY) {
        let detail = format!("another pipeline is named {name}");
        let pointed = FieldError::new("/name", "choose a name that no other pipeline has");
        let problem = models::Problem {
            errors: vec![pointed],
            ..models::Problem::new(ProblemType::PipelineNameTaken, detail)
        };
        Reply(problem).into()
    } else {
        error.into()
    }
}
