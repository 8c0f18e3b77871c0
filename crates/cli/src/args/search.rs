//! `plumb search`.

use clap::{Args, ValueEnum};
use models::search::SearchKind;

use super::{Connection, Paging};

const EXAMPLES: &str = "\
Examples:
  plumb search customer --limit 20
  plumb search order id --kind field
  plumb search custmer --source shop
  plumb search 订单 --format json | jq '.items[].path'";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SearchArguments {
    /// Words, or parts of names and comments; typing errors are forgiven.
    #[arg(required = true, value_name = "WORD")]
    pub(crate) words: Vec<String>,
    /// Only entries of this kind.
    #[arg(long, value_enum)]
    pub(crate) kind: Option<Kind>,
    /// Only this data source, by name or id, and what is in it.
    #[arg(long)]
    pub(crate) source: Option<String>,
    #[command(flatten)]
    pub(crate) paging: Paging,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// A level of the catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    // A data source.
    Datasource,
    // A database.
    Database,
    // A table or view.
    Table,
    // A field.
    Field,
}

impl From<Kind> for SearchKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Datasource => Self::Datasource,
            Kind::Database => Self::Database,
            Kind::Table => Self::Table,
            Kind::Field => Self::Field,
        }
    }
}
