//! `GET /api/metadata/databases/{id}/table-names`

use axum::Json;
use axum::extract::State;
use models::details::TableName;
use models::page::Page;
use serde::Deserialize;
use service_kit::auth::Viewer;
use service_kit::extract::{Path, Query};
use service_kit::paging::{List, PageParams, page};
use utoipa::IntoParams;

use crate::error::Error;
use crate::service::Service;

/// Which part of the list. There is no total: the server would have to read all names for it.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NamesQuery {
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The names of a database's tables, read from the server now: for databases that have not been
/// scanned.
#[utoipa::path(
    get,
    path = "/databases/{id}/table-names",
    tag = "catalog",
    params(("id" = i64, Path, description = "The database"), NamesQuery),
    responses(
        (status = 200, description = "One page, by schema and name", body = Page<TableName>),
        (status = 404, description = "There is no such database in this tenant", body = models::Problem),
        (status = 502, description = "The data source cannot be read", body = models::Problem),
    )
)]
pub(crate) async fn table_names(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Path(id): Path<i64>,
    Query(query): Query<NamesQuery>,
) -> Result<Json<Page<TableName>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let list = List::new("table-names", &id);
    let after: Option<TableName> = params.after(&list)?;
    let limit = u32::from(params.limit()) + 1;
    let items = service
        .live_table_names(caller.tenant, id, after.as_ref(), limit)
        .await?;
    Ok(Json(page(items, &params, &list, TableName::clone)))
}
