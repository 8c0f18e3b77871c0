//! `GET /api/metadata/schedules/{id}`

use axum::extract::State;
use models::schedule::Schedule;
use service_kit::auth::Viewer;
use service_kit::conditional::Tagged;
use service_kit::extract::Path;

use crate::error::Error;
use crate::service::Service;

/// One schedule, with its next and its last run.
#[utoipa::path(
    get,
    path = "/schedules/{id}",
    tag = "schedules",
    params(("id" = i64, Path, description = "The schedule")),
    responses(
        (status = 200, description = "The schedule", body = Schedule),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn get(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Path(id): Path<i64>,
) -> Result<Tagged<Schedule>, Error> {
    Ok(Tagged(service.get_schedule(caller.tenant, id).await?))
}
