//! `plumb lookup`.

use std::path::Path;

use meta_client::LookupQuery;
use models::ProblemType;
use models::lookup::Lookup;

use super::ClientError;
use super::connection::Meta;
use super::source::address;
use crate::args::{Format, LookupArguments, TableName};
use crate::error::Outcome;
use crate::output::{self, Table};
use crate::words::{self, full_name};

/// Finds a catalog entry by its names.
///
/// # Errors
/// When `meta` cannot be asked or refuses, or a name leads nowhere.
pub(crate) async fn lookup(
    arguments: &LookupArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let source = meta.find_source(&arguments.source).await?;
    let mut query = LookupQuery {
        source: source.datasource_name.clone(),
        database: arguments.database.clone(),
        field: arguments.field.clone(),
        ..LookupQuery::default()
    };
    let mut found = None;
    if let Some(name) = &arguments.database {
        let database = meta.find_database(&source, name).await?;
        if let Some(table) = &arguments.table {
            let wanted = TableName {
                table: table.clone(),
                schema: arguments.schema.clone(),
            };
            let table = meta.find_table(&source, &database, &wanted).await?;
            let schema = table.table_schema.clone();
            query.schema = Some(schema).filter(|schema| !schema.is_empty());
            query.table = Some(table.table_name.clone());
            found = Some(table);
        }
    }
    let lookup = match (meta.session.lookup(&query).await, &found, &query.field) {
        (Err(error), Some(table), Some(field)) if error.is(ProblemType::FieldNotFound) => {
            return Err(meta.no_field(table, field).await);
        }
        (lookup, ..) => lookup.map_err(|error| meta.failed(error))?,
    };
    match format {
        Format::Json => output::print_json(&lookup)?,
        Format::Table => output::print(&table(&lookup).render())?,
    }
    Ok(Outcome::Done)
}

/// A line for each thing on the way.
fn table(lookup: &Lookup) -> Table {
    let mut table = Table::new(&["WHAT", "ID", "NAME", "ABOUT"]).right(&["ID"]);
    let mut row = |what, id: i64, name: &str, about: &str| {
        table.row(&[what, &id.to_string(), name, about]);
    };
    let source = &lookup.datasource;
    let at = address(&source.host, source.port);
    let about = [source.flavor.as_deref(), source.server_version.as_deref()];
    let about = about.into_iter().flatten().chain(["at", &at]);
    let about = about.collect::<Vec<_>>().join(" ");
    row("data source", source.id, &source.datasource_name, &about);
    if let Some(database) = &lookup.database {
        let tables = database.table_count.map(output::count);
        let about = tables.map(|tables| format!("{tables} tables"));
        let about = about.unwrap_or_default();
        row("database", database.id, &database.database_name, &about);
    }
    if let Some(detail) = &lookup.table {
        let found = &detail.table;
        let name = full_name(&found.table_schema, &found.table_name);
        let mut about = words::kind(&found.table_type, &detail.details);
        if let Some(comment) = &found.table_comment {
            about = format!("{about}: {comment}");
        }
        row("table", found.id, &name, &about);
    }
    if let Some(field) = &lookup.field {
        let null = if field.is_nullable { "" } else { " not null" };
        let mut about = format!("{}{null}", field.column_type);
        if let Some(comment) = &field.field_comment {
            about = format!("{about}: {comment}");
        }
        row("field", field.id, &field.field_name, &about);
    }
    table
}
