//! Which instance a client command asks.

use clap::Args;
use secrecy::SecretString;

/// Which instance to ask, and as whom. What is not given comes from `--data-dir`, else from the
/// environment, else from the default data directory.
#[derive(Debug, Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct Connection {
    // Not by `env`: the variable is below `--data-dir`, where clap would put it above.
    #[arg(
        long,
        value_name = "URL",
        help = "Where meta is [env: PLUMB_META_URL] [default: as DIR/env says]"
    )]
    pub(crate) meta_url: Option<String>,
    #[arg(long, help = "A token [env: PLUMB_TOKEN] [default: as DIR/env says]")]
    pub(crate) token: Option<SecretString>,
}
