//! `plumb doctor`.

use clap::Args;
use secrecy::SecretString;

use super::ServicesConnection;

const EXAMPLES: &str = "\
Examples:
  plumb doctor
  plumb doctor --data-dir /srv/plumbline
  plumb doctor --no-sources --format json | jq '.checks[] | select(.status != \"ok\")'

Looks at the data directory, its secrets, the store with its logins and migrations, the ports, both
services, the token and each registered data source, whatever of it is there, and changes nothing.
The exit status is 1 when a line says fail.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DoctorArguments {
    #[arg(
        long,
        value_name = "URL",
        env = "PLUMB_DATABASE_URL",
        hide_env_values = true,
        help = "URL of a superuser of the store, where plumb up was given it"
    )]
    pub(crate) database_url: Option<SecretString>,
    /// Do not try the connections of the registered data sources.
    #[arg(long)]
    pub(crate) no_sources: bool,
    #[command(flatten)]
    pub(crate) services: ServicesConnection,
}
