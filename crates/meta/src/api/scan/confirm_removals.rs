//! `POST /api/metadata/scan/{scan_id}/confirm-removals`

use axum::Json;
use axum::extract::State;
use models::removal::RemovalsConfirmed;
use service_kit::auth::Operator;
use service_kit::extract::Path;

use crate::error::Error;
use crate::service::{Actor, Service};

/// Confirm that what `GET /scan/{scan_id}/removals` lists is gone: just that is marked as removed. Asking
/// again changes nothing.
#[utoipa::path(
    post,
    path = "/scan/{scan_id}/confirm-removals",
    tag = "scans",
    params(("scan_id" = i64, Path, description = "A scan_id or a sync_id")),
    responses(
        (status = 200, description = "They are marked", body = RemovalsConfirmed),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
        (status = 409, description = "Nothing waits to be confirmed, or a scan of the data source is active", body = models::Problem),
    )
)]
pub(crate) async fn confirm_removals(
    State(service): State<Service>,
    Operator(caller): Operator,
    Path(scan_id): Path<i64>,
) -> Result<Json<RemovalsConfirmed>, Error> {
    let confirmed = service.confirm_removals(Actor::from(&caller), scan_id);
    Ok(Json(confirmed.await?))
}
