//! `DELETE /api/metadata/pipelines/{id}`

use axum::extract::State;
use http::StatusCode;
use service_kit::auth::Admin;
use service_kit::conditional::IfMatch;
use service_kit::extract::Path;

use crate::error::Error;
use crate::service::{Actor, Service};

/// Delete a pipeline with its measurements.
///
/// Its tables and their rows stay, and so do its jobs in the log; those that wait or run are stopped.
#[utoipa::path(
    delete,
    path = "/pipelines/{id}",
    tag = "pipelines",
    params(("id" = i64, Path, description = "The pipeline"), IfMatch),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
        (status = 412, description = "It has changed or run since", body = models::Problem),
    )
)]
pub(crate) async fn delete(
    State(service): State<Service>,
    Admin(caller): Admin,
    Path(id): Path<i64>,
    condition: IfMatch,
) -> Result<StatusCode, Error> {
    service
        .delete_pipeline(Actor::from(&caller), id, &condition)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
