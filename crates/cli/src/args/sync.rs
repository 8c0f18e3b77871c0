//! `plumb sync`.

use clap::Args;

use super::Connection;

const EXAMPLES: &str = "\
Examples:
  plumb sync shop --follow
  plumb sync 7 --force --follow --format json";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SyncArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// Read again even when the last result is under a minute old.
    #[arg(long)]
    pub(crate) force: bool,
    /// Wait for the end and print the result; where another scan of the data source is active, wait
    /// for that first.
    #[arg(long)]
    pub(crate) follow: bool,
    #[command(flatten)]
    pub(crate) connection: Connection,
}
