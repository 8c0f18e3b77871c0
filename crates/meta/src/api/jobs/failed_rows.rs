//! `GET /api/metadata/jobs/{id}/failed-rows`

use ::jobs::log;
use axum::Json;
use axum::extract::State;
use catalog::failed_rows;
use models::page::Page;
use models::pipeline::FailedRow;
use serde::Deserialize;
use service_kit::auth::Operator;
use service_kit::extract::{Path, Query};
use service_kit::paging::{List, PageParams, page};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::error::Error;
use crate::service::Service;

/// What the query string says.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FailedRowsQuery {
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The rows that a job could not write, each with its key and the reason, in the order in which they failed.
///
/// They hold values of the data, and so are for those who may run the job. Of many rows the first are kept; how many
/// there were, the job's `records_failed` says.
#[utoipa::path(
    get,
    path = "/jobs/{id}/failed-rows",
    tag = "jobs",
    params(("id" = Uuid, Path, description = "The job"), FailedRowsQuery),
    responses(
        (status = 200, description = "One page", body = Page<FailedRow>),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn failed_rows(
    State(service): State<Service>,
    Operator(caller): Operator,
    Path(id): Path<Uuid>,
    Query(query): Query<FailedRowsQuery>,
) -> Result<Json<Page<FailedRow>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let list = List::new("failed rows", &id);
    let after: Option<i64> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    if log::get(&mut tx, id).await?.is_none() {
        return Err(Error::job_not_found(id));
    }
    let items = failed_rows::list(&mut tx, id, after, params.fetch()).await?;
    Ok(Json(page(items, &params, &list, |last| last.id)))
}
