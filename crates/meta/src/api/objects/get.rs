//! `GET /api/metadata/objects/{id}`

use axum::extract::State;
use catalog::database_objects;
use models::ProblemType;
use models::database_object::DatabaseObject;
use service_kit::auth::Viewer;
use service_kit::conditional::Tagged;
use service_kit::extract::Path;

use crate::error::Error;
use crate::service::Service;

/// One schema, routine, sequence, extension or type.
#[utoipa::path(
    get,
    path = "/objects/{id}",
    tag = "catalog",
    params(("id" = i64, Path, description = "The object")),
    responses(
        (status = 200, description = "The object", body = DatabaseObject),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn get(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Path(id): Path<i64>,
) -> Result<Tagged<DatabaseObject>, Error> {
    let mut tx = service.store.begin(caller.tenant).await?;
    let absent = || {
        Error::NotFound(
            ProblemType::ObjectNotFound,
            format!("there is no object {id}"),
        )
    };
    Ok(Tagged(
        database_objects::get(&mut tx, id)
            .await?
            .ok_or_else(absent)?,
    ))
}
