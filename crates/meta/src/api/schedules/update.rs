//! `PATCH /api/metadata/schedules/{id}`

use axum::extract::State;
use models::schedule::{Schedule, UpdateSchedule};
use service_kit::auth::AdminOrService;
use service_kit::conditional::{IfMatch, Tagged};
use service_kit::extract::{Body, Path};

use super::keeper;
use crate::error::Error;
use crate::service::Service;

/// Change, pause or resume a schedule; what the request leaves out stays.
///
/// From a change of its times on, and when it is resumed, it is planned anew: what passed by meanwhile is not
/// made up for. A default schedule whose times are changed no longer follows the configuration. Its data
/// source and level stay what they are.
#[utoipa::path(
    patch,
    path = "/schedules/{id}",
    tag = "schedules",
    params(("id" = i64, Path, description = "The schedule"), IfMatch),
    request_body = UpdateSchedule,
    responses(
        (status = 200, description = "The schedule as it is now", body = Schedule),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
        (status = 412, description = "It has changed or run since", body = models::Problem),
        (status = 422, description = "The expression, the zone or the databases have to be changed", body = models::Problem),
    )
)]
pub(crate) async fn update(
    State(service): State<Service>,
    AdminOrService(caller): AdminOrService,
    Path(id): Path<i64>,
    condition: IfMatch,
    Body(request): Body<UpdateSchedule>,
) -> Result<Tagged<Schedule>, Error> {
    let updated = service
        .update_schedule(caller.tenant, keeper(&caller), id, &condition, request)
        .await?;
    Ok(Tagged(updated))
}
