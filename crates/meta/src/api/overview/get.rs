//! `GET /api/metadata/overview`

use axum::Json;
use axum::extract::State;
use models::overview::Overview;
use service_kit::auth::Viewer;

use crate::error::Error;
use crate::service::Service;

/// Whether the data is current: data sources, pipelines, groups of tables, and what failed.
///
/// All figures are those that scans and measurements have stored, each with its time.
#[utoipa::path(
    get,
    path = "/overview",
    tag = "pipelines",
    responses((status = 200, description = "As it stands", body = Overview))
)]
pub(crate) async fn get(
    State(service): State<Service>,
    Viewer(caller): Viewer,
) -> Result<Json<Overview>, Error> {
    Ok(Json(service.overview(caller.tenant).await?))
}
