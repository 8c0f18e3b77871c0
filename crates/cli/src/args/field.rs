//! `plumb field`.

use clap::{Args, Subcommand};

use super::{Connection, Paging, TableName};

const LIST_EXAMPLES: &str = "\
Examples:
  plumb field list shop orders customers
  plumb field list shop orders public.customers --format json";

#[derive(Debug, Subcommand)]
#[command(after_help = LIST_EXAMPLES)]
pub(crate) enum FieldCommand {
    /// List the fields of a table, in their order.
    List(FieldListArguments),
}

#[derive(Debug, Args)]
#[command(after_help = LIST_EXAMPLES)]
pub(crate) struct FieldListArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// The database.
    pub(crate) database: String,
    #[command(flatten)]
    pub(crate) table: TableName,
    /// Also fields that are gone.
    #[arg(long)]
    pub(crate) removed: bool,
    #[command(flatten)]
    pub(crate) paging: Paging,
    #[command(flatten)]
    pub(crate) connection: Connection,
}
