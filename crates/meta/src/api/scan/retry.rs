//! `POST /api/metadata/scan/{scan_id}/retry`

use axum::extract::State;
use models::job::JobRetried;
use service_kit::auth::Operator;
use service_kit::extract::{IdempotencyKey, Path};

use crate::api::jobs::retry::{Retried, accepted};
use crate::error::Error;
use crate::service::{Actor, Service};

/// Do a deep scan or a sync again, as `POST /jobs/{id}/retry` does its job.
#[utoipa::path(
    post,
    path = "/scan/{scan_id}/retry",
    tag = "scans",
    params(("scan_id" = i64, Path, description = "A scan_id or a sync_id"), IdempotencyKey),
    responses(
        (status = 202, description = "Queued", body = JobRetried),
        (status = 404, description = "There is none in this tenant, or its data source is gone", body = models::Problem),
        (status = 409, description = "It is active, was a success, or another scan of its data source is active; or that is paused", body = models::Problem),
    )
)]
pub(crate) async fn retry(
    State(service): State<Service>,
    Operator(caller): Operator,
    Path(scan_id): Path<i64>,
    IdempotencyKey(key): IdempotencyKey,
) -> Result<Retried, Error> {
    let id = service.job_of_scan(caller.tenant, scan_id).await?;
    let retried = service
        .retry_job(Actor::from(&caller), key.as_deref(), id)
        .await?;
    Ok(accepted(retried))
}
