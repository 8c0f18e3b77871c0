//! `GET /api/metadata/schedules`

use axum::Json;
use axum::extract::State;
use catalog::{datasources, schedules};
use models::page::Page;
use models::schedule::Schedule;
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
pub(crate) struct SchedulesQuery {
    /// Only schedules of this data source.
    resource_id: Option<i64>,
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Whether to count the whole list too, which takes longer.
    #[serde(default)]
    with_total: bool,
}

/// The tenant's schedules in the order in which they were made.
#[utoipa::path(
    get,
    path = "/schedules",
    tag = "schedules",
    params(SchedulesQuery),
    responses(
        (status = 200, description = "One page", body = Page<Schedule>),
        (status = 404, description = "There is no such data source in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn list(
    State(service): State<Service>,
    ViewerOrService(caller): ViewerOrService,
    Query(query): Query<SchedulesQuery>,
) -> Result<Json<Page<Schedule>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let list = List::new("schedules", &query.resource_id);
    let after: Option<i64> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    let items = schedules::list(&mut tx, query.resource_id, after, params.fetch()).await?;
    if let (true, Some(id)) = (items.is_empty(), query.resource_id)
        && datasources::get(&mut tx, id).await?.is_none()
    {
        return Err(Error::datasource_not_found(id));
    }
    let total = if query.with_total {
        Some(schedules::count(&mut tx, query.resource_id).await?)
    } else {
        None
    };
    Ok(Json(
        page(items, &params, &list, |last| last.id).with_total(total),
    ))
}
