//! `plumb table`.

mod list;
mod page;
mod show;

use std::path::Path;

use super::ClientError;
use crate::args::{Format, TableCommand};
use crate::error::Outcome;
use crate::output::count;

/// Lists tables, or shows one.
///
/// # Errors
/// When `meta` cannot be asked, or refuses.
pub(crate) async fn table(
    command: &TableCommand,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    match command {
        TableCommand::List(arguments) => list::list(arguments, data_dir, format).await,
        TableCommand::Show(arguments) => show::show(arguments, data_dir, format).await,
    }
}

/// A number of rows, with a mark where it is an estimate.
fn rows(table: &models::table::Table) -> Option<String> {
    let about = match table.row_count_source.as_deref() {
        Some("exact") => "",
        _ => "~",
    };
    Some(format!("{about}{}", count(table.row_count?)))
}
