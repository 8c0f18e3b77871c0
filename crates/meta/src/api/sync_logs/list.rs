//! `GET /api/metadata/sync-logs`

use axum::Json;
use axum::extract::State;
use catalog::datasources;
use catalog::sync_logs::{self, Filter};
use models::job::JobStatus;
use models::page::Page;
use models::sync_log::SyncLog;
use serde::Deserialize;
use service_kit::auth::Viewer;
use service_kit::extract::Query;
use service_kit::paging::{List, PageParams, page};
use utoipa::IntoParams;

use crate::error::Error;
use crate::service::Service;

/// What the query string says.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SyncLogsQuery {
    /// Only runs of this data source.
    resource_id: Option<i64>,
    /// Only runs in this state.
    status: Option<JobStatus>,
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Whether to count the whole list too, which takes longer.
    #[serde(default)]
    with_total: bool,
}

/// The history of syncs and deep scans, newest first.
#[utoipa::path(
    get,
    path = "/sync-logs",
    tag = "scans",
    params(SyncLogsQuery),
    responses(
        (status = 200, description = "One page", body = Page<SyncLog>),
        (status = 404, description = "There is no such data source in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn list(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Query(query): Query<SyncLogsQuery>,
) -> Result<Json<Page<SyncLog>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let filter = Filter {
        datasource_id: query.resource_id,
        status: query.status,
    };
    let list = List::new("sync-logs", &(filter.datasource_id, filter.status));
    let before: Option<i64> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    let items = sync_logs::list(&mut tx, &filter, before, params.fetch()).await?;
    if let (true, Some(id)) = (items.is_empty(), filter.datasource_id)
        && datasources::get(&mut tx, id).await?.is_none()
    {
        return Err(Error::datasource_not_found(id));
    }
    let total = if query.with_total {
        Some(sync_logs::count(&mut tx, &filter).await?)
    } else {
        None
    };
    Ok(Json(
        page(items, &params, &list, |last| last.id).with_total(total),
    ))
}
