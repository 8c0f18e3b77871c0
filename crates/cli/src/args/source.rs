//! `plumb source`.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use models::datasource::Engine;

use super::tls::TlsArguments;
use super::{Connection, Paging, Selection};
use crate::password::PasswordArguments;

const EXAMPLES: &str = "\
Examples:
  plumb source add --name shop --type mysql --host db.example --username reader --password-file pw
  plumb source test shop
  plumb source show shop";

const LIST_EXAMPLES: &str = "\
Examples:
  plumb source list
  plumb source list --format json | jq -r '.items[] | select(.sync_status == \"failed\")'

json is one document like a page of the API: all items, and a `next_cursor` that is null unless
--limit left some. So it is with every list.";

const SHOW_EXAMPLES: &str = "\
Examples:
  plumb source show shop
  plumb source show 7 --format json";

const TEST_EXAMPLES: &str = "\
Examples:
  plumb source test shop
  plumb source test shop --format json | jq '.steps[] | select(.ok | not)'

The exit status is 1 when a step fails.";

const EDIT_EXAMPLES: &str = "\
Examples:
  plumb source edit shop --host db2.example --port 3307
  plumb source edit shop --password-file pw
  plumb source edit shop --password-from env:SHOP_PASSWORD
  plumb source edit shop --exclude 'test_*' --exclude 'tmp_*'
  plumb source edit shop --exclude ''

A pattern that is given replaces all of its kind; an empty one is none.";

const PAUSE_EXAMPLES: &str = "\
Examples:
  plumb source pause shop
  plumb source resume shop

While it is paused no scan of it starts, neither by schedule nor on request; what is under way ends.";

const REMOVE_EXAMPLES: &str = "\
Examples:
  plumb source remove shop
  plumb source remove shop --yes

On a terminal it asks first, elsewhere it needs --yes. The server itself is left alone. The API has
no document to answer with, so --format json prints nothing.";

const ADD_EXAMPLES: &str = "\
Examples:
  plumb source add --name shop --type mysql --host db.example --username reader --password-file pw
  pass show shop | plumb source add --name shop --type postgresql --host db.example \\
    --username reader --password-stdin --tls verify-full
  plumb source add --name shop --type mysql --host db.example --username reader \\
    --password-from file:/run/secrets/shop

The password is read from --password-stdin, --password-file or PLUMB_SOURCE_PASSWORD, and never from
an argument, which other accounts of the machine could see. With --password-from it is not read here
at all: meta takes it from its own environment or files at each connection, as its settings
secrets.allow_env and secrets.allow_files_in allow.";

#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub(crate) enum SourceCommand {
    /// Register a server; its databases are read at once.
    Add(Box<AddArguments>),
    /// List the registered servers.
    List(SourceListArguments),
    /// Show all that is known of a registered server.
    Show(SourceShowArguments),
    /// Try the connection to a registered server, step by step.
    Test(SourceTestArguments),
    /// Change a registered server; what is not named stays.
    Edit(Box<SourceEditArguments>),
    /// Leave a server alone: no new scan of it starts.
    Pause(SourcePauseArguments),
    /// Let scans of a paused server start again.
    Resume(SourcePauseArguments),
    /// Forget a server with its catalog and the history of its scans.
    Remove(SourceRemoveArguments),
}

#[derive(Debug, Args)]
#[command(after_help = ADD_EXAMPLES)]
pub(crate) struct AddArguments {
    /// A name of your choosing.
    #[arg(long)]
    pub(crate) name: String,
    /// The protocol that the server speaks.
    #[arg(long = "type", value_parser = engine(), value_name = "mysql|postgresql", hide_possible_values = true)]
    pub(crate) engine: Engine,
    /// Host name or address.
    #[arg(long)]
    pub(crate) host: String,
    /// TCP port [default: 3306 for mysql, 5432 for postgresql].
    #[arg(long)]
    pub(crate) port: Option<u16>,
    /// The login.
    #[arg(long)]
    pub(crate) username: String,
    #[command(flatten)]
    pub(crate) password: PasswordArguments,
    /// Have meta take the password from there at each connection: a variable of its environment, or a file.
    #[arg(long, value_name = "env:NAME|file:PATH", conflicts_with_all = ["password_stdin", "password_file"])]
    pub(crate) password_from: Option<String>,
    /// The database to connect to first.
    #[arg(long)]
    pub(crate) database: Option<String>,
    #[command(flatten)]
    pub(crate) tls: TlsArguments,
    #[command(flatten)]
    pub(crate) selection: Selection,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = EDIT_EXAMPLES)]
pub(crate) struct SourceEditArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// A new name.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Host name or address.
    #[arg(long)]
    pub(crate) host: Option<String>,
    /// TCP port.
    #[arg(long)]
    pub(crate) port: Option<u16>,
    /// The login.
    #[arg(long)]
    pub(crate) username: Option<String>,
    #[command(flatten)]
    pub(crate) password: PasswordArguments,
    /// Have meta take the password from there at each connection: a variable of its environment, or a file.
    #[arg(long, value_name = "env:NAME|file:PATH", conflicts_with_all = ["password_stdin", "password_file"])]
    pub(crate) password_from: Option<String>,
    /// The database to connect to first.
    #[arg(long)]
    pub(crate) database: Option<String>,
    #[command(flatten)]
    pub(crate) tls: TlsArguments,
    #[command(flatten)]
    pub(crate) selection: Selection,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

impl SourceEditArguments {
    /// Whether nothing is to be changed.
    pub(crate) fn is_empty(&self) -> bool {
        let texts = [&self.name, &self.host, &self.username, &self.database];
        texts.iter().all(|text| text.is_none())
            && self.port.is_none()
            && self.tls.is_empty()
            && self.selection.is_empty()
            && self.password.is_empty()
            && self.password_from.is_none()
    }
}

#[derive(Debug, Args)]
#[command(after_help = PAUSE_EXAMPLES)]
pub(crate) struct SourcePauseArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = LIST_EXAMPLES)]
pub(crate) struct SourceListArguments {
    #[command(flatten)]
    pub(crate) paging: Paging,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = SHOW_EXAMPLES)]
pub(crate) struct SourceShowArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = TEST_EXAMPLES)]
pub(crate) struct SourceTestArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = REMOVE_EXAMPLES)]
pub(crate) struct SourceRemoveArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// Do not ask.
    #[arg(short, long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

fn engine() -> impl TypedValueParser<Value = Engine> {
    PossibleValuesParser::new(["mysql", "postgresql"])
        .try_map(|word| Engine::parse(&word).ok_or("must be mysql or postgresql"))
}
