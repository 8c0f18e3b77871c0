//! `plumb object`.

use std::path::Path;

use meta_client::{ManagedObjectsQuery, ObjectPreviewQuery};
use models::managed_object::ManagedObject;
use models::preview::{Preview, Truncation};
use serde_json::Value;

use super::ClientError;
use super::connection::Manager;
use super::list::{View, print_list};
use crate::args::{
    Format, ObjectCommand, ObjectListArguments, ObjectPreviewArguments, ObjectReleaseArguments,
};
use crate::error::Outcome;
use crate::output::{self, Table, count, hint, short, time};

const HEADINGS: &[&str] = &[
    "ID",
    "SOURCE",
    "DATABASE",
    "TABLE",
    "STATUS",
    "PERMISSION",
    "ROWS",
    "MANAGED",
    "ERROR",
];
const NUMBERS: &[&str] = &["ROWS"];
/// So much of an error stands in a list.
const ERROR: usize = 100;

/// So much of a value stands in a preview.
const VALUE: usize = 60;

/// Lists, shows or releases what is managed.
///
/// # Errors
/// When `manager` cannot be asked, or refuses.
pub(crate) async fn object(
    command: &ObjectCommand,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    match command {
        ObjectCommand::List(arguments) => list(arguments, data_dir, format).await,
        ObjectCommand::Preview(arguments) => preview(arguments, data_dir, format).await,
        ObjectCommand::Release(arguments) => release(arguments, data_dir, format).await,
    }
}

async fn list(
    arguments: &ObjectListArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let manager = Manager::connect(&arguments.connection, data_dir)?;
    let source = match &arguments.source {
        Some(source) => Some(manager.meta.find_source(source).await?.id),
        None => None,
    };
    let view = View {
        headings: HEADINGS,
        numbers: NUMBERS,
        row: |object| row(object).to_vec(),
        none: "nothing is managed: see plumb manage --help".to_owned(),
    };
    print_list(view, &arguments.paging, format, async |limit, cursor| {
        let query = ManagedObjectsQuery {
            resource_id: source,
            status: arguments.status,
            q: arguments.query.clone(),
            limit: Some(limit),
            cursor,
        };
        let page = manager.session.list_managed_objects(&query).await;
        page.map_err(|error| manager.failed(error))
    })
    .await?;
    Ok(Outcome::Done)
}

async fn preview(
    arguments: &ObjectPreviewArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let manager = Manager::connect(&arguments.connection, data_dir)?;
    let query = ObjectPreviewQuery {
        table: arguments.table.clone(),
        limit: Some(arguments.limit),
        columns: arguments.columns.clone(),
        condition: arguments.condition.clone(),
    };
    let preview = manager.session.preview_managed_object(arguments.id, &query);
    let preview = preview.await.map_err(|error| manager.failed(error))?;
    if format == Format::Json {
        output::print_json(&preview)?;
        return Ok(Outcome::Done);
    }
    output::print(&rows(&preview).render())?;
    match preview.truncated_by {
        None => {}
        Some(Truncation::Rows) => hint("there are more rows: see --limit and --where"),
        Some(Truncation::Bytes) => hint("there are more rows: name fewer --columns"),
    }
    Ok(Outcome::Done)
}

/// The rows under the names of their columns.
fn rows(preview: &Preview) -> Table {
    let names: Vec<_> = preview
        .columns
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    let mut table = Table::new(&names);
    for row in &preview.rows {
        let values: Vec<_> = row.iter().map(value).collect();
        let values: Vec<_> = values.iter().map(|value| short(value, VALUE)).collect();
        table.row(&values.iter().map(AsRef::as_ref).collect::<Vec<_>>());
    }
    table
}

fn value(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

async fn release(
    arguments: &ObjectReleaseArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let manager = Manager::connect(&arguments.connection, data_dir)?;
    for id in &arguments.ids {
        let released = manager.session.release_managed_object(*id).await;
        released.map_err(|error| manager.failed(error))?;
        if format == Format::Table {
            output::print(&format!("object {id} has been released"))?;
        }
    }
    Ok(Outcome::Done)
}

/// Managed objects, one a line.
pub(super) fn table(objects: &[ManagedObject]) -> Table {
    let mut table = Table::new(HEADINGS).right(NUMBERS);
    for object in objects {
        table.row(&row(object).each_ref().map(String::as_str));
    }
    table
}

fn row(object: &ManagedObject) -> [String; 9] {
    let source = object.resource_name.clone();
    let error = object.last_error.as_deref().unwrap_or_default();
    [
        object.id.to_string(),
        source.unwrap_or_else(|| format!("({})", object.resource_id)),
        object.database.clone(),
        object.table.clone().unwrap_or_else(|| "(all)".to_owned()),
        object.status.as_str().to_owned(),
        object.permission.as_str().to_owned(),
        object.row_count.map(count).unwrap_or_default(),
        time(Some(&object.managed_at)),
        short(error, ERROR).into_owned(),
    ]
}
