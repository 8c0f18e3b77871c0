//! `plumb db`.

use clap::{Args, Subcommand};

use super::{Connection, Paging};

const LIST_EXAMPLES: &str = "\
Examples:
  plumb db list shop
  plumb db list shop -q order --removed
  plumb db list shop --format json | jq -r '.items[].database_name'";

#[derive(Debug, Subcommand)]
#[command(after_help = LIST_EXAMPLES)]
pub(crate) enum DatabaseCommand {
    /// List the databases of a data source, by name.
    List(DatabaseListArguments),
}

#[derive(Debug, Args)]
#[command(after_help = LIST_EXAMPLES)]
pub(crate) struct DatabaseListArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// Only names that contain this, upper and lower case alike.
    #[arg(short, long = "query", value_name = "TEXT")]
    pub(crate) query: Option<String>,
    /// Also databases that are gone.
    #[arg(long)]
    pub(crate) removed: bool,
    #[command(flatten)]
    pub(crate) paging: Paging,
    #[command(flatten)]
    pub(crate) connection: Connection,
}
