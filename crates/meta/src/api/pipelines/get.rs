//! `GET /api/metadata/pipelines/{id}`

use axum::extract::State;
use models::pipeline::PipelineView;
use service_kit::auth::Viewer;
use service_kit::conditional::Tagged;
use service_kit::extract::Path;

use crate::error::Error;
use crate::service::Service;

/// One pipeline, with where it stands and what no longer fits the catalog.
#[utoipa::path(
    get,
    path = "/pipelines/{id}",
    tag = "pipelines",
    params(("id" = i64, Path, description = "The pipeline")),
    responses(
        (status = 200, description = "The pipeline", body = PipelineView),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn get(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Path(id): Path<i64>,
) -> Result<Tagged<PipelineView>, Error> {
    Ok(Tagged(service.get_pipeline(caller.tenant, id).await?))
}
