//! `GET /api/metadata/tables/{id}`

use axum::extract::State;
use catalog::tables;
use models::table::TableDetail;
use service_kit::auth::Viewer;
use service_kit::conditional::Tagged;
use service_kit::extract::Path;

use crate::error::Error;
use crate::service::Service;

/// One table with its keys, indexes and definition.
#[utoipa::path(
    get,
    path = "/tables/{id}",
    tag = "catalog",
    params(("id" = i64, Path, description = "The table")),
    responses(
        (status = 200, description = "The table", body = TableDetail),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn get(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Path(id): Path<i64>,
) -> Result<Tagged<TableDetail>, Error> {
    let mut tx = service.store.begin(caller.tenant).await?;
    let table = tables::get(&mut tx, id)
        .await?
        .ok_or_else(|| Error::table_not_found(id))?;
    Ok(Tagged(table))
}
