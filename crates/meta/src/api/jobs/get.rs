//! `GET /api/metadata/jobs/{id}`

use axum::extract::State;
use jobs::log;
use models::ProblemType;
use models::job::Job;
use service_kit::auth::Viewer;
use service_kit::conditional::Tagged;
use service_kit::extract::Path;
use uuid::Uuid;

use crate::error::Error;
use crate::service::Service;

/// One job. Role: viewer.
#[utoipa::path(
    get,
    path = "/jobs/{id}",
    tag = "jobs",
    params(("id" = Uuid, Path, description = "The job")),
    responses(
        (status = 200, description = "The job", body = Job),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn get(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Path(id): Path<Uuid>,
) -> Result<Tagged<Job>, Error> {
    let mut tx = service.store.begin(caller.tenant).await?;
    let absent = || Error::NotFound(ProblemType::JobNotFound, format!("there is no job {id}"));
    Ok(Tagged(log::get(&mut tx, id).await?.ok_or_else(absent)?))
}
