//! `GET /api/metadata/overview/groups`

use axum::Json;
use axum::extract::State;
use catalog::overview;
use models::overview::TableGroups;
use service_kit::auth::Viewer;

use crate::error::Error;
use crate::service::Service;

/// The groups that the overview counts tables into; none while they are the usual ones.
#[utoipa::path(
    get,
    path = "/overview/groups",
    tag = "pipelines",
    responses((status = 200, description = "The groups in order", body = TableGroups))
)]
pub(crate) async fn groups(
    State(service): State<Service>,
    Viewer(caller): Viewer,
) -> Result<Json<TableGroups>, Error> {
    let mut tx = service.store.begin(caller.tenant).await?;
    let groups = overview::table_groups(&mut tx).await?;
    Ok(Json(TableGroups { groups }))
}
