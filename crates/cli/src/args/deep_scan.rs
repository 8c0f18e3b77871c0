//! `plumb deep-scan`.

use clap::Args;

use super::Connection;

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
    /// Only these tables: NAME in any schema, or SCHEMA.NAME.
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub(crate) tables: Option<Vec<String>>,
    /// Wait for the end and print the result.
    #[arg(long)]
    pub(crate) follow: bool,
    #[command(flatten)]
    pub(crate) connection: Connection,
}
