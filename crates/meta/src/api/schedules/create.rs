//! `POST /api/metadata/schedules`

use axum::Json;
use axum::extract::State;
use http::header::LOCATION;
use http::{HeaderName, HeaderValue, StatusCode};
use models::schedule::{CreateSchedule, Schedule};
use service_kit::auth::AdminOrService;
use service_kit::extract::{Body, IdempotencyKey};

use super::keeper;
use crate::api::datasources::create::location;
use crate::error::Error;
use crate::service::{Actor, Service};

/// Read a data source again and again.
///
/// Level 1 lists the server's databases, level 2 reads the databases that are named. A data source may have
/// any number of schedules beside the one of level 1 that it gets when it is registered. A tick at which a
/// scan of the same data source and level is active is passed over.
#[utoipa::path(
    post,
    path = "/schedules",
    tag = "schedules",
    params(IdempotencyKey),
    request_body = CreateSchedule,
    responses(
        (status = 201, description = "Made and planned", body = Schedule),
        (status = 404, description = "There is no such data source in this tenant", body = models::Problem),
        (status = 409, description = "Manager has one already", body = models::Problem),
        (status = 422, description = "The expression, the zone or the databases have to be changed", body = models::Problem),
    )
)]
pub(crate) async fn create(
    State(service): State<Service>,
    AdminOrService(caller): AdminOrService,
    IdempotencyKey(key): IdempotencyKey,
    Body(request): Body<CreateSchedule>,
) -> Result<(StatusCode, [(HeaderName, HeaderValue); 1], Json<Schedule>), Error> {
    let actor = Actor {
        tenant: caller.tenant,
        subject: Some(&caller.subject),
    };
    let created = service
        .create_schedule(actor, keeper(&caller), key.as_deref(), request)
        .await?;
    let location = location(&format!("/api/metadata/schedules/{}", created.id));
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(created)))
}
