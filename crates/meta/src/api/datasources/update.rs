//! `PATCH /api/metadata/datasources/{id}`

use axum::extract::State;
use models::datasource::{Datasource, UpdateDatasource};
use service_kit::auth::Admin;
use service_kit::conditional::{IfMatch, Tagged};
use service_kit::extract::{Body, Path};

use crate::error::Error;
use crate::service::{Actor, Service};

/// Change a data source; what the request leaves out stays.
///
/// A sync starts by itself where the change lets it find something else: another connection or other
/// patterns. A new name, connection cap or pause needs none.
#[utoipa::path(
    patch,
    path = "/datasources/{id}",
    tag = "data sources",
    params(("id" = i64, Path, description = "The data source"), IfMatch),
    request_body = UpdateDatasource,
    responses(
        (status = 200, description = "The data source as it is now", body = Datasource),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
        (status = 409, description = "The name is taken", body = models::Problem),
        (status = 412, description = "It has changed since", body = models::Problem),
    )
)]
pub(crate) async fn update(
    State(service): State<Service>,
    Admin(caller): Admin,
    Path(id): Path<i64>,
    condition: IfMatch,
    Body(request): Body<UpdateDatasource>,
) -> Result<Tagged<Datasource>, Error> {
    let actor = Actor::from(&caller);
    let updated = service
        .update_datasource(actor, id, &condition, request)
        .await?;
    Ok(Tagged(updated))
}
