//! What programs outside report of their runs.

use ::jobs::external::{self, Entered, NewRun, Outcome, Report};
use catalog::tenants;
use models::ProblemType;
use models::job::{JobDetails, JobStatus, ReportJob, UpdateJob};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use service_kit::conditional::IfMatch;
use service_kit::problem::Reply;
use uuid::Uuid;

use super::jobs::details;
use super::pipelines::lock_pipeline_of;
use super::{Actor, Once, Service};
use crate::error::Error;

/// A run that was reported.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Reported {
    /// Whether this was its first report.
    pub(crate) is_new: bool,
    pub(crate) job: JobDetails,
}

impl Service {
    /// Enters a run that a program outside reports, or takes the report for the run of its `external_id`.
    pub(crate) async fn report_job(
        &self,
        actor: Actor<'_>,
        key: Option<&str>,
        request: ReportJob,
    ) -> Result<Reported, Error> {
        let once = Once::new(self, actor, key, "report job", &request);
        let mut tx = self.store.begin(actor.tenant).await?;
        if let Some(reported) = once.recall(&mut tx).await? {
            return Ok(reported);
        }
        let parameters = Value::Object(request.parameters);
        let run = NewRun {
            external_id: request.external_id.as_deref(),
            job_type: &request.job_type,
            target_scope: &request.target_scope,
            requested_by: actor.subject,
            parameters: &parameters,
            parent: None,
        };
        let result = request.result.map(Value::Object);
        let report = Report {
            status: request.status,
            started_at: request.started_at,
            completed_at: request.completed_at,
            records_total: request.records_total,
            records_processed: request.records_processed,
            records_failed: request.records_failed,
            message: request.message.as_deref(),
            error_details: request.error_details.as_deref(),
            result: result.as_ref(),
        };
        // It may be the first thing of its tenant.
        tenants::ensure(&mut tx).await?;
        let id = self.jobs.new_id();
        let mut is_news = true;
        let (id, is_new) = match external::create(&mut tx, id, &run, &report).await? {
            Entered::New => (id, true),
            Entered::Known { is_same: false, .. } => return Err(taken(&run)),
            Entered::Known { id, is_same: true } => {
                let is_end = report.status.is_some_and(|status| !status.is_active());
                let outcome = external::report(&mut tx, id, &report).await?;
                is_news = outcome == Outcome::Taken;
                match outcome {
                    // The report of the start was under way for longer than that of the end, or is repeated.
                    Outcome::Ended(_) if !is_end => {}
                    outcome => taken_or_refused(id, outcome)?,
                }
                (id, false)
            }
        };
        if is_news {
            self.measure_after_report(&mut tx, actor.tenant, id).await?;
        }
        let job = details(&mut tx, id).await?;
        let reported = Reported { is_new, job };
        once.remember(&mut tx, &reported).await?;
        tx.commit().await?;
        Ok(reported)
    }

    /// Takes what is reported of a run that is in a state that `condition` takes.
    pub(crate) async fn update_job(
        &self,
        actor: Actor<'_>,
        id: Uuid,
        condition: &IfMatch,
        request: UpdateJob,
    ) -> Result<JobDetails, Error> {
        let mut tx = self.store.begin(actor.tenant).await?;
        if request.status.is_some_and(|status| !status.is_active()) {
            lock_pipeline_of(&mut tx, id).await?;
        }
        if condition.is_given() {
            external::lock(&mut tx, id).await?;
            let before = details(&mut tx, id).await?;
            condition.check(&before).map_err(Reply::from)?;
        }
        let result = request.result.map(Value::Object);
        let report = Report {
            status: request.status,
            started_at: None,
            completed_at: request.completed_at,
            records_total: request.records_total,
            records_processed: request.records_processed,
            records_failed: request.records_failed,
            message: request.message.as_deref(),
            error_details: request.error_details.as_deref(),
            result: result.as_ref(),
        };
        let outcome = external::report(&mut tx, id, &report).await?;
        taken_or_refused(id, outcome)?;
        if outcome == Outcome::Taken {
            self.measure_after_report(&mut tx, actor.tenant, id).await?;
        }
        let updated = details(&mut tx, id).await?;
        tx.commit().await?;
        Ok(updated)
    }
}

fn taken_or_refused(id: Uuid, outcome: Outcome) -> Result<(), Error> {
    match outcome {
        Outcome::Taken | Outcome::Repeated => Ok(()),
        Outcome::Ended(status) => Err(ended(id, status)),
        Outcome::Ours => {
            let detail =
                format!("Plumbline runs job {id} itself, so that it takes no report on it");
            Err(Reply::new(ProblemType::JobNotReported, detail).into())
        }
        Outcome::Unknown => Err(Error::job_not_found(id)),
    }
}

/// The end of a job that is asked for too late, or otherwise than it was.
pub(super) fn ended(id: Uuid, status: JobStatus) -> Error {
    let detail = format!("job {id} has ended as {status}");
    Reply::new(ProblemType::JobEnded, detail).into()
}

fn taken(run: &NewRun<'_>) -> Error {
    let detail = format!(
        "a run of another job_type or target_scope has the external_id {:?}",
        run.external_id.unwrap_or_default()
    );
    Reply::new(ProblemType::ExternalIdTaken, detail).into()
}
