//! `GET /api/metadata/databases`

use axum::Json;
use axum::extract::State;
use catalog::databases::{self, Filter};
use catalog::datasources;
use models::database::Database;
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
pub(crate) struct DatabasesQuery {
    /// The data source.
    resource_id: i64,
    /// Only the database of exactly this name.
    name: Option<String>,
    /// Only names that contain this, upper and lower case alike.
    q: Option<String>,
    /// Also databases that are gone.
    #[serde(default)]
    include_removed: bool,
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Whether to count the whole list too, which takes longer.
    #[serde(default)]
    with_total: bool,
}

/// The databases of a data source by name.
#[utoipa::path(
    get,
    path = "/databases",
    tag = "catalog",
    params(DatabasesQuery),
    responses(
        (status = 200, description = "One page", body = Page<Database>),
        (status = 404, description = "There is no such data source in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn list(
    State(service): State<Service>,
    ViewerOrService(caller): ViewerOrService,
    Query(query): Query<DatabasesQuery>,
) -> Result<Json<Page<Database>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let filter = Filter {
        datasource_id: query.resource_id,
        name: query.name,
        q: query.q,
        include_removed: query.include_removed,
    };
    let list = List::new(
        "databases",
        &(
            filter.datasource_id,
            &filter.name,
            &filter.q,
            filter.include_removed,
        ),
    );
    let after: Option<String> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    let items = databases::list(&mut tx, &filter, after.as_deref(), params.fetch()).await?;
    if items.is_empty()
        && datasources::get(&mut tx, filter.datasource_id)
            .await?
            .is_none()
    {
        return Err(Error::datasource_not_found(filter.datasource_id));
    }
    let total = if query.with_total {
        Some(databases::count(&mut tx, &filter).await?)
    } else {
        None
    };
    Ok(Json(
        page(items, &params, &list, |last| last.database_name.clone()).with_total(total),
    ))
}
