//! `plumb table`.

use clap::{Args, Subcommand};

use super::{Connection, Paging, TableName};

const EXAMPLES: &str = "\
Examples:
  plumb table list shop orders
  plumb table show shop orders public.customers";

const LIST_EXAMPLES: &str = "\
Examples:
  plumb table list shop orders
  plumb table list shop orders --schema audit --type VIEW
  plumb table list shop orders -q cust --format json";

const SHOW_EXAMPLES: &str = "\
Examples:
  plumb table show shop orders customers
  plumb table show shop orders public.customers
  plumb table show shop orders customers.2024 --schema public
  plumb table show shop orders customers --format json | jq '.fields[].field_name'

json is the table as the API answers it, with its fields and who refers to it: the items of the
lists /fields and /relations under `fields` and `referenced_by`.";

#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub(crate) enum TableCommand {
    /// List the tables and views of a database, by schema and name.
    List(TableListArguments),
    /// Show all that is known of a table: fields, keys, indexes, who refers to it.
    Show(TableShowArguments),
}

#[derive(Debug, Args)]
#[command(after_help = LIST_EXAMPLES)]
pub(crate) struct TableListArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// The database.
    pub(crate) database: String,
    /// Only tables of this schema.
    #[arg(long)]
    pub(crate) schema: Option<String>,
    /// Only this kind, such as TABLE, VIEW or PARTITION.
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) table_type: Option<String>,
    /// Only names that contain this, upper and lower case alike.
    #[arg(short, long = "query", value_name = "TEXT")]
    pub(crate) query: Option<String>,
    /// Also tables that are gone.
    #[arg(long)]
    pub(crate) removed: bool,
    #[command(flatten)]
    pub(crate) paging: Paging,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = SHOW_EXAMPLES)]
pub(crate) struct TableShowArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// The database.
    pub(crate) database: String,
    #[command(flatten)]
    pub(crate) table: TableName,
    #[command(flatten)]
    pub(crate) connection: Connection,
}
