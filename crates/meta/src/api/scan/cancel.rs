//! `POST /api/metadata/scan/{scan_id}/cancel`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use models::job::JobDetails;
use service_kit::auth::Operator;
use service_kit::extract::Path;

use crate::error::Error;
use crate::service::{Actor, Service};

/// Stop a deep scan or a sync, as `POST /jobs/{id}/cancel` stops its job.
#[utoipa::path(
    post,
    path = "/scan/{scan_id}/cancel",
    tag = "scans",
    params(("scan_id" = i64, Path, description = "A scan_id or a sync_id")),
    responses(
        (status = 202, description = "Its job as it is now", body = JobDetails),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
        (status = 409, description = "It has ended", body = models::Problem),
    )
)]
pub(crate) async fn cancel(
    State(service): State<Service>,
    Operator(caller): Operator,
    Path(scan_id): Path<i64>,
) -> Result<(StatusCode, Json<JobDetails>), Error> {
    let id = service.job_of_scan(caller.tenant, scan_id).await?;
    let job = service.stop_job(Actor::from(&caller), id).await?;
    Ok((StatusCode::ACCEPTED, Json(job)))
}
