//! `plumb db list`.

use std::path::Path;

use meta_client::DatabasesQuery;
use models::database::Database;

use super::ClientError;
use super::connection::Meta;
use super::list::{View, print_list};
use crate::args::{DatabaseCommand, DatabaseListArguments, Format};
use crate::error::Outcome;
use crate::output::{bytes, count, time};

/// Lists databases.
///
/// # Errors
/// When `meta` cannot be asked, or refuses.
pub(crate) async fn database(
    command: &DatabaseCommand,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let DatabaseCommand::List(arguments) = command;
    list(arguments, data_dir, format).await
}

async fn list(
    arguments: &DatabaseListArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let source = meta.find_source(&arguments.source).await?;
    let name = &source.datasource_name;
    let view = View {
        headings: &[
            "ID",
            "NAME",
            "CHARSET",
            "COLLATION",
            "TABLES",
            "SIZE",
            "DEEP SCAN",
            "NOTE",
        ],
        numbers: &["TABLES", "SIZE"],
        row,
        none: format!("no database: plumb sync {name} --follow reads which there are"),
    };
    print_list(view, &arguments.paging, format, async |limit, cursor| {
        let query = DatabasesQuery {
            resource_id: source.id,
            q: arguments.query.clone(),
            include_removed: Some(arguments.removed),
            limit: Some(limit),
            cursor,
            ..DatabasesQuery::default()
        };
        let page = meta.session.list_databases(&query).await;
        page.map_err(|error| meta.failed(error))
    })
    .await?;
    Ok(Outcome::Done)
}

fn row(database: &Database) -> Vec<String> {
    let scanned = match &database.last_scan_at {
        Some(at) if database.is_scanned => time(Some(at)),
        _ => "-".to_owned(),
    };
    let gone = database.removed_at.as_ref();
    let gone = gone.map(|at| format!("gone since {}", time(Some(at))));
    let closed = database.inaccessible_reason.clone();
    vec![
        database.id.to_string(),
        database.database_name.clone(),
        database.charset.clone().unwrap_or_default(),
        database.collation.clone().unwrap_or_default(),
        database.table_count.map(count).unwrap_or_default(),
        database.total_size_bytes.map(bytes).unwrap_or_default(),
        scanned,
        gone.or(closed).unwrap_or_default(),
    ]
}
