//! `plumb changes`.

use chrono::{DateTime, Utc};
use clap::Args;

use super::since::parse_since;
use super::{Connection, Paging};

const EXAMPLES: &str = "\
Examples:
  plumb changes shop
  plumb changes shop orders --since 7d
  plumb changes shop orders public.customers --since 2026-01-31 --format json";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ChangesArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// Only changes of this database and what is in it.
    pub(crate) database: Option<String>,
    /// Only changes of this table and its fields: NAME in any schema, or SCHEMA.NAME.
    pub(crate) table: Option<String>,
    /// The schema, for a name that could be read in two ways: then TABLE is the name alone.
    #[arg(long, requires = "table")]
    pub(crate) schema: Option<String>,
    /// Only what was found since then: 7d, 12h, 30m, a date, or a time such as 2026-01-31T08:00:00Z.
    #[arg(long, value_name = "TIME", value_parser = parse_since)]
    pub(crate) since: Option<DateTime<Utc>>,
    #[command(flatten)]
    pub(crate) paging: Paging,
    #[command(flatten)]
    pub(crate) connection: Connection,
}
