//! `DELETE /api/metadata/datasources/{id}`

use axum::extract::State;
use http::StatusCode;
use serde::Deserialize;
use service_kit::auth::Admin;
use service_kit::conditional::IfMatch;
use service_kit::extract::{Path, Query};
use utoipa::IntoParams;

use crate::error::Error;
use crate::service::Service;

/// What the query string says.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Confirmation {
    /// The name of the data source, repeated, so that none is deleted by a slip.
    confirm: Option<String>,
}

/// Delete a data source with its catalog and its history of scans.
#[utoipa::path(
    delete,
    path = "/datasources/{id}",
    tag = "data sources",
    params(("id" = i64, Path, description = "The data source"), Confirmation, IfMatch),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
        (status = 412, description = "It has changed since", body = models::Problem),
        (status = 422, description = "The name was not repeated", body = models::Problem),
    )
)]
pub(crate) async fn delete(
    State(service): State<Service>,
    Admin(caller): Admin,
    Path(id): Path<i64>,
    Query(query): Query<Confirmation>,
    condition: IfMatch,
) -> Result<StatusCode, Error> {
    service
        .delete_datasource((&caller).into(), id, &condition, query.confirm.as_deref())
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
