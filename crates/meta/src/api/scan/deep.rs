//! `POST /api/metadata/scan/deep`

use axum::Json;
use axum::extract::State;
use http::header::LOCATION;
use http::{HeaderName, HeaderValue, StatusCode};
use models::job::Trigger;
use models::scan::{DeepScanStarted, StartDeepScan};
use service_kit::auth::OperatorOrService;
use service_kit::extract::{Body, IdempotencyKey};

use crate::api::datasources::create::location;
use crate::error::Error;
use crate::service::{Actor, Service};

/// Start level 2 of one or several databases.
#[utoipa::path(
    post,
    path = "/scan/deep",
    tag = "scans",
    params(IdempotencyKey),
    request_body = StartDeepScan,
    responses(
        (status = 202, description = "Queued", body = DeepScanStarted),
        (status = 404, description = "There is no such data source in this tenant", body = models::Problem),
        (status = 409, description = "A deep scan of it is active; job_id names it; or it is paused", body = models::Problem),
    )
)]
pub(crate) async fn deep(
    State(service): State<Service>,
    OperatorOrService(caller): OperatorOrService,
    IdempotencyKey(key): IdempotencyKey,
    Body(request): Body<StartDeepScan>,
) -> Result<
    (
        StatusCode,
        [(HeaderName, HeaderValue); 1],
        Json<DeepScanStarted>,
    ),
    Error,
> {
    let actor = Actor::from(&caller);
    // Only manager brings service tokens, and only for what has been managed.
    let trigger = if caller.service {
        Trigger::Manage
    } else {
        Trigger::Manual
    };
    let started = service
        .start_deep_scan(actor, trigger, key.as_deref(), &request)
        .await?;
    let location = location(&format!("/api/metadata/scan/status/{}", started.scan_id));
    Ok((StatusCode::ACCEPTED, [(LOCATION, location)], Json(started)))
}
