//! `plumb changes`.

use std::path::Path;

use meta_client::ChangesQuery;
use models::change::{Change, ChangeType, ObjectType};
use serde_json::Value;

use super::ClientError;
use super::connection::Meta;
use super::list::{View, print_list};
use crate::args::{ChangesArguments, Format, TableName};
use crate::error::Outcome;
use crate::output::{short, time};
use crate::words::full_name;

/// So much of a value stands in a list.
const VALUE: usize = 60;

/// Lists what scans found different.
///
/// # Errors
/// When `meta` cannot be asked or refuses, or a name leads nowhere.
pub(crate) async fn changes(
    arguments: &ChangesArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let subject = subject(&meta, arguments).await?;
    let since = if arguments.since.is_some() {
        " since then"
    } else {
        ""
    };
    let view = View {
        headings: &["FOUND", "SCAN", "WHAT", "IN", "OBJECT", "HOW"],
        numbers: &["SCAN"],
        row,
        none: format!("no changes{since}: they are counted from the first whole deep scan on"),
    };
    print_list(view, &arguments.paging, format, async |limit, cursor| {
        let query = ChangesQuery {
            since: arguments.since,
            limit: Some(limit),
            cursor,
            ..subject.clone()
        };
        let page = meta.session.list_changes(&query).await;
        page.map_err(|error| meta.failed(error))
    })
    .await?;
    Ok(Outcome::Done)
}

/// The deepest thing that is named.
async fn subject(meta: &Meta, arguments: &ChangesArguments) -> Result<ChangesQuery, ClientError> {
    let source = meta.find_source(&arguments.source).await?;
    let Some(database) = &arguments.database else {
        return Ok(ChangesQuery {
            resource_id: Some(source.id),
            ..ChangesQuery::default()
        });
    };
    let database = meta.find_database(&source, database).await?;
    let Some(table) = &arguments.table else {
        return Ok(ChangesQuery {
            database_id: Some(database.id),
            ..ChangesQuery::default()
        });
    };
    let wanted = TableName {
        table: table.clone(),
        schema: arguments.schema.clone(),
    };
    let table = meta.find_table(&source, &database, &wanted).await?;
    Ok(ChangesQuery {
        table_id: Some(table.id),
        ..ChangesQuery::default()
    })
}

fn row(change: &Change) -> Vec<String> {
    let what = match change.change_type {
        ChangeType::Baseline => "baseline",
        ChangeType::Added => "added",
        ChangeType::Changed => "changed",
        ChangeType::Removed => "removed",
        ChangeType::Renamed => "renamed",
        ChangeType::Resized => "resized",
    };
    let kind = match change.object_type {
        ObjectType::Database => "database",
        ObjectType::Table => "table",
        ObjectType::Field => "field",
        // Its name begins with its kind.
        ObjectType::Object => "",
    };
    let schema = change.object_schema.as_deref().unwrap_or_default();
    let name = match change.object_type {
        ObjectType::Database => Some(change.database_name.as_str()),
        _ => change.object_name.as_deref(),
    };
    let name = name.unwrap_or_default();
    let mut name = full_name(schema, name);
    if let Some(field) = &change.field_name {
        name = full_name(&name, field);
    }
    vec![
        time(Some(&change.changed_at)),
        change.scan_id.to_string(),
        what.to_owned(),
        change.database_name.clone(),
        format!("{kind} {name}").trim().to_owned(),
        difference(change),
    ]
}

/// `column_type: varchar(40) -> text, is_nullable: ...` for what changed; a few words on what is new.
fn difference(change: &Change) -> String {
    let members = |side: &Option<Value>| side.as_ref().and_then(Value::as_object).cloned();
    let (before, after) = (members(&change.before), members(&change.after));
    match (change.change_type, before, after) {
        (ChangeType::Changed | ChangeType::Renamed, Some(before), Some(after)) => {
            let differences = after.iter().map(|(name, now)| {
                let then = before.get(name).unwrap_or(&Value::Null);
                format!("{name}: {} -> {}", shown(then), shown(now))
            });
            differences.collect::<Vec<_>>().join(", ")
        }
        (ChangeType::Baseline, _, Some(counts)) => {
            let counts = counts.iter();
            let counts = counts.map(|(name, number)| format!("{} {name}", shown(number)));
            counts.collect::<Vec<_>>().join(", ")
        }
        (_, before, after) => {
            let members = after.or(before).unwrap_or_default();
            let kind = members.get("column_type").or(members.get("table_type"));
            kind.map(shown).unwrap_or_default()
        }
    }
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    short(&text, VALUE).into_owned()
}
