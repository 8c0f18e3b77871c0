//! `GET /api/metadata/jobs`

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use jobs::log::{self, Filter};
use models::job::{Job, JobStatus};
use models::page::Page;
use serde::Deserialize;
use service_kit::auth::Viewer;
use service_kit::extract::Query;
use service_kit::paging::{List, PageParams, page};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::error::Error;
use crate::service::Service;

/// What the query string says.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct JobsQuery {
    /// Only this type, such as `DEEP_SCAN`.
    #[serde(rename = "type")]
    #[param(rename = "type")]
    job_type: Option<String>,
    /// Only jobs in this state.
    status: Option<JobStatus>,
    /// Only this scope.
    scope: Option<String>,
    /// Only jobs accepted since then (RFC 3339).
    since: Option<DateTime<Utc>>,
    /// Only jobs that read this data source.
    resource_id: Option<i64>,
    /// Only runs of this pipeline.
    pipeline_id: Option<i64>,
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Whether to count the whole list too, which takes longer.
    #[serde(default)]
    with_total: bool,
}

/// The job log, newest first.
#[utoipa::path(
    get,
    path = "/jobs",
    tag = "jobs",
    params(JobsQuery),
    responses((status = 200, description = "One page", body = Page<Job>))
)]
pub(crate) async fn list(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Query(query): Query<JobsQuery>,
) -> Result<Json<Page<Job>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let filter = Filter {
        job_type: query.job_type,
        status: query.status,
        scope: query.scope,
        since: query.since,
        datasource_id: query.resource_id,
        pipeline_id: query.pipeline_id,
    };
    let list = List::new("jobs", &filter);
    let before: Option<Uuid> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    let items = log::list(&mut tx, &filter, before, params.fetch()).await?;
    let total = if query.with_total {
        Some(log::count(&mut tx, &filter).await?)
    } else {
        None
    };
    Ok(Json(
        page(items, &params, &list, |last| last.id).with_total(total),
    ))
}
