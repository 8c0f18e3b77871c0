//! How much of a list is read.

use clap::Args;

/// How much of a list is read.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Paging")]
pub(crate) struct Paging {
    /// Stop after so many [default: all].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) limit: Option<u64>,
    /// Go on where a list ended that --limit cut: its `next_cursor`.
    #[arg(long)]
    pub(crate) cursor: Option<String>,
}
