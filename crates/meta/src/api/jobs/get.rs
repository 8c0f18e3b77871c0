//! `GET /api/metadata/jobs/{id}`

use axum::extract::State;
use models::job::JobDetails;
use service_kit::auth::Viewer;
use service_kit::conditional::Tagged;
use service_kit::extract::Path;
use uuid::Uuid;

use crate::error::Error;
use crate::service::Service;

/// One job, with the attempts at it.
#[utoipa::path(
    get,
    path = "/jobs/{id}",
    tag = "jobs",
    params(("id" = Uuid, Path, description = "The job")),
    responses(
        (status = 200, description = "The job", body = JobDetails),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn get(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Path(id): Path<Uuid>,
) -> Result<Tagged<JobDetails>, Error> {
    Ok(Tagged(service.job(caller.tenant, id).await?))
}
