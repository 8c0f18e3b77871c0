//! `plumb lookup`.

use clap::Args;

use super::Connection;

const EXAMPLES: &str = "\
Examples:
  plumb lookup shop
  plumb lookup shop orders public.customers
  plumb lookup shop orders public.customers email --format json | jq .field.id";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LookupArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// The database.
    pub(crate) database: Option<String>,
    /// The table: NAME in any schema, or SCHEMA.NAME.
    pub(crate) table: Option<String>,
    /// The field.
    pub(crate) field: Option<String>,
    /// The schema, for a name that could be read in two ways: then TABLE is the name alone.
    #[arg(long, requires = "table")]
    pub(crate) schema: Option<String>,
    #[command(flatten)]
    pub(crate) connection: Connection,
}
