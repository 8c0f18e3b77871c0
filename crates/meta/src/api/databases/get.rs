//! `GET /api/metadata/databases/{id}`

use axum::extract::State;
use catalog::databases;
use models::database::Database;
use service_kit::auth::Viewer;
use service_kit::conditional::Tagged;
use service_kit::extract::Path;

use crate::error::Error;
use crate::service::Service;

/// One database.
#[utoipa::path(
    get,
    path = "/databases/{id}",
    tag = "catalog",
    params(("id" = i64, Path, description = "The database")),
    responses(
        (status = 200, description = "The database", body = Database),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn get(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Path(id): Path<i64>,
) -> Result<Tagged<Database>, Error> {
    let mut tx = service.store.begin(caller.tenant).await?;
    let database = databases::get(&mut tx, id)
        .await?
        .ok_or_else(|| Error::database_not_found(id))?;
    Ok(Tagged(database))
}
