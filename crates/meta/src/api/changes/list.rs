//! `GET /api/metadata/changes`

use axum::Json;
use axum::extract::State;
use catalog::changes::{self, Before, Subject};
use catalog::{databases, datasources, tables};
use chrono::{DateTime, Utc};
use db::Connection;
use models::change::Change;
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
pub(crate) struct ChangesQuery {
    /// Changes of this table and its fields. Exactly one of the three ids has to be given.
    table_id: Option<i64>,
    /// Changes of this database and everything in it.
    database_id: Option<i64>,
    /// Changes of this data source and everything in it.
    resource_id: Option<i64>,
    /// Only what was found at this moment or later (RFC 3339).
    since: Option<DateTime<Utc>>,
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Whether to count the whole list too, which takes longer.
    #[serde(default)]
    with_total: bool,
}

impl ChangesQuery {
    fn subject(&self) -> Result<Subject, Error> {
        match (self.table_id, self.database_id, self.resource_id) {
            (Some(id), None, None) => Ok(Subject::Table(id)),
            (None, Some(id), None) => Ok(Subject::Database(id)),
            (None, None, Some(id)) => Ok(Subject::Datasource(id)),
            _ => Err(Error::invalid(
                "/resource_id",
                "give exactly one of table_id, database_id and resource_id",
            )),
        }
    }
}

/// What scans found added, changed and removed, newest first.
///
/// The first whole deep scan of a database writes one `baseline`; changes are recorded from there on.
#[utoipa::path(
    get,
    path = "/changes",
    tag = "catalog",
    params(ChangesQuery),
    responses(
        (status = 200, description = "One page", body = Page<Change>),
        (status = 404, description = "There is no such table, database or data source in this tenant", body = models::Problem),
        (status = 422, description = "Not exactly one id was given", body = models::Problem),
    )
)]
pub(crate) async fn list(
    State(service): State<Service>,
    Viewer(caller): Viewer,
    Query(query): Query<ChangesQuery>,
) -> Result<Json<Page<Change>>, Error> {
    let params = PageParams::new(query.limit, query.cursor.clone())?;
    let subject = query.subject()?;
    let list = List::new("changes", &(subject, query.since));
    let before: Option<Before> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    let items = changes::list(&mut tx, subject, query.since, before, params.fetch()).await?;
    if items.is_empty() {
        existing(&mut tx, subject).await?;
    }
    let total = if query.with_total {
        Some(changes::count(&mut tx, subject, query.since).await?)
    } else {
        None
    };
    Ok(Json(
        page(items, &params, &list, |last| (last.changed_at, last.id)).with_total(total),
    ))
}

async fn existing(conn: &mut Connection, subject: Subject) -> Result<(), Error> {
    match subject {
        Subject::Table(id) if !tables::exists(conn, id).await? => Err(Error::table_not_found(id)),
        Subject::Database(id) if databases::get(conn, id).await?.is_none() => {
            Err(Error::database_not_found(id))
        }
        Subject::Datasource(id) if datasources::get(conn, id).await?.is_none() => {
            Err(Error::datasource_not_found(id))
        }
        _ => Ok(()),
    }
}
