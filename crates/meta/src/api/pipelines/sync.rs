//! `POST /api/metadata/pipelines/{id}/sync`

use axum::extract::State;
use models::pipeline::PipelineJobStarted;
use service_kit::auth::Operator;
use service_kit::extract::{IdempotencyKey, Path};

use super::{Started, accepted};
use crate::error::Error;
use crate::service::pipelines::Step;
use crate::service::{Actor, Service};

/// Fill the sync table of a pipeline.
///
/// When it has ended well the rows that wait are measured.
#[utoipa::path(
    post,
    path = "/pipelines/{id}/sync",
    tag = "pipelines",
    params(("id" = i64, Path, description = "The pipeline"), IdempotencyKey),
    responses(
        (status = 202, description = "Queued", body = PipelineJobStarted),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
        (status = 409, description = "A fill of it is active, job_id names it; it is filled from outside; it no longer fits the catalog; a data source is paused or may not be written", body = models::Problem),
    )
)]
pub(crate) async fn sync(
    State(service): State<Service>,
    Operator(caller): Operator,
    Path(id): Path<i64>,
    IdempotencyKey(key): IdempotencyKey,
) -> Result<Started, Error> {
    let started = service
        .start_pipeline(Actor::from(&caller), key.as_deref(), id, Step::Sync)
        .await?;
    Ok(accepted(started))
}
