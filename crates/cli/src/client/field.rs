//! `plumb field list`.

use std::path::Path;

use meta_client::FieldsQuery;
use models::field::Field;

use super::ClientError;
use super::connection::Meta;
use super::list::{View, print_list};
use crate::args::{FieldCommand, FieldListArguments, Format};
use crate::error::Outcome;
use crate::output::{Table, short, time};
use crate::words;

const HEADINGS: &[&str] = &["#", "NAME", "TYPE", "NULL", "KEY", "DEFAULT", "COMMENT"];
/// So much of a default or comment stands in a list.
const LONGEST: usize = 80;

/// Lists the fields of a table.
///
/// # Errors
/// When `meta` cannot be asked, or refuses.
pub(crate) async fn field(
    command: &FieldCommand,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let FieldCommand::List(arguments) = command;
    list(arguments, data_dir, format).await
}

async fn list(
    arguments: &FieldListArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let source = meta.find_source(&arguments.source).await?;
    let database = meta.find_database(&source, &arguments.database).await?;
    let table = meta
        .find_table(&source, &database, &arguments.table)
        .await?;
    let view = View {
        headings: HEADINGS,
        numbers: &["#"],
        row: |field| {
            let [position, name, kind, null, key, value, comment] = row(field);
            let cut = |text: String| short(&text, LONGEST).into_owned();
            vec![position, name, kind, null, key, cut(value), cut(comment)]
        },
        none: "the table has no fields, or they have not been read".to_owned(),
    };
    print_list(view, &arguments.paging, format, async |limit, cursor| {
        let query = FieldsQuery {
            table_id: table.id,
            include_removed: Some(arguments.removed),
            limit: Some(limit),
            cursor,
        };
        let page = meta.session.list_fields(&query).await;
        page.map_err(|error| meta.failed(error))
    })
    .await?;
    Ok(Outcome::Done)
}

/// Fields with all that is said of them.
pub(super) fn field_table(fields: &[Field]) -> Table {
    let mut table = Table::new(HEADINGS).right(&["#"]);
    for field in fields {
        table.row(&row(field).each_ref().map(String::as_str));
    }
    table
}

fn row(field: &Field) -> [String; 7] {
    let null = if field.is_nullable { "" } else { "not null" };
    let value = words::value(words::Value {
        generation_expression: field.generation_expression.as_deref(),
        generation_kind: field.generation_kind.as_deref(),
        identity: field.identity.as_deref(),
        column_default: field.column_default.as_deref(),
        extra: field.extra.as_deref(),
        is_invisible: field.is_invisible,
    });
    let gone = field.removed_at.as_ref();
    let gone = gone.map(|at| format!("gone since {}", time(Some(at))));
    let comment = gone.or_else(|| field.field_comment.clone());
    [
        field.field_position.to_string(),
        field.field_name.clone(),
        field.column_type.clone(),
        null.to_owned(),
        field.column_key.clone().unwrap_or_default(),
        value,
        comment.unwrap_or_default(),
    ]
}
