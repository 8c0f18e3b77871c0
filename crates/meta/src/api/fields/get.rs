//! `GET /api/metadata/fields/{id}`

use axum::extract::State;
use catalog::fields;
use models::ProblemType;
use models::field::Field;
use service_kit::auth::Viewer;
use service_kit::conditional::Tagged;
use service_kit::extract::Path;

use crate::error::Error;
use crate::service::Service;

/// One field.
#[utoipa::path(
    get,
    path = "/fields/{id}",
    tag = "catalog",
    params(("id" = i64, Path, description = "The field")),
    responses(
        (status = 200, description = "The field", body = Field),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn get(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Path(id): Path<i64>,
) -> Result<Tagged<Field>, Error> {
    let mut tx = service.store.begin(caller.tenant).await?;
    let absent = || {
        Error::NotFound(
            ProblemType::FieldNotFound,
            format!("there is no field {id}"),
        )
    };
    Ok(Tagged(fields::get(&mut tx, id).await?.ok_or_else(absent)?))
}
