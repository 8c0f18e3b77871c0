//! `plumb manage`.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use models::managed_object::Permission;

use super::{ManagerConnection, TableNames};

const EXAMPLES: &str = "\
Examples:
  plumb manage shop orders --follow
  plumb manage shop orders --tables customers,audit.entries --permission write
  plumb manage shop orders --no-scan

A deep scan of what is managed starts at once. With --follow the command ends when all of it is
ready or has failed: with status 1 when nothing is ready, 3 when some of it failed. Repeating the
command changes nothing.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ManageArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// The database; all of it, unless tables are named.
    pub(crate) database: String,
    #[command(flatten)]
    pub(crate) tables: TableNames,
    /// What others of the tenant may do with it: preview its rows, also export them, also release
    /// it.
    #[arg(long, value_parser = permission(), value_name = "read|write|admin", default_value = "read", hide_possible_values = true)]
    pub(crate) permission: Permission,
    /// Leave the deep scan for later.
    #[arg(long, conflicts_with = "follow")]
    pub(crate) no_scan: bool,
    /// Wait until everything is ready or has failed.
    #[arg(long)]
    pub(crate) follow: bool,
    #[command(flatten)]
    pub(crate) connection: ManagerConnection,
}

fn permission() -> impl TypedValueParser<Value = Permission> {
    PossibleValuesParser::new(["read", "write", "admin"])
        .try_map(|word| Permission::parse(&word).ok_or("must be read, write or admin"))
}
