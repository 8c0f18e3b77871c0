//! `GET /api/metadata/tables/{id}/preview`

use axum::Json;
use axum::extract::State;
use models::preview::Preview;
use serde::Deserialize;
use service_kit::auth::AdminOrService;
use service_kit::extract::{Path, Query};
use utoipa::IntoParams;

use crate::error::Error;
use crate::service::Service;
use crate::service::preview::Wanted;

/// What to show.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PreviewQuery {
    /// How many rows at most, 1 to 1,000; 50 if absent.
    #[param(minimum = 1, maximum = 1000, default = 50)]
    limit: Option<u32>,
    /// Which columns, separated by commas, in this order; all if absent.
    columns: Option<String>,
    /// Which rows: columns and values with =, <>, <, <=, >, >=, IN, BETWEEN, LIKE, IS NULL, AND, OR, NOT.
    #[serde(rename = "where")]
    #[param(rename = "where")]
    condition: Option<String>,
}

/// Some rows of a table, read from the server now; each reading is recorded. For services, which
/// check what is managed, and administrators.
#[utoipa::path(
    get,
    path = "/tables/{id}/preview",
    tag = "catalog",
    params(("id" = i64, Path, description = "The table"), PreviewQuery),
    responses(
        (status = 200, description = "Rows, in no particular order", body = Preview),
        (status = 404, description = "There is no such table in this tenant", body = models::Problem),
        (status = 409, description = "The table is gone, has not been scanned, or its data source is paused", body = models::Problem),
        (status = 429, description = "Too many previews of the data source are under way", body = models::Problem),
        (status = 502, description = "The data source cannot be read", body = models::Problem),
        (status = 504, description = "The rows took too long", body = models::Problem),
    )
)]
pub(crate) async fn preview(
    State(service): State<Service>,
    AdminOrService(caller): AdminOrService,
    Path(id): Path<i64>,
    Query(query): Query<PreviewQuery>,
) -> Result<Json<Preview>, Error> {
    let wanted = Wanted {
        limit: query.limit,
        columns: query.columns,
        condition: query.condition,
    };
    Ok(Json(service.preview(&caller, id, wanted).await?))
}
