//! `PATCH /api/metadata/pipelines/{id}`

use axum::extract::State;
use models::pipeline::{PipelineView, UpdatePipeline};
use service_kit::auth::Admin;
use service_kit::conditional::{IfMatch, Tagged};
use service_kit::extract::{Body, Path};

use crate::error::Error;
use crate::service::Service;

/// Change a pipeline; what the request leaves out stays.
///
/// The whole must fit the catalog afterwards. A job that is under way goes on as it began.
#[utoipa::path(
    patch,
    path = "/pipelines/{id}",
    tag = "pipelines",
    params(("id" = i64, Path, description = "The pipeline"), IfMatch),
    request_body = UpdatePipeline,
    responses(
        (status = 200, description = "The pipeline as it is now", body = PipelineView),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
        (status = 409, description = "The name is taken", body = models::Problem),
        (status = 412, description = "It has changed or run since", body = models::Problem),
        (status = 422, description = "It does not fit the catalog, closes a circle, or values have to be changed", body = models::Problem),
    )
)]
pub(crate) async fn update(
    State(service): State<Service>,
    Admin(caller): Admin,
    Path(id): Path<i64>,
    condition: IfMatch,
    Body(request): Body<UpdatePipeline>,
) -> Result<Tagged<PipelineView>, Error> {
    let updated = service
        .update_pipeline(caller.tenant, id, &condition, request)
        .await?;
    Ok(Tagged(updated))
}
