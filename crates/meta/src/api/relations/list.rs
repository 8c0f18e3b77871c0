//! `GET /api/metadata/relations`

use axum::Json;
use axum::extract::State;
use catalog::relations::{self, Direction};
use catalog::tables;
use models::page::Page;
use models::relation::Relation;
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
pub(crate) struct RelationsQuery {
    /// The table.
    table_id: i64,
    /// `to`: who refers to this table (the default). `from`: to whom it refers.
    #[serde(default = "to")]
    #[param(value_type = Option<String>, default = "to", pattern = "^(to|from)$")]
    direction: Direction,
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Whether to count the whole list too, which takes longer.
    #[serde(default)]
    with_total: bool,
}

fn to() -> Direction {
    Direction::To
}

/// The foreign keys that point to a table and the views that read it, or those of the table itself.
#[utoipa::path(
    get,
    path = "/relations",
    tag = "catalog",
    params(RelationsQuery),
    responses(
        (status = 200, description = "One page", body = Page<Relation>),
        (status = 404, description = "There is no such table in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn list(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Query(query): Query<RelationsQuery>,
) -> Result<Json<Page<Relation>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let (table, direction) = (query.table_id, query.direction);
    let list = List::new("relations", &(table, direction));
    let after: Option<i64> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    let items = relations::list(&mut tx, table, direction, after, params.fetch()).await?;
    if items.is_empty() && !tables::exists(&mut tx, table).await? {
        return Err(Error::table_not_found(table));
    }
    let total = if query.with_total {
        Some(relations::count(&mut tx, table, direction).await?)
    } else {
        None
    };
    Ok(Json(
        page(items, &params, &list, |last| last.id).with_total(total),
    ))
}
