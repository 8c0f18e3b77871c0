//! `PATCH /api/metadata/jobs/{id}`

use axum::extract::State;
use models::job::{JobDetails, UpdateJob};
use service_kit::auth::Operator;
use service_kit::conditional::{IfMatch, Tagged};
use service_kit::extract::{Body, Path};
use uuid::Uuid;

use crate::error::Error;
use crate::service::{Actor, Service};

/// Report how far a run of a program outside has come, that it lives, or how it has ended.
///
/// The service that an `HTTP_ETL` has called reports in the same way. The answer tells by
/// `cancel_requested_at` that somebody asks to stop the run. What has ended stays so: the same end reported
/// again is answered with the run as it is, another end is refused.
#[utoipa::path(
    patch,
    path = "/jobs/{id}",
    tag = "jobs",
    params(("id" = Uuid, Path, description = "The job"), IfMatch),
    request_body = UpdateJob,
    responses(
        (status = 200, description = "The job as it is now", body = JobDetails),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
        (status = 409, description = "It has ended, or Plumbline runs it itself", body = models::Problem),
        (status = 412, description = "It has changed since", body = models::Problem),
        (status = 422, description = "A value has to be changed", body = models::Problem),
    )
)]
pub(crate) async fn update(
    State(service): State<Service>,
    Operator(caller): Operator,
    Path(id): Path<Uuid>,
    condition: IfMatch,
    Body(request): Body<UpdateJob>,
) -> Result<Tagged<JobDetails>, Error> {
    let updated = service
        .update_job(Actor::from(&caller), id, &condition, request)
        .await?;
    Ok(Tagged(updated))
}
