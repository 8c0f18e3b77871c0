//! `plumb table list`.

use std::path::Path;

use meta_client::TablesQuery;
use models::table::Table;

use super::rows;
use crate::args::{Format, TableListArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::client::list::{View, print_list};
use crate::error::Outcome;
use crate::output::{bytes, count, short, time};
use crate::words::full_name;

/// So much of a comment stands in a list.
const COMMENT: usize = 60;

pub(super) async fn list(
    arguments: &TableListArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let source = meta.find_source(&arguments.source).await?;
    let database = meta.find_database(&source, &arguments.database).await?;
    let none = if database.is_scanned {
        "no table".to_owned()
    } else {
        let (source, name) = (&source.datasource_name, &database.database_name);
        format!("no table has been read yet: plumb deep-scan {source} {name} --follow")
    };
    let view = View {
        headings: &["ID", "NAME", "KIND", "FIELDS", "ROWS", "SIZE", "COMMENT"],
        numbers: &["FIELDS", "ROWS", "SIZE"],
        row,
        none,
    };
    print_list(view, &arguments.paging, format, async |limit, cursor| {
        let query = TablesQuery {
            database_id: database.id,
            schema: arguments.schema.clone(),
            table_type: arguments.table_type.clone(),
            q: arguments.query.clone(),
            include_removed: Some(arguments.removed),
            limit: Some(limit),
            cursor,
            ..TablesQuery::default()
        };
        let page = meta.session.list_tables(&query).await;
        page.map_err(|error| meta.failed(error))
    })
    .await?;
    Ok(Outcome::Done)
}

fn row(table: &Table) -> Vec<String> {
    let comment = table.table_comment.as_deref().unwrap_or_default();
    let gone = table.removed_at.as_ref();
    let gone = gone.map(|at| format!("gone since {}", time(Some(at))));
    let error = table.scan_error.as_ref();
    let error = error.map(|why| format!("could not be read: {why}"));
    vec![
        table.id.to_string(),
        full_name(&table.table_schema, &table.table_name),
        table.table_type.to_lowercase().replace('_', " "),
        count(table.field_count.into()),
        rows(table).unwrap_or_default(),
        super::page::size(table).map(bytes).unwrap_or_default(),
        gone.or(error)
            .unwrap_or_else(|| short(comment, COMMENT).into_owned()),
    ]
}
