//! `GET /datasources`

use axum::Json;
use axum::extract::State;
use meta_client::PageQuery as MetaPageQuery;
use models::Problem;
use models::managed_object::ManagedDatasource;
use models::page::Page;
use service_kit::auth::Viewer;
use service_kit::extract::Query;
use service_kit::http::RequestId;
use service_kit::paging::{PageParams, PageQuery};

use crate::error::Error;
use crate::state::AppState;
use crate::store::managed_objects;

/// The tenant's data sources by name, with their sync state and how much of each is managed.
#[utoipa::path(
    get,
    path = "/api/manager/datasources",
    tag = "datasources",
    params(PageQuery),
    responses(
        (status = 200, description = "A page of data sources", body = Page<ManagedDatasource>),
        (status = 503, description = "Meta or the store cannot be reached", body = Problem),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    Viewer(caller): Viewer,
    request_id: RequestId,
    Query(query): Query<PageQuery>,
) -> Result<Json<Page<ManagedDatasource>>, Error> {
    let limit = PageParams::new(query.limit, None)?.limit();
    let meta = state.gateway.as_caller(&caller, &request_id);
    // The cursor is meta's own: it checks it.
    let asked = MetaPageQuery {
        limit: Some(limit),
        cursor: query.cursor,
        with_total: query.with_total,
    };
    let page = meta.session().list_datasources(&asked).await?;
    let ids: Vec<i64> = page.items.iter().map(|datasource| datasource.id).collect();
    let mut tx = state.store.begin(caller.tenant).await?;
    let managed = managed_objects::count_by_datasource(&mut tx, &ids).await?;
    let items = page.items.into_iter().map(|datasource| ManagedDatasource {
        managed_count: managed.get(&datasource.id).copied().unwrap_or_default(),
        datasource,
    });
    Ok(Json(Page {
        items: items.collect(),
        next_cursor: page.next_cursor,
        total: page.total,
    }))
}
