//! `GET /api/metadata/objects`

use axum::Json;
use axum::extract::State;
use catalog::database_objects::{self, After, Filter};
use catalog::databases;
use models::database_object::DatabaseObject;
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
pub(crate) struct ObjectsQuery {
    /// The database.
    database_id: i64,
    /// Only this kind, such as FUNCTION or SEQUENCE.
    kind: Option<String>,
    /// Only this schema.
    schema: Option<String>,
    /// Only names that contain this, upper and lower case alike.
    q: Option<String>,
    /// Also objects that are gone.
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

/// The schemas, routines, sequences, extensions and types of a database by kind, schema and name.
#[utoipa::path(
    get,
    path = "/objects",
    tag = "catalog",
    params(ObjectsQuery),
    responses(
        (status = 200, description = "One page", body = Page<DatabaseObject>),
        (status = 404, description = "There is no such database in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn list(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Query(query): Query<ObjectsQuery>,
) -> Result<Json<Page<DatabaseObject>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let filter = Filter {
        database_id: query.database_id,
        kind: query.kind,
        schema: query.schema,
        q: query.q,
        include_removed: query.include_removed,
    };
    let list = List::new("objects", &filter);
    let after: Option<After> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    let items = database_objects::list(&mut tx, &filter, after.as_ref(), params.fetch()).await?;
    if items.is_empty() && databases::get(&mut tx, filter.database_id).await?.is_none() {
        return Err(Error::database_not_found(filter.database_id));
    }
    let key = |last: &DatabaseObject| {
        (
            last.object_kind.clone(),
            last.object_schema.clone(),
            last.object_name.clone(),
            last.id,
        )
    };
    let total = if query.with_total {
        Some(database_objects::count(&mut tx, &filter).await?)
    } else {
        None
    };
    Ok(Json(page(items, &params, &list, key).with_total(total)))
}
