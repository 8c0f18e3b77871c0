//! `GET /api/metadata/datasources`

use axum::Json;
use axum::extract::State;
use catalog::datasources;
use models::datasource::Datasource;
use models::page::Page;
use serde::Deserialize;
use service_kit::auth::ViewerOrService;
use service_kit::extract::Query;
use service_kit::paging::{List, PageParams, page};
use utoipa::IntoParams;

use crate::error::Error;
use crate::service::Service;

/// What the query string says.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DatasourcesQuery {
    /// Only names that contain this, upper and lower case alike.
    q: Option<String>,
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Whether to count the whole list too, which takes longer.
    #[serde(default)]
    with_total: bool,
}

/// The tenant's data sources by name.
#[utoipa::path(
    get,
    path = "/datasources",
    tag = "data sources",
    params(DatasourcesQuery),
    responses((status = 200, description = "One page", body = Page<Datasource>))
)]
pub(crate) async fn list(
    State(service): State<Service>,
    ViewerOrService(caller): ViewerOrService,
    Query(query): Query<DatasourcesQuery>,
) -> Result<Json<Page<Datasource>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let q = query.q.as_deref();
    let list = List::new("datasources", &q);
    let after: Option<String> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    let items = datasources::list(&mut tx, q, after.as_deref(), params.fetch()).await?;
    let total = if query.with_total {
        Some(datasources::count(&mut tx, q).await?)
    } else {
        None
    };
    Ok(Json(
        page(items, &params, &list, |last| last.datasource_name.clone()).with_total(total),
    ))
}
