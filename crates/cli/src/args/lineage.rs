//! `plumb lineage`.

use clap::Args;
use models::lineage::{DEFAULT_DEPTH, MAX_DEPTH};

use super::{Connection, TableName};

const EXAMPLES: &str = "\
Examples:
  plumb lineage shop orders public.customers
  plumb lineage shop orders customers --depth 1
  plumb lineage shop orders customers --format json | jq '.nodes[].id'";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LineageArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// The database.
    pub(crate) database: String,
    #[command(flatten)]
    pub(crate) table: TableName,
    /// How many steps to go each way, 1 to 20. A job between two tables does not count.
    #[arg(long, value_name = "N", default_value_t = DEFAULT_DEPTH,
        value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_DEPTH)))]
    pub(crate) depth: u32,
    #[command(flatten)]
    pub(crate) connection: Connection,
}
