//! `plumb overview`.

use clap::Args;

use super::Connection;

const EXAMPLES: &str = "\
Examples:
  plumb overview
  plumb overview --format json | jq '.pipelines[] | select(.freshness == \"late\") | .name'

Nothing is measured for it: figures are as old as they say. plumb pipeline measure brings new ones.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct OverviewArguments {
    #[command(flatten)]
    pub(crate) connection: Connection,
}
