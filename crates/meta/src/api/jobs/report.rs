//! `POST /api/metadata/jobs`

use axum::Json;
use axum::extract::State;
use http::header::LOCATION;
use http::{HeaderName, HeaderValue, StatusCode};
use models::job::{JobDetails, ReportJob};
use service_kit::auth::Operator;
use service_kit::extract::{Body, IdempotencyKey};

use crate::api::datasources::create::location;
use crate::error::Error;
use crate::service::{Actor, Service};

/// Report a run of a program outside: its start, or the whole of it once it has ended.
///
/// A report with an `external_id` that is known is about the same run: it says how far that has come, as
/// `PATCH /jobs/{id}` does, and may be sent again whenever it is unclear whether it has arrived. The report of
/// a start that comes after the end changes nothing.
///
/// A run that is not heard of for `jobs.external_silence_seconds` ends as FAILED; the end that its program
/// reports later takes the place of that one.
#[utoipa::path(
    post,
    path = "/jobs",
    tag = "jobs",
    params(IdempotencyKey),
    request_body = ReportJob,
    responses(
        (status = 201, description = "A new run", body = JobDetails),
        (status = 200, description = "The run that has this external_id, as it is now", body = JobDetails),
        (status = 409, description = "Another run has this external_id, or the run has ended otherwise", body = models::Problem),
        (status = 422, description = "A value has to be changed", body = models::Problem),
    )
)]
pub(crate) async fn report(
    State(service): State<Service>,
    Operator(caller): Operator,
    IdempotencyKey(key): IdempotencyKey,
    Body(request): Body<ReportJob>,
) -> Result<(StatusCode, [(HeaderName, HeaderValue); 1], Json<JobDetails>), Error> {
    let reported = service
        .report_job(Actor::from(&caller), key.as_deref(), request)
        .await?;
    let status = if reported.is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let location = location(&format!("/api/metadata/jobs/{}", reported.job.job.id));
    Ok((status, [(LOCATION, location)], Json(reported.job)))
}
