//! What events of `OpenLineage` tell.

use ::jobs::observed::{self, Observed};
use catalog::lineage::{self, KnownRun};
use catalog::tenants;
use chrono::{DateTime, Duration};
use db::Tx;
use models::job::check_type;
use models::openlineage::{Event, History, JobOf, LineageReceived, Named, RunOf, Subject};
use serde_json::json;
use uuid::Uuid;

use super::{Actor, Service};
use crate::error::Error;

/// How far the clock of a producer may be ahead. One that is further ahead would have the last word on its run
/// for as long.
const AHEAD: Duration = Duration::days(1);
/// The type of a job whose events do not say one.
const EXTERNAL: &str = "EXTERNAL";

impl Service {
    /// Takes what an event tells. All the events of a run make the same of it, in whichever order they come
    /// and however often.
    pub(crate) async fn receive_lineage(
        &self,
        actor: Actor<'_>,
        event: &Event,
    ) -> Result<LineageReceived, Error> {
        if event.event_time > self.clock.now() + AHEAD {
            return Err(Error::invalid("/eventTime", "lies more than a day ahead"));
        }
        if event.event_time < DateTime::UNIX_EPOCH {
            return Err(Error::invalid("/eventTime", "must not be before 1970"));
        }
        let subject = event
            .subject()
            .map_err(|error| Error::Invalid(vec![error]))?;
        let mut tx = self.store.begin(actor.tenant).await?;
        let (job_id, job) = match subject {
            Subject::Run(run, job) => {
                let id = self.observe(&mut tx, actor, event, run, job).await?;
                (Some(id), Some(job))
            }
            Subject::Job(job) => (None, Some(job)),
            // What is told of a dataset alone says nothing of where its data come from.
            Subject::Dataset => (None, None),
        };
        let edges = match job {
            Some(job) => {
                lineage::put_edges(&mut tx, &named(job), event).await?;
                event.inputs.len() + event.outputs.len()
            }
            None => 0,
        };
        tx.commit().await?;
        Ok(LineageReceived { job_id, edges })
    }

    /// Joins an event with what is known of its run, and answers with the job that stands for it.
    async fn observe(
        &self,
        tx: &mut Tx,
        actor: Actor<'_>,
        event: &Event,
        run: &RunOf,
        job: &JobOf,
    ) -> Result<Uuid, Error> {
        let external_id = outside(run.run_id);
        let parent = run.parent().map(outside);
        observed::lock(tx, &external_id, parent.as_deref()).await?;
        let known = lineage::run(tx, run.run_id).await?;
        let told = History::of(event, run, job);
        let before = known.as_ref().and_then(|known| known.history.clone());
        let stood = before.as_ref().map(History::status);
        let history = match before {
            Some(before) => before.and(told),
            None => told,
        };
        if let Some(KnownRun {
            job_id,
            history: Some(before),
        }) = &known
            && *before == history
            && history.ended_at().is_some()
        {
            // Of a run that goes on, even what is known says that it lives.
            return Ok(*job_id);
        }
        let parent = match history.parent() {
            Some(parent) => lineage::run(tx, parent).await?.map(|parent| parent.job_id),
            None => None,
        };
        tenants::ensure(tx).await?;
        let id = known.map_or_else(|| self.jobs.new_id(), |known| known.job_id);
        let id = put(tx, actor, id, &external_id, parent, &history).await?;
        lineage::put_run(tx, run.run_id, id, &history).await?;
        let children = lineage::children(tx, run.run_id).await?;
        observed::set_parent(tx, &children, id).await?;
        if stood != Some(history.status()) {
            self.measure_after_report(tx, actor.tenant, id).await?;
        }
        Ok(id)
    }
}

/// What the log calls a run outside.
fn outside(run_id: Uuid) -> String {
    format!("openlineage:{run_id}")
}

async fn put(
    tx: &mut Tx,
    actor: Actor<'_>,
    id: Uuid,
    external_id: &str,
    parent: Option<Uuid>,
    history: &History,
) -> Result<Uuid, Error> {
    let Named { namespace, name } = history.job();
    let job_type = history.job_type().filter(|word| check_type(word).is_ok());
    let run = Observed {
        external_id,
        job_type: job_type.unwrap_or(EXTERNAL),
        target_scope: &format!("{namespace}/{name}"),
        requested_by: actor.subject,
        parameters: &json!({ "namespace": namespace, "name": name }),
        parent,
        status: history.status(),
        started_at: history.began_at(),
        completed_at: history.ended_at(),
        records_processed: history.rows(),
        error_details: history.error(),
        result: &json!({ "outputs": history.outputs() }),
    };
    Ok(observed::put(tx, id, &run).await?)
}

fn named(job: &JobOf) -> Named {
    Named {
        namespace: job.namespace.clone(),
        name: job.name.clone(),
    }
}
