//! `GET /api/metadata/jobs/events`

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use axum::response::sse::Event;
use chrono::{DateTime, Utc};
use futures::{Stream, StreamExt, stream};
use models::job::Job;
use serde::Deserialize;
use service_kit::auth::Viewer;
use service_kit::extract::Query;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::api::events::{LastEventId, answer, event};
use crate::error::Error;
use crate::service::Service;
use crate::service::events::{FollowedJobs, JobState, SharedJob};

/// What the query string says.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AllEventsQuery {
    /// Only jobs of this type, such as `DEEP_SCAN`.
    #[serde(rename = "type")]
    #[param(rename = "type")]
    job_type: Option<String>,
    /// Only jobs of this scope.
    scope: Option<String>,
    /// Only jobs that read this data source.
    resource_id: Option<i64>,
    /// Only runs of this pipeline.
    pipeline_id: Option<i64>,
}

/// What becomes of all jobs, as server-sent events: at first an event named `open`, which has no job, then the jobs
/// that wait or run, and each one that is new or has changed when that happens, at most a few times a second.
///
/// An event's data is a job as `GET /jobs` lists it; its id tells when that was read. Whoever comes back with it as
/// `Last-Event-ID` is also told of the jobs that have ended in the meantime, those of the last hour, and of some a second
/// time: `version` tells which state of a job is the newer one. Of what waits or runs the first 500 are told, and of
/// what has ended the last 500; `GET /jobs` lists them all. Any replica serves it. The stream ends with the caller's
/// token.
#[utoipa::path(
    get,
    path = "/jobs/events",
    tag = "jobs",
    params(AllEventsQuery, LastEventId),
    responses((status = 200, description = "Events", body = String, content_type = "text/event-stream"))
)]
pub(crate) async fn all_events(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Query(query): Query<AllEventsQuery>,
    last: LastEventId,
) -> Result<Response, Error> {
    let seen = last.0.and_then(DateTime::<Utc>::from_timestamp_micros);
    let followed = service.events.follow_all(caller.tenant, seen).await?;
    Ok(answer(&service, &caller, told(query, followed)))
}

fn told(query: AllEventsQuery, followed: FollowedJobs) -> impl Stream<Item = Event> + use<> {
    let FollowedJobs {
        moment,
        present,
        changes,
    } = followed;
    let open = event(moment.timestamp_micros(), "{}").event("open");
    let told = Told {
        versions: versions(&present),
        query,
    };
    let present = present
        .into_iter()
        .filter(|state| told.query.takes(&state.job));
    let present: Vec<Event> = present.map(|state| of_job(&state)).collect();
    // Whoever is too slow is sent away, and told what it has missed when it comes back.
    let changes = stream::unfold((changes, told), |(mut changes, mut told)| async move {
        loop {
            let state = changes.recv().await.ok()?;
            if told.is_new(&state.job) && told.query.takes(&state.job) {
                return Some((of_job(&state), (changes, told)));
            }
        }
    });
    stream::iter([open])
        .chain(stream::iter(present))
        .chain(changes)
}

fn of_job(state: &JobState) -> Event {
    event(state.moment.timestamp_micros(), &state.document)
}

fn versions(present: &[SharedJob]) -> HashMap<Uuid, i64> {
    let jobs = present.iter().map(|state| &state.job);
    jobs.map(|job| (job.id, job.version)).collect()
}

impl AllEventsQuery {
    fn takes(&self, job: &Job) -> bool {
        let Self {
            job_type,
            scope,
            resource_id,
            pipeline_id,
        } = self;
        job_type.as_ref().is_none_or(|it| *it == job.job_type)
            && scope.as_ref().is_none_or(|it| *it == job.target_scope)
            && resource_id.is_none_or(|it| Some(it) == job.datasource_id)
            && pipeline_id.is_none_or(|it| Some(it) == job.pipeline_id)
    }
}

/// What has been told.
struct Told {
    query: AllEventsQuery,
    /// The version of each job that was there at first or that waits or runs: what was read before that is older.
    versions: HashMap<Uuid, i64>,
}

impl Told {
    /// Whether a state of a job is a newer one, which it then is no more.
    fn is_new(&mut self, job: &Job) -> bool {
        let known = self.versions.get(&job.id).copied();
        let is_new = known.is_none_or(|known| job.version > known);
        if !job.status.is_active() {
            self.versions.remove(&job.id);
        } else if is_new {
            self.versions.insert(job.id, job.version);
        }
        is_new
    }
}
