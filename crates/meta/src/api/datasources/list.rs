//! `GET /api/metadata/datasources`

use axum::Json;
use axum::extract::State;
use catalog::datasources;
use models::datasource::Datasource;
use models::page::Page;
use service_kit::auth::ViewerOrService;
use service_kit::extract::Query;
use service_kit::paging::{List, PageParams, PageQuery, page};

use crate::error::Error;
use crate::service::Service;

/// The tenant's data sources by name.
#[utoipa::path(
    get,
    path = "/datasources",
    tag = "data sources",
    params(PageQuery),
    responses((status = 200, description = "One page", body = Page<Datasource>))
)]
pub(crate) async fn list(
    State(service): State<Service>,
    ViewerOrService(caller): ViewerOrService,
    Query(query): Query<PageQuery>,
) -> Result<Json<Page<Datasource>>, Error> {
    let with_total = query.with_total;
    let params = PageParams::try_from(query)?;
    let list = List::new("datasources", &());
    let after: Option<String> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    let items = datasources::list(&mut tx, after.as_deref(), params.fetch()).await?;
    let total = if with_total {
        Some(datasources::count(&mut tx).await?)
    } else {
        None
    };
    Ok(Json(
        page(items, &params, &list, |last| last.datasource_name.clone()).with_total(total),
    ))
}
