//! `POST /api/metadata/jobs/{id}/retry`

use axum::Json;
use axum::extract::State;
use http::header::LOCATION;
use http::{HeaderName, HeaderValue, StatusCode};
use models::job::JobRetried;
use service_kit::auth::Operator;
use service_kit::extract::{IdempotencyKey, Path};
use uuid::Uuid;

use crate::api::datasources::create::location;
use crate::error::Error;
use crate::service::{Actor, Service};

/// Do again, as a new job, what a job was asked to do that has ended as FAILED, PARTIAL or CANCELLED.
#[utoipa::path(
    post,
    path = "/jobs/{id}/retry",
    tag = "jobs",
    params(("id" = Uuid, Path, description = "The job"), IdempotencyKey),
    responses(
        (status = 202, description = "Queued", body = JobRetried),
        (status = 404, description = "There is none in this tenant, or its data source is gone", body = models::Problem),
        (status = 409, description = "It is active, was a success, or another scan of its data source is active; or that is paused", body = models::Problem),
    )
)]
pub(crate) async fn retry(
    State(service): State<Service>,
    Operator(caller): Operator,
    Path(id): Path<Uuid>,
    IdempotencyKey(key): IdempotencyKey,
) -> Result<Retried, Error> {
    let retried = service
        .retry_job(Actor::from(&caller), key.as_deref(), id)
        .await?;
    Ok(accepted(retried))
}

/// The answer of a retry.
pub(crate) type Retried = (StatusCode, [(HeaderName, HeaderValue); 1], Json<JobRetried>);

/// Says where the new job is.
pub(crate) fn accepted(retried: JobRetried) -> Retried {
    let location = location(&format!("/api/metadata/jobs/{}", retried.job_id));
    (StatusCode::ACCEPTED, [(LOCATION, location)], Json(retried))
}
