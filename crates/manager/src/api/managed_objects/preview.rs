//! `GET /managed-objects/{id}/preview`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use meta_client::{Session, TablesQuery};
use models::managed_object::ManagedObject;
use models::page::DEFAULT_LIMIT;
use models::preview::{Preview, PreviewFormat, Truncation};
use models::table::Table;
use models::{Problem, ProblemType};
use serde::Deserialize;
use service_kit::auth::Viewer;
use service_kit::extract::{Path, Query};
use service_kit::http::RequestId;
use service_kit::problem::Reply;
use utoipa::IntoParams;

use crate::csv;
use crate::error::Error;
use crate::selector::selectors;
use crate::state::AppState;
use crate::store::managed_objects;

/// Says of a CSV, which has no room for it, that there are more rows.
const TRUNCATED: &str = "x-preview-truncated";

/// What to show.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PreviewQuery {
    /// Which table, `name` or `schema.name`, where the object is a whole database or its name means several.
    table: Option<String>,
    /// How many rows at most, 1 to 1,000 or what the service is set to; 50 if absent.
    #[param(minimum = 1, maximum = 1000, default = 50)]
    limit: Option<u32>,
    /// Which columns, separated by commas, in this order; all if absent.
    columns: Option<String>,
    /// Which rows: columns and values with =, <>, <, <=, >, >=, IN, BETWEEN, LIKE, IS NULL, AND, OR, NOT.
    #[serde(rename = "where")]
    #[param(rename = "where")]
    condition: Option<String>,
    /// `json`, or `csv` for rows alone.
    #[serde(default)]
    #[param(inline, required = false)]
    format: PreviewFormat,
}

/// Some rows of a managed table, read from its server now.
///
/// Each reading is recorded with who asked. Whatever the permission of the object is, it includes this.
#[utoipa::path(
    get,
    path = "/api/manager/managed-objects/{id}/preview",
    tag = "managed-objects",
    params(("id" = i64, Path, description = "The managed object"), PreviewQuery),
    responses(
        (status = 200, description = "Rows, in no particular order", content((Preview = "application/json"), (String = "text/csv"))),
        (status = 404, description = "There is no such managed object, or meta knows no such table", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The table is gone, has not been scanned, or its data source is paused", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many previews of the data source are under way", body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "The data source cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Meta or the store cannot be reached", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "The rows took too long", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn preview(
    State(state): State<AppState>,
    Viewer(caller): Viewer,
    request_id: RequestId,
    Path(id): Path<i64>,
    Query(query): Query<PreviewQuery>,
) -> Result<Response, Error> {
    let mut tx = state.store.begin(caller.tenant).await?;
    let found = managed_objects::get(&mut tx, id).await?;
    // The connection is not kept while meta is asked.
    drop(tx);
    let object = found.ok_or_else(|| Error::managed_object_not_found(id))?;
    let limit = limit(query.limit, state.preview.max_rows)?;
    if object.removed_at.is_some() {
        let detail = object.last_error.unwrap_or_else(|| "it was removed".into());
        return Err(Reply::new(ProblemType::TableChanged, detail).into());
    }
    // That it is managed is what allows it, so the service asks and not the caller.
    let meta = state.gateway.on_behalf_of(&caller, &request_id).session();
    let table = find_table(&meta, &object, query.table.as_deref()).await?;
    let wanted = meta_client::PreviewQuery {
        limit: Some(limit),
        columns: query.columns,
        condition: query.condition,
    };
    let preview = meta.preview_table(table.id, &wanted).await?;
    Ok(match query.format {
        PreviewFormat::Json => Json(preview).into_response(),
        PreviewFormat::Csv => as_csv(&preview),
    })
}

fn limit(asked: Option<u32>, most: u32) -> Result<u32, Reply> {
    match asked {
        None => Ok(u32::from(DEFAULT_LIMIT).min(most)),
        Some(limit) if (1..=most).contains(&limit) => Ok(limit),
        Some(_) => {
            let detail = format!("must be an integer from 1 to {most}");
            Err(Reply(Problem::field("/limit", detail)))
        }
    }
}

/// The table that is meant: the managed one, or the one that is named of those that are managed.
async fn find_table(
    meta: &Session,
    object: &ManagedObject,
    named: Option<&str>,
) -> Result<Table, Error> {
    let Some(selector) = object.table.as_deref().or(named) else {
        let detail = "the managed object is a whole database: name one of its tables";
        return Err(Reply(Problem::field("/table", detail)).into());
    };
    let (resource_id, database) = (object.resource_id, object.database.as_str());
    let found = meta.find_database(resource_id, database).await?;
    let found = found.ok_or_else(|| Error::database_not_found(resource_id, database))?;
    let query = TablesQuery {
        database_id: found.id,
        name: Some(selector.to_owned()),
        ..TablesQuery::default()
    };
    let mut tables = meta.list_tables(&query).await?.items;
    if tables.is_empty() {
        let detail = format!("the catalog has no table {selector} of the database {database}");
        return Err(Error::NotFound(ProblemType::TableNotFound, detail));
    }
    if let Some(named) = named {
        let is_named = |table: &Table| {
            selectors(&table.table_schema, &table.table_name).any(|name| name == named)
        };
        tables.retain(is_named);
    }
    let wrong = match tables.len() {
        1 => return Ok(tables.swap_remove(0)),
        0 => format!("the managed object is the table {selector}: leave this out"),
        _ => {
            let candidates: Vec<_> = tables
                .iter()
                .map(|table| format!("{}.{}", table.table_schema, table.table_name))
                .collect();
            format!(
                "{selector} means several tables: name one of {}",
                candidates.join(", ")
            )
        }
    };
    Err(Reply(Problem::field("/table", wrong)).into())
}

fn as_csv(preview: &Preview) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (CONTENT_DISPOSITION, "attachment; filename=\"preview.csv\""),
    ];
    let mut response = (headers, csv::print(preview)).into_response();
    let by = preview.truncated_by.map(|by| match by {
        Truncation::Rows => "rows",
        Truncation::Bytes => "bytes",
    });
    if let Some(by) = by {
        let value = http::HeaderValue::from_static(by);
        response.headers_mut().insert(TRUNCATED, value);
    }
    response
}
