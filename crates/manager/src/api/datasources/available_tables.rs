//! `GET /datasources/{id}/databases/{database}/available-tables`

use std::collections::HashSet;

use axum::Json;
use axum::extract::State;
use meta_client::{Session, TableNamesQuery, TablesQuery};
use models::Problem;
use models::database::Database;
use models::details::TableName;
use models::managed_object::{AvailableTable, AvailableTables};
use models::table::Table;
use serde::{Deserialize, Serialize};
use service_kit::auth::Viewer;
use service_kit::extract::{Path, Query};
use service_kit::http::RequestId;
use service_kit::paging::{Cursor, List, PageParams};
use utoipa::IntoParams;

use crate::error::Error;
use crate::selector::selectors;
use crate::state::AppState;
use crate::store::managed_objects;

/// Which tables to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AvailableQuery {
    /// Only names that contain this, upper and lower case alike.
    q: Option<String>,
    /// How many to answer with at most, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Whether to count the whole list too, which takes longer.
    #[serde(default)]
    with_total: bool,
}

/// Where a list comes from. It stays there from page to page, also when a scan ends meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Source {
    Catalog,
    Live,
}

/// A page before it is known what of it is managed.
struct Found {
    source: Source,
    tables: Vec<AvailableTable>,
    /// Meta's own cursor.
    next: Option<String>,
    /// How many there are, where that was asked for and the catalog knows.
    total: Option<i64>,
}

/// What is asked of meta.
struct Asked<'a> {
    session: &'a Session,
    database: &'a Database,
    q: Option<&'a str>,
    limit: u16,
    with_total: bool,
}

/// The tables of a database by schema and name, with what of them is managed.
///
/// They come from the catalog once level 2 has read the whole database, else their names are read
/// from the server just now; a page of those may be short where `q` is given.
#[utoipa::path(
    get,
    path = "/api/manager/datasources/{id}/databases/{database}/available-tables",
    tag = "datasources",
    params(
        ("id" = i64, Path, description = "The data source"),
        ("database" = String, Path, description = "The database's name"),
        AvailableQuery,
    ),
    responses(
        (status = 200, description = "A page of tables", body = AvailableTables),
        (status = 404, description = "There is no such data source or database", body = Problem),
        (status = 502, description = "The data source cannot be read", body = Problem),
        (status = 503, description = "Meta or the store cannot be reached", body = Problem),
    )
)]
pub(crate) async fn available_tables(
    State(state): State<AppState>,
    Viewer(caller): Viewer,
    request_id: RequestId,
    Path((id, name)): Path<(i64, String)>,
    Query(query): Query<AvailableQuery>,
) -> Result<Json<AvailableTables>, Error> {
    let list = List::new("available-tables", &(id, &name, &query.q));
    let params = PageParams::new(query.limit, query.cursor)?;
    let after: Option<(Source, String)> = params.after(&list)?;
    let session = state.gateway.as_caller(&caller, &request_id).session();
    let (datasource, database) =
        tokio::try_join!(session.get_datasource(id), session.find_database(id, &name))?;
    let database = database.ok_or_else(|| Error::database_not_found(id, &name))?;
    let asked = Asked {
        session: &session,
        database: &database,
        q: query.q.as_deref(),
        limit: params.limit(),
        with_total: query.with_total,
    };
    let mut found = find(&asked, after).await?;
    let mut tx = state.store.begin(caller.tenant).await?;
    mark_managed(&mut tx, id, &name, &mut found.tables).await?;
    let source = match found.source {
        Source::Catalog => "catalog",
        Source::Live => "live",
    };
    Ok(Json(AvailableTables {
        resource_id: id,
        resource_name: datasource.datasource_name,
        database_name: name,
        source: source.to_owned(),
        tables: found.tables,
        next_cursor: found
            .next
            .map(|next| Cursor::encode(&list, (found.source, next))),
        total: found.total,
    }))
}

async fn find(
    asked: &Asked<'_>,
    after: Option<(Source, String)>,
) -> Result<Found, meta_client::Error> {
    match after {
        Some((Source::Catalog, cursor)) => from_catalog(asked, Some(cursor)).await,
        Some((Source::Live, cursor)) => live(asked, Some(cursor)).await,
        // A scan of some tables leaves the others out of the catalog.
        None if asked.database.is_scanned => from_catalog(asked, None).await,
        None => live(asked, None).await,
    }
}

async fn from_catalog(
    asked: &Asked<'_>,
    cursor: Option<String>,
) -> Result<Found, meta_client::Error> {
    let query = TablesQuery {
        database_id: asked.database.id,
        q: asked.q.map(str::to_owned),
        limit: Some(asked.limit),
        cursor,
        with_total: asked.with_total,
        ..TablesQuery::default()
    };
    let page = asked.session.list_tables(&query).await?;
    let tables = page.items.into_iter().map(scanned).collect();
    Ok(Found {
        source: Source::Catalog,
        tables,
        next: page.next_cursor,
        total: page.total,
    })
}

async fn live(asked: &Asked<'_>, cursor: Option<String>) -> Result<Found, meta_client::Error> {
    let query = TableNamesQuery {
        limit: Some(asked.limit),
        cursor,
    };
    let page = asked
        .session
        .list_table_names(asked.database.id, &query)
        .await?;
    let q = asked.q.unwrap_or_default().to_lowercase();
    let named = page
        .items
        .into_iter()
        .filter(|table| table.table_name.to_lowercase().contains(&q));
    Ok(Found {
        source: Source::Live,
        tables: named.map(unscanned).collect(),
        next: page.next_cursor,
        total: None,
    })
}

fn scanned(table: Table) -> AvailableTable {
    AvailableTable {
        table_id: Some(table.id),
        table_schema: table.table_schema,
        table_name: table.table_name,
        table_type: Some(table.table_type),
        row_count: table.row_count,
        table_comment: table.table_comment,
        is_scanned: table.is_scanned,
        is_managed: false,
    }
}

fn unscanned(table: TableName) -> AvailableTable {
    AvailableTable {
        table_id: None,
        table_schema: table.table_schema,
        table_name: table.table_name,
        table_type: None,
        row_count: None,
        table_comment: None,
        is_scanned: false,
        is_managed: false,
    }
}

/// Marks the tables that are managed, by themselves or with their database.
async fn mark_managed(
    tx: &mut db::Tx,
    resource_id: i64,
    database: &str,
    tables: &mut [AvailableTable],
) -> Result<(), Error> {
    let named = |table: &AvailableTable| selectors(&table.table_schema, &table.table_name);
    let wanted: Vec<String> = tables.iter().flat_map(named).collect();
    let managed: HashSet<Option<String>> =
        managed_objects::managed_among(tx, resource_id, database, &wanted)
            .await?
            .into_iter()
            .collect();
    let whole = managed.contains(&None);
    for table in tables {
        table.is_managed = whole || named(table).any(|selector| managed.contains(&Some(selector)));
    }
    Ok(())
}
