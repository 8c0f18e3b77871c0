//! `GET /managed-objects`

use axum::Json;
use axum::extract::State;
use models::Problem;
use models::managed_object::{ManagedObject, ManagedStatus};
use models::page::Page;
use serde::Deserialize;
use service_kit::auth::Viewer;
use service_kit::extract::Query;
use service_kit::http::RequestId;
use service_kit::paging::{List, PageParams, page};
use utoipa::IntoParams;

use super::name_sources;
use crate::error::Error;
use crate::state::AppState;
use crate::store::managed_objects::{self, Filter};

/// Which managed objects to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Only those of this data source.
    resource_id: Option<i64>,
    /// Only those that stand there.
    #[param(inline)]
    status: Option<ManagedStatus>,
    /// Only those whose database or table contains this, upper and lower case alike.
    q: Option<String>,
    /// How many to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Whether to count the whole list too, which takes longer.
    #[serde(default)]
    with_total: bool,
}

/// The tenant's managed objects, in the order in which they were adopted.
#[utoipa::path(
    get,
    path = "/api/manager/managed-objects",
    tag = "managed-objects",
    params(ListQuery),
    responses(
        (status = 200, description = "A page of managed objects", body = Page<ManagedObject>),
        (status = 503, description = "The store cannot be reached", body = Problem),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    Viewer(caller): Viewer,
    request_id: RequestId,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<ManagedObject>>, Error> {
    let list = List::new(
        "managed-objects",
        &(query.resource_id, query.status, &query.q),
    );
    let params = PageParams::new(query.limit, query.cursor)?;
    let after: Option<i64> = params.after(&list)?;
    let filter = Filter {
        resource_id: query.resource_id,
        status: query.status,
        q: query.q,
    };
    let mut tx = state.store.begin(caller.tenant).await?;
    let rows = managed_objects::list(&mut tx, &filter, after, params.fetch()).await?;
    let total = if query.with_total {
        Some(managed_objects::count(&mut tx, &filter).await?)
    } else {
        None
    };
    // The connection is not kept while meta is asked.
    drop(tx);
    let mut page = page(rows, &params, &list, |last| last.id).with_total(total);
    name_sources(
        &state.gateway.as_caller(&caller, &request_id),
        &mut page.items,
    )
    .await;
    Ok(Json(page))
}
