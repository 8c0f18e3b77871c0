//! `GET /api/metadata/tables`

use axum::Json;
use axum::extract::State;
use catalog::databases;
use catalog::tables::{self, After, Filter};
use models::page::Page;
use models::table::Table;
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
pub(crate) struct TablesQuery {
    /// The database.
    database_id: i64,
    /// Only this schema.
    schema: Option<String>,
    /// Only this kind, such as TABLE or VIEW.
    #[serde(rename = "type")]
    #[param(rename = "type")]
    table_type: Option<String>,
    /// Only tables that this names exactly: `name` in any schema, or `schema.name`.
    name: Option<String>,
    /// Only names that contain this, upper and lower case alike.
    q: Option<String>,
    /// Also tables that are gone.
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

/// The tables of a database by schema and name.
#[utoipa::path(
    get,
    path = "/tables",
    tag = "catalog",
    params(TablesQuery),
    responses(
        (status = 200, description = "One page", body = Page<Table>),
        (status = 404, description = "There is no such database in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn list(
    State(service): State<Service>,
    ViewerOrService(caller): ViewerOrService,
    Query(query): Query<TablesQuery>,
) -> Result<Json<Page<Table>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let filter = Filter {
        database_id: query.database_id,
        schema: query.schema,
        table_type: query.table_type,
        name: query.name,
        q: query.q,
        include_removed: query.include_removed,
    };
    let list = List::new("tables", &filter);
    let after: Option<After> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    let items = tables::list(&mut tx, &filter, after.as_ref(), params.fetch()).await?;
    if items.is_empty() && databases::get(&mut tx, filter.database_id).await?.is_none() {
        return Err(Error::database_not_found(filter.database_id));
    }
    let key = |last: &Table| (last.table_schema.clone(), last.table_name.clone(), last.id);
    let total = if query.with_total {
        Some(tables::count(&mut tx, &filter).await?)
    } else {
        None
    };
    Ok(Json(page(items, &params, &list, key).with_total(total)))
}
