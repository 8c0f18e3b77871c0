//! `POST /api/metadata/pipelines/{id}/measure`

use axum::extract::State;
use models::pipeline::PipelineJobStarted;
use service_kit::auth::Operator;
use service_kit::extract::{IdempotencyKey, Path};

use super::{Started, accepted};
use crate::error::Error;
use crate::service::pipelines::Step;
use crate::service::{Actor, Service};

/// Count the rows of a pipeline that wait to be processed.
///
/// So many as its threshold start the ETL.
#[utoipa::path(
    post,
    path = "/pipelines/{id}/measure",
    tag = "pipelines",
    params(("id" = i64, Path, description = "The pipeline"), IdempotencyKey),
    responses(
        (status = 202, description = "Queued", body = PipelineJobStarted),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
        (status = 409, description = "A measurement of it is active, job_id names it; it no longer fits the catalog; a data source is paused", body = models::Problem),
    )
)]
pub(crate) async fn measure(
    State(service): State<Service>,
    Operator(caller): Operator,
    Path(id): Path<i64>,
    IdempotencyKey(key): IdempotencyKey,
) -> Result<Started, Error> {
    let started = service
        .start_pipeline(Actor::from(&caller), key.as_deref(), id, Step::Measure)
        .await?;
    Ok(accepted(started))
}
