//! `GET /api/metadata/search`

use axum::Json;
use axum::extract::State;
use models::page::Page;
use models::search::{SearchHit, SearchKind};
use serde::Deserialize;
use service_kit::auth::Viewer;
use service_kit::extract::Query;
use service_kit::paging::PageParams;
use utoipa::IntoParams;

use crate::error::Error;
use crate::service::Service;

/// What the query string says.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchQuery {
    /// What to look for: words, parts of names or comments, with or without typing errors; 1 to 1,000 characters.
    #[param(min_length = 1, max_length = 1000)]
    pub(crate) q: String,
    /// Only entries of this kind.
    pub(crate) kind: Option<SearchKind>,
    /// Only this data source, and what is in it.
    pub(crate) resource_id: Option<i64>,
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    pub(crate) limit: Option<u32>,
    /// The `next_cursor` of the page before.
    pub(crate) cursor: Option<String>,
}

/// What of the catalog answers a few words, best first: names and comments of data sources, databases, tables and
/// fields.
///
/// All words have to be found, in the name or in the comment. First come names that are what was asked for, then those
/// that begin with it, have its words, or have them as parts; then comments; then names and comments that have words
/// like these. Highlights are in Unicode code points.
#[utoipa::path(
    get,
    path = "/search",
    tag = "catalog",
    params(SearchQuery),
    responses(
        (status = 200, description = "One page", body = Page<SearchHit>),
        (status = 404, description = "There is no such data source in this tenant", body = models::Problem),
        (status = 422, description = "`q` is empty or too long", body = models::Problem),
    )
)]
pub(crate) async fn search(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Query(query): Query<SearchQuery>,
) -> Result<Json<Page<SearchHit>>, Error> {
    let params = PageParams::new(query.limit, query.cursor.clone())?;
    let page = service.search(caller.tenant, &query, &params).await?;
    Ok(Json(page))
}
