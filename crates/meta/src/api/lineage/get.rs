//! `GET /api/metadata/lineage`

use axum::Json;
use axum::extract::State;
use catalog::{lineage, tables};
use models::lineage::{DEFAULT_DEPTH, Lineage, MAX_DEPTH};
use serde::Deserialize;
use service_kit::auth::Viewer;
use service_kit::extract::Query;
use utoipa::IntoParams;

use crate::error::Error;
use crate::service::Service;

/// What the query string says.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct LineageQuery {
    /// The table.
    table_id: i64,
    /// How many steps to go each way, 1 to 20; 3 if absent.
    #[param(minimum = 1, maximum = 20, default = 3)]
    depth: Option<u32>,
}

/// What the data of a table come from, and what is made of them: as views, pipelines and the events of
/// `OpenLineage` tell, all in one graph.
#[utoipa::path(
    get,
    path = "/lineage",
    tag = "lineage",
    params(LineageQuery),
    responses(
        (status = 200, description = "The graph around the table", body = Lineage),
        (status = 404, description = "There is no such table in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn get(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Query(query): Query<LineageQuery>,
) -> Result<Json<Lineage>, Error> {
    let depth = query.depth.unwrap_or(DEFAULT_DEPTH);
    if !(1..=MAX_DEPTH).contains(&depth) {
        let detail = format!("must be an integer from 1 to {MAX_DEPTH}");
        return Err(Error::invalid("/depth", detail));
    }
    let mut tx = service.store.begin(caller.tenant).await?;
    if !tables::exists(&mut tx, query.table_id).await? {
        return Err(Error::table_not_found(query.table_id));
    }
    Ok(Json(lineage::around(&mut tx, query.table_id, depth).await?))
}
