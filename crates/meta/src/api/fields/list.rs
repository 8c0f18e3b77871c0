//! `GET /api/metadata/fields`

use axum::Json;
use axum::extract::State;
use catalog::fields::{self, After, Filter};
use catalog::tables;
use models::field::Field;
use models::page::Page;
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
pub(crate) struct FieldsQuery {
    /// The table.
    table_id: i64,
    /// Only names that contain this, upper and lower case alike.
    q: Option<String>,
    /// Also fields that are gone.
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

/// The fields of a table by position.
#[utoipa::path(
    get,
    path = "/fields",
    tag = "catalog",
    params(FieldsQuery),
    responses(
        (status = 200, description = "One page", body = Page<Field>),
        (status = 404, description = "There is no such table in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn list(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Query(query): Query<FieldsQuery>,
) -> Result<Json<Page<Field>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let filter = Filter {
        q: query.q.as_deref(),
        include_removed: query.include_removed,
    };
    let list = List::new(
        "fields",
        &(query.table_id, filter.q, filter.include_removed),
    );
    let after: Option<After> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    let items = fields::list(&mut tx, query.table_id, filter, after, params.fetch()).await?;
    if items.is_empty() && !tables::exists(&mut tx, query.table_id).await? {
        return Err(Error::table_not_found(query.table_id));
    }
    let total = if query.with_total {
        Some(fields::count(&mut tx, query.table_id, filter).await?)
    } else {
        None
    };
    Ok(Json(
        page(items, &params, &list, |last| (last.field_position, last.id)).with_total(total),
    ))
}
