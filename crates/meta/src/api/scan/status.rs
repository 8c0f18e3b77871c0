//! `GET /api/metadata/scan/status/{scan_id}`

use axum::extract::State;
use models::scan::ScanStatus;
use service_kit::auth::ViewerOrService;
use service_kit::conditional::Tagged;
use service_kit::extract::Path;

use crate::error::Error;
use crate::service::Service;

/// Where a deep scan or a sync stands.
#[utoipa::path(
    get,
    path = "/scan/status/{scan_id}",
    tag = "scans",
    params(("scan_id" = i64, Path, description = "A scan_id or a sync_id")),
    responses(
        (status = 200, description = "Its state, counts and failures", body = ScanStatus),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn status(
    State(service): State<Service>,
    ViewerOrService(caller): ViewerOrService,
    Path(scan_id): Path<i64>,
) -> Result<Tagged<ScanStatus>, Error> {
    Ok(Tagged(service.scan_status(caller.tenant, scan_id).await?))
}
