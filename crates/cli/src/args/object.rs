//! `plumb object`.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use models::managed_object::ManagedStatus;

use super::{ManagerConnection, Paging};

const EXAMPLES: &str = "\
Examples:
  plumb object list --source shop
  plumb object preview 4 --where \"total > 100\"
  plumb object release 4 5";

const LIST_EXAMPLES: &str = "\
Examples:
  plumb object list
  plumb object list --source shop --status failed
  plumb object list -q cust --format json";

const PREVIEW_EXAMPLES: &str = "\
Examples:
  plumb object preview 4
  plumb object preview 4 --columns id,total --where \"total > 100 and status in ('new', 'paid')\"
  plumb object preview 5 --table public.orders --limit 10
  plumb object preview 4 --format json | jq '.rows[]'

Rows come in no particular order. Long values are cut in the table; json has up to 64 KiB of each.";

const RELEASE_EXAMPLES: &str = "\
Examples:
  plumb object release 4
  plumb object release 4 5 6

The ids are those of plumb object list. The catalog keeps what was read of it, and plumb manage
takes it back. The API has no document to answer with, so --format json prints nothing.";

#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub(crate) enum ObjectCommand {
    /// List what is managed, in the order in which it was adopted.
    List(ObjectListArguments),
    /// Show some rows of what is managed, as they are just now.
    Preview(ObjectPreviewArguments),
    /// Stop managing databases or tables.
    Release(ObjectReleaseArguments),
}

#[derive(Debug, Args)]
#[command(after_help = LIST_EXAMPLES)]
pub(crate) struct ObjectListArguments {
    /// Only what is of this data source: its name or id.
    #[arg(long)]
    pub(crate) source: Option<String>,
    /// Only what stands there.
    #[arg(long, value_parser = status(), value_name = "pending|scanning|ready|failed", hide_possible_values = true)]
    pub(crate) status: Option<ManagedStatus>,
    /// Only names of databases and tables that contain this, upper and lower case alike.
    #[arg(short, long = "query", value_name = "TEXT")]
    pub(crate) query: Option<String>,
    #[command(flatten)]
    pub(crate) paging: Paging,
    #[command(flatten)]
    pub(crate) connection: ManagerConnection,
}

#[derive(Debug, Args)]
#[command(after_help = PREVIEW_EXAMPLES)]
pub(crate) struct ObjectPreviewArguments {
    /// The managed object.
    #[arg(value_name = "ID")]
    pub(crate) id: i64,
    /// Which table, NAME or SCHEMA.NAME, where a whole database is managed or the name means several.
    #[arg(long)]
    pub(crate) table: Option<String>,
    /// Which columns, separated by commas.
    #[arg(long)]
    pub(crate) columns: Option<String>,
    /// Which rows: columns compared with values, AND, OR, NOT.
    #[arg(long = "where", value_name = "CONDITION")]
    pub(crate) condition: Option<String>,
    /// How many rows at most, up to 1,000.
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u32,
    #[command(flatten)]
    pub(crate) connection: ManagerConnection,
}

#[derive(Debug, Args)]
#[command(after_help = RELEASE_EXAMPLES)]
pub(crate) struct ObjectReleaseArguments {
    /// The managed objects.
    #[arg(required = true, value_name = "ID")]
    pub(crate) ids: Vec<i64>,
    #[command(flatten)]
    pub(crate) connection: ManagerConnection,
}

fn status() -> impl TypedValueParser<Value = ManagedStatus> {
    PossibleValuesParser::new(["pending", "scanning", "ready", "failed"]).try_map(|word| {
        ManagedStatus::parse(&word).ok_or("must be pending, scanning, ready or failed")
    })
}
