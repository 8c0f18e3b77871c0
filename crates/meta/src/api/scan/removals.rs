//! `GET /api/metadata/scan/{scan_id}/removals`

use axum::Json;
use axum::extract::State;
use catalog::{removals, sync_logs};
use models::page::Page;
use models::removal::DoubtedRemoval;
use serde::Deserialize;
use service_kit::auth::Viewer;
use service_kit::extract::{Path, Query};
use service_kit::paging::{List, PageParams, page};
use utoipa::IntoParams;

use crate::error::Error;
use crate::service::Service;

/// What the query string says.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RemovalsQuery {
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Whether to count the whole list too, which takes longer.
    #[serde(default)]
    with_total: bool,
}

/// What a scan or sync no longer found and did not mark as removed, by type and id: it may be hidden and
/// not gone. Empty once a later one has looked.
#[utoipa::path(
    get,
    path = "/scan/{scan_id}/removals",
    tag = "scans",
    params(("scan_id" = i64, Path, description = "A scan_id or a sync_id"), RemovalsQuery),
    responses(
        (status = 200, description = "One page", body = Page<DoubtedRemoval>),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn removals(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Path(scan_id): Path<i64>,
    Query(query): Query<RemovalsQuery>,
) -> Result<Json<Page<DoubtedRemoval>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let list = List::new("removals", &scan_id);
    let after: Option<removals::Place> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    let items = removals::list(&mut tx, scan_id, after.as_ref(), params.fetch()).await?;
    if items.is_empty() && sync_logs::job_of(&mut tx, scan_id).await?.is_none() {
        return Err(Error::scan_not_found(scan_id));
    }
    let total = if query.with_total {
        Some(removals::count(&mut tx, scan_id).await?)
    } else {
        None
    };
    Ok(Json(
        page(items, &params, &list, |last| (last.object_type, last.id)).with_total(total),
    ))
}
