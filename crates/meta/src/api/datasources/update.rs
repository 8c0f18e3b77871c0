//! `PATCH /api/metadata/datasources/{id}`

use axum::Json;
use axum::extract::State;
use models::datasource::{Datasource, UpdateDatasource};
use service_kit::auth::Admin;
use service_kit::extract::{Body, Path};

use crate::error::Error;
use crate::service::Service;

/// Change a data source; what the request leaves out stays. Role: admin.
#[utoipa::path(
    patch,
    path = "/datasources/{id}",
    tag = "data sources",
    params(("id" = i64, Path, description = "The data source")),
    request_body = UpdateDatasource,
    responses(
        (status = 200, description = "The data source as it is now", body = Datasource),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
        (status = 409, description = "The name is taken", body = models::Problem),
    )
)]
pub(crate) async fn update(
    State(service): State<Service>,
    Admin(caller): Admin,
    Path(id): Path<i64>,
    Body(request): Body<UpdateDatasource>,
) -> Result<Json<Datasource>, Error> {
    Ok(Json(
        service
            .update_datasource(caller.tenant, id, request)
            .await?,
    ))
}
