//! What can be said of a scan on the command line.

use clap::Args;
use secrecy::SecretString;

use crate::password::PasswordArguments;

const EXAMPLES: &str = "\
Examples:
  plumb scan postgresql://reader@db.example/shop --password-file pw
  pass show shop | plumb scan mysql://reader@db.example shop orders --password-stdin
  plumb scan mariadb://reader@db.example/shop --table customers --table invoices
  plumb scan 'postgresql://reader@db.example/shop?sslmode=verify-full&sslrootcert=ca.pem' --format json
  plumb scan postgresql://reader@db.example/shop --format markdown > docs/shop.md

The password is read from --password-stdin, --password-file, the URL, or PLUMB_SCAN_PASSWORD, in
this order. Other accounts of the machine can see one in the URL.

All of a database is held in memory until it is printed, for one database per connection. markdown
leaves out sizes and estimates, so that the same schema makes the same document.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ScanArguments {
    // Not in its own right a text: it may hold a password.
    #[arg(
        value_name = "URL",
        help = "The server: postgresql:// or mysql:// (or postgres://, mariadb://), then \
                USER@HOST[:PORT][/DATABASE][?sslmode=MODE&sslrootcert=FILE]"
    )]
    pub(super) url: SecretString,
    /// The databases to read [default: the one in the URL, else all that the login may see].
    #[arg(value_name = "DATABASE")]
    pub(super) databases: Vec<String>,
    /// Only this table of the one database: NAME in any schema, or SCHEMA.NAME; may be repeated.
    #[arg(long = "table", value_name = "NAME")]
    pub(super) tables: Vec<String>,
    /// How many connections to the server may be open at once; as many databases are read side by
    /// side.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=16))]
    pub(super) max_connections: u8,
    #[command(flatten)]
    pub(super) password: PasswordArguments,
}
