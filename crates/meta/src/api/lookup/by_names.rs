//! `GET /api/metadata/lookup`

use axum::Json;
use axum::extract::State;
use models::lookup::Lookup;
use serde::Deserialize;
use service_kit::auth::Viewer;
use service_kit::extract::Query;
use utoipa::IntoParams;

use crate::error::Error;
use crate::service::Service;

/// The names, as deep as they are known. They are compared byte for byte.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct LookupQuery {
    /// The name of the data source.
    pub(crate) source: String,
    /// The database in it.
    pub(crate) database: Option<String>,
    /// The schema of the table (`PostgreSQL`).
    pub(crate) schema: Option<String>,
    /// The table in the database.
    pub(crate) table: Option<String>,
    /// The field in the table.
    pub(crate) field: Option<String>,
    /// Find also what is gone; what lives under the same name goes before it.
    #[serde(default)]
    pub(crate) include_removed: bool,
}

/// Finds a catalog entry by its exact names, with everything on the way to it.
#[utoipa::path(
    get,
    path = "/lookup",
    tag = "catalog",
    params(LookupQuery),
    responses(
        (status = 200, description = "What was found", body = Lookup),
        (status = 404, description = "One of the names leads nowhere in this tenant", body = models::Problem),
        (status = 422, description = "A name in between is missing", body = models::Problem),
    )
)]
pub(crate) async fn lookup(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Query(query): Query<LookupQuery>,
) -> Result<Json<Lookup>, Error> {
    Ok(Json(service.lookup(caller.tenant, &query).await?))
}
