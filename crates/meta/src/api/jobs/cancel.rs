//! `POST /api/metadata/jobs/{id}/cancel`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use models::job::JobDetails;
use service_kit::auth::Operator;
use service_kit::extract::Path;
use uuid::Uuid;

use crate::error::Error;
use crate::service::{Actor, Service};

/// Stop a job. One that waits ends at once; one that runs ends within two seconds, together with its
/// statement on the data source. Sending it again changes nothing.
#[utoipa::path(
    post,
    path = "/jobs/{id}/cancel",
    tag = "jobs",
    params(("id" = Uuid, Path, description = "The job")),
    responses(
        (status = 202, description = "The job as it is now", body = JobDetails),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
        (status = 409, description = "It has ended", body = models::Problem),
    )
)]
pub(crate) async fn cancel(
    State(service): State<Service>,
    Operator(caller): Operator,
    Path(id): Path<Uuid>,
) -> Result<(StatusCode, Json<JobDetails>), Error> {
    let job = service.stop_job(Actor::from(&caller), id).await?;
    Ok((StatusCode::ACCEPTED, Json(job)))
}
