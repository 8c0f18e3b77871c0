//! `plumb up`.

use clap::Args;
use secrecy::SecretString;

const EXAMPLES: &str = "\
Examples:
  plumb up --demo
  plumb up
  plumb up --data-dir /srv/plumbline --meta-port 0 --manager-port 0
  PLUMB_DATABASE_URL=postgresql://postgres:PASSWORD@db.example/postgres plumb up

The services listen on 127.0.0.1. The store is the server of --database-url, whose database and
logins named plumbline... then belong to DIR, or else a private cluster in DIR/postgres of the
newest PostgreSQL (15 or newer) that is installed. Where the services are, and an administrator's
token for 30 days, stands in DIR/env once both are ready.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct UpArguments {
    /// The port of meta; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 8082)]
    pub(crate) meta_port: u16,
    /// The port of manager; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 8081)]
    pub(crate) manager_port: u16,
    #[arg(
        long,
        help = "Also make a sample shop, register it as demo-shop, read it and manage two of its \
                tables; what of that is there stays as it is. The shop is the database \
                plumbline_demo on the server of the store, also on that of --database-url"
    )]
    pub(crate) demo: bool,
    #[arg(
        long,
        value_name = "URL",
        env = "PLUMB_DATABASE_URL",
        hide_env_values = true,
        help = "URL of a superuser of a PostgreSQL server to use instead of a private one"
    )]
    pub(crate) database_url: Option<SecretString>,
}
