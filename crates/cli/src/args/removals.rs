//! `plumb removals`.

use clap::Args;

use super::{Connection, Paging};

const EXAMPLES: &str = "\
Examples:
  plumb removals 12
  plumb removals 12 --confirm

What is no longer listed may be hidden: by rights that were taken away, by another server at the same address, or by
whatever makes half of all vanish at once. It stays in the catalog until somebody who knows confirms that it is gone. A later scan
looks anew and takes the place of this one.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RemovalsArguments {
    /// The scan or sync that ended PARTIAL, as it said.
    #[arg(value_name = "SCAN")]
    pub(crate) scan: i64,
    /// Mark all of them as removed.
    #[arg(long, conflicts_with_all = ["limit", "cursor"])]
    pub(crate) confirm: bool,
    #[command(flatten)]
    pub(crate) paging: Paging,
    #[command(flatten)]
    pub(crate) connection: Connection,
}
