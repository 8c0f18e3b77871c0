//! `POST /api/metadata/sync/auto`

use axum::Json;
use axum::extract::State;
use http::header::LOCATION;
use http::{HeaderName, HeaderValue, StatusCode};
use models::scan::{StartSync, SyncStarted};
use service_kit::auth::Operator;
use service_kit::extract::{Body, IdempotencyKey};

use crate::api::datasources::create::location;
use crate::error::Error;
use crate::service::{Actor, Service};

/// Start level 1 of a data source.
#[utoipa::path(
    post,
    path = "/sync/auto",
    tag = "scans",
    params(IdempotencyKey),
    request_body = StartSync,
    responses(
        (status = 202, description = "Queued, or a fresh result is at hand", body = SyncStarted),
        (status = 404, description = "There is no such data source in this tenant", body = models::Problem),
        (status = 409, description = "A sync of it is active; job_id names it; or it is paused", body = models::Problem),
    )
)]
pub(crate) async fn auto(
    State(service): State<Service>,
    Operator(caller): Operator,
    IdempotencyKey(key): IdempotencyKey,
    Body(request): Body<StartSync>,
) -> Result<
    (
        StatusCode,
        [(HeaderName, HeaderValue); 1],
        Json<SyncStarted>,
    ),
    Error,
> {
    let actor = Actor::from(&caller);
    let started = service.start_sync(actor, key.as_deref(), &request).await?;
    let location = location(&format!("/api/metadata/scan/status/{}", started.sync_id));
    Ok((StatusCode::ACCEPTED, [(LOCATION, location)], Json(started)))
}
