//! `GET /api/metadata/pipelines`

use axum::Json;
use axum::extract::State;
use catalog::pipelines;
use models::page::Page;
use models::pipeline::PipelineView;
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
pub(crate) struct PipelinesQuery {
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Whether to count the whole list too, which takes longer.
    #[serde(default)]
    with_total: bool,
}

/// The tenant's pipelines by name, each with where it stands.
#[utoipa::path(
    get,
    path = "/pipelines",
    tag = "pipelines",
    params(PipelinesQuery),
    responses((status = 200, description = "One page", body = Page<PipelineView>))
)]
pub(crate) async fn list(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Query(query): Query<PipelinesQuery>,
) -> Result<Json<Page<PipelineView>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let list = List::new("pipelines", &());
    let after: Option<String> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    let pipelines = pipelines::list(&mut tx, after.as_deref(), params.fetch()).await?;
    let items = service.pipeline_views(&mut tx, pipelines).await?;
    let total = if query.with_total {
        Some(pipelines::count(&mut tx).await?)
    } else {
        None
    };
    let name = |last: &PipelineView| last.pipeline.name.clone();
    Ok(Json(page(items, &params, &list, name).with_total(total)))
}
