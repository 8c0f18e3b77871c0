//! `GET /api/metadata/jobs/{id}/events`

use axum::extract::State;
use axum::response::Response;
use service_kit::auth::Viewer;
use service_kit::extract::Path;
use uuid::Uuid;

use crate::api::events::{LastEventId, stream};
use crate::error::Error;
use crate::service::Service;
use crate::service::events::Subject;

/// The states of a job as server-sent events: the present one at once, each further one when it
/// comes, at most a few a second, and the last. An event's data is the job as `GET /jobs` lists it, its
/// id the job's version. Any replica serves it. The stream ends with the job or with the caller's
/// token; 204 when there is nothing new and will never be.
#[utoipa::path(
    get,
    path = "/jobs/{id}/events",
    tag = "jobs",
    params(("id" = Uuid, Path, description = "The job"), LastEventId),
    responses(
        (status = 200, description = "Events", body = String, content_type = "text/event-stream"),
        (status = 204, description = "The caller has seen its end"),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn events(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Path(id): Path<Uuid>,
    last: LastEventId,
) -> Result<Response, Error> {
    let gone = Error::job_not_found(id);
    stream(service, &caller, Subject::Job(id), last, gone).await
}
