//! `GET /api/metadata/tree`

use axum::Json;
use axum::extract::State;
use models::page::Page;
use models::tree::{TreeId, TreeNode};
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
pub(crate) struct TreeQuery {
    /// The `id` of the entry whose contents to list; the data sources if absent.
    parent: Option<String>,
    /// Only entries whose names contain this, upper and lower case alike: of this level, not of those below.
    q: Option<String>,
    /// Also entries that are gone.
    #[serde(default)]
    include_removed: bool,
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// One level of the catalog as a tree: data sources, databases, schemas (`PostgreSQL`), tables, fields.
#[utoipa::path(
    get,
    path = "/tree",
    tag = "catalog",
    params(TreeQuery),
    responses(
        (status = 200, description = "One page", body = Page<TreeNode>),
        (status = 404, description = "There is no such entry in this tenant", body = models::Problem),
        (status = 422, description = "`parent` is no id of the tree", body = models::Problem),
    )
)]
pub(crate) async fn tree(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Query(query): Query<TreeQuery>,
) -> Result<Json<Page<TreeNode>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let parent = query
        .parent
        .map(|id| id.parse::<TreeId>())
        .transpose()
        .map_err(|error| Error::invalid("/parent", error.to_string()))?;
    let page = service
        .tree(
            caller.tenant,
            parent,
            query.q.as_deref(),
            query.include_removed,
            &params,
        )
        .await?;
    Ok(Json(page))
}
