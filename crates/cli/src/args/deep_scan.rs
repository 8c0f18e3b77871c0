//! `plumb deep-scan`.

use clap::Args;

use super::{Connection, TableNames};

const EXAMPLES: &str = "\
Examples:
  plumb deep-scan shop orders --follow
  plumb deep-scan shop warehouse --tables public.stock,audit.entries";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DeepScanArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// The database.
    pub(crate) database: String,
    #[command(flatten)]
    pub(crate) tables: TableNames,
    /// Read everything, not only the tables that changed since the last scan of the whole database.
    #[arg(long)]
    pub(crate) full: bool,
    /// Wait for the end and print the result; where another scan of the data source is active, wait
    /// for that first.
    #[arg(long)]
    pub(crate) follow: bool,
    #[command(flatten)]
    pub(crate) connection: Connection,
}
