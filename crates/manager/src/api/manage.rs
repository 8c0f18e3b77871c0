//! `POST /manage`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::LOCATION;
use models::Problem;
use models::managed_object::{Manage, Managed};
use service_kit::auth::Operator;
use service_kit::extract::{Body, IdempotencyKey};
use service_kit::http::RequestId;

use crate::adoption::adopt;
use crate::error::Error;
use crate::once::Once;
use crate::state::AppState;

/// Adopt a database, or some of its tables.
///
/// Repeating it changes nothing. A deep scan starts at once where that is possible, else as soon as
/// it is; the objects are pending until then.
#[utoipa::path(
    post,
    path = "/api/manager/manage",
    tag = "managed-objects",
    params(IdempotencyKey),
    request_body = Manage,
    responses(
        (status = 202, description = "Accepted", body = Managed, headers(
            ("Location" = String, description = "The job of the scan, where one was started"),
        )),
        (status = 404, description = "There is no such data source or database", body = Problem),
        (status = 503, description = "The store cannot be reached", body = Problem),
    )
)]
pub(crate) async fn manage(
    State(state): State<AppState>,
    Operator(caller): Operator,
    request_id: RequestId,
    IdempotencyKey(key): IdempotencyKey,
    Body(request): Body<Manage>,
) -> Result<Response, Error> {
    let once = Once::new(&state.store, &caller, key.as_deref(), &request);
    if let Some(managed) = once.recall().await? {
        return Ok(accepted(managed));
    }
    let wants_scan = request
        .trigger_deep_scan
        .unwrap_or(state.manage.deep_scan_automatically);
    let meta = state.gateway.as_caller(&caller, &request_id);
    let managed = adopt(&state.store, &meta, &caller, &request, wants_scan).await?;
    let managed = once.remember(managed).await?;
    tracing::info!(
        resource_id = request.resource_id,
        objects = managed.managed_objects.len(),
        scan_id = managed.scan_id,
        "objects managed"
    );
    Ok(accepted(managed))
}

fn accepted(managed: Managed) -> Response {
    let location = managed
        .job_id
        .map(|job| [(LOCATION, format!("/api/metadata/jobs/{job}"))]);
    (StatusCode::ACCEPTED, location, Json(managed)).into_response()
}
