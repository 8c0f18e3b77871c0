//! `GET /api/metadata/scan/{scan_id}/events`

use axum::extract::State;
use axum::response::Response;
use service_kit::auth::Viewer;
use service_kit::extract::Path;

use crate::api::events::{LastEventId, stream};
use crate::error::Error;
use crate::service::Service;
use crate::service::events::Subject;

/// The states of a deep scan or a sync as server-sent events, as `GET /jobs/{id}/events` has those of a
/// job. An event's data is what `GET /scan/status/{scan_id}` answers.
#[utoipa::path(
    get,
    path = "/scan/{scan_id}/events",
    tag = "scans",
    params(("scan_id" = i64, Path, description = "A scan_id or a sync_id"), LastEventId),
    responses(
        (status = 200, description = "Events", body = String, content_type = "text/event-stream"),
        (status = 204, description = "The caller has seen its end"),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn events(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Path(scan_id): Path<i64>,
    last: LastEventId,
) -> Result<Response, Error> {
    let job = service.job_of_scan(caller.tenant, scan_id).await?;
    let gone = Error::scan_not_found(scan_id);
    stream(service, &caller, Subject::Scan(scan_id, job), last, gone).await
}
