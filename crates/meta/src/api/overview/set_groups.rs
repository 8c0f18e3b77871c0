//! `PUT /api/metadata/overview/groups`

use axum::Json;
use axum::extract::State;
use models::overview::TableGroups;
use service_kit::auth::Admin;
use service_kit::extract::Body;

use crate::error::Error;
use crate::service::Service;

/// Say which groups the overview counts tables into; an empty list brings the usual ones back.
#[utoipa::path(
    put,
    path = "/overview/groups",
    tag = "pipelines",
    request_body = TableGroups,
    responses(
        (status = 200, description = "The groups as they are now", body = TableGroups),
        (status = 422, description = "A name comes twice, a table is not there, or values have to be changed", body = models::Problem),
    )
)]
pub(crate) async fn set_groups(
    State(service): State<Service>,
    Admin(caller): Admin,
    Body(request): Body<TableGroups>,
) -> Result<Json<TableGroups>, Error> {
    let groups = service.set_table_groups(caller.tenant, request).await?;
    Ok(Json(groups))
}
