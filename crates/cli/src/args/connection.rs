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

/// As [`Connection`], for commands that ask `manager`.
#[derive(Debug, Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct ManagerConnection {
    #[arg(
        long,
        value_name = "URL",
        help = "Where manager is [env: PLUMB_MANAGER_URL] [default: as DIR/env says]"
    )]
    pub(crate) manager_url: Option<String>,
    #[arg(long, help = "A token [env: PLUMB_TOKEN] [default: as DIR/env says]")]
    pub(crate) token: Option<SecretString>,
}

/// As [`Connection`], for commands that ask both services.
#[derive(Debug, Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct ServicesConnection {
    #[arg(
        long,
        value_name = "URL",
        help = "Where meta is [env: PLUMB_META_URL] [default: as DIR/env says]"
    )]
    pub(crate) meta_url: Option<String>,
    #[arg(
        long,
        value_name = "URL",
        help = "Where manager is [env: PLUMB_MANAGER_URL] [default: as DIR/env says]"
    )]
    pub(crate) manager_url: Option<String>,
    #[arg(long, help = "A token [env: PLUMB_TOKEN] [default: as DIR/env says]")]
    pub(crate) token: Option<SecretString>,
}
