//! `DELETE /api/metadata/schedules/{id}`

use axum::extract::State;
use http::StatusCode;
use service_kit::auth::AdminOrService;
use service_kit::conditional::IfMatch;
use service_kit::extract::Path;

use super::keeper;
use crate::error::Error;
use crate::service::Service;

/// Delete a schedule; the jobs that it started stay.
#[utoipa::path(
    delete,
    path = "/schedules/{id}",
    tag = "schedules",
    params(("id" = i64, Path, description = "The schedule"), IfMatch),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
        (status = 412, description = "It has changed or run since", body = models::Problem),
    )
)]
pub(crate) async fn delete(
    State(service): State<Service>,
    AdminOrService(caller): AdminOrService,
    Path(id): Path<i64>,
    condition: IfMatch,
) -> Result<StatusCode, Error> {
    service
        .delete_schedule(caller.tenant, keeper(&caller), id, &condition)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
