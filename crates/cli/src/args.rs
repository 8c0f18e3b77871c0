//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use models::Role;
use models::datasource::{Engine, TlsMode};
use secrecy::SecretString;

use crate::password::PasswordArguments;
use crate::scan::ScanArguments;

/// The heading of what every command takes.
const COMMON: &str = "Common options";

const EXAMPLES: &str = "\
Examples:
  plumb up --demo
  plumb source add --name shop --type mysql --host db.example --username reader --password-file pw
  plumb sync shop --follow
  plumb deep-scan shop orders --tables customers,invoices --follow
  plumb source list --format json
  plumb scan mysql://reader@db.example/shop

Exit status: 0 done, 1 failed, 2 wrong use, 3 the scan ended PARTIAL.";

const UP_EXAMPLES: &str = "\
Examples:
  plumb up --demo
  plumb up
  plumb up --data-dir /srv/plumbline --meta-port 0 --manager-port 0
  PLUMB_DATABASE_URL=postgresql://postgres:PASSWORD@db.example/postgres plumb up

The services listen on 127.0.0.1. The store is the server of --database-url, whose database and
logins named plumbline... then belong to DIR, or else a private cluster in DIR/postgres of the
newest PostgreSQL (15 or newer) that is installed. Where the services are, and an administrator's
token for 30 days, stands in DIR/env once both are ready.";

const ADD_EXAMPLES: &str = "\
Examples:
  plumb source add --name shop --type mysql --host db.example --username reader --password-file pw
  pass show shop | plumb source add --name shop --type postgresql --host db.example \\
    --username reader --password-stdin --tls verify-full

The password is read from --password-stdin, --password-file or PLUMB_SOURCE_PASSWORD, and never from
an argument, which other accounts of the machine could see.";

const TOKEN_EXAMPLES: &str = "\
Examples:
  plumb token --tenant 1 --role viewer --subject ada --days 7
  curl --header \"Authorization: Bearer $(plumb token --tenant 1 --role viewer)\" \\
    http://127.0.0.1:8082/api/metadata/datasources";

const SYNC_EXAMPLES: &str = "\
Examples:
  plumb sync shop --follow
  plumb sync 7 --force --follow --format json";

const DEEP_SCAN_EXAMPLES: &str = "\
Examples:
  plumb deep-scan shop orders --follow
  plumb deep-scan shop warehouse --tables public.stock,audit.entries";

/// Plumbline: what is in your databases, what of it you manage, and whether it is current.
#[derive(Debug, Parser)]
#[command(name = "plumb", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    /// How the result is printed; json prints what the API answered and nothing else, markdown is
    /// for plumb scan only.
    #[arg(long, global = true, help_heading = COMMON, value_enum, default_value_t = AnyFormat::Table)]
    pub(crate) format: AnyFormat,
    /// The data directory of the local instance [default: /var/lib/plumbline for root, else
    /// ~/.local/share/plumbline].
    #[arg(long, global = true, help_heading = COMMON, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Which events are logged to standard error, such as debug or info,sqlx=debug; RUST_LOG where
    /// neither this nor PLUMB_LOG is set.
    #[arg(
        long, global = true, help_heading = COMMON,
        value_name = "FILTER",
        env = "PLUMB_LOG",
        hide_env_values = true
    )]
    pub(crate) log: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How the result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnyFormat {
    // For people.
    Table,
    // For programs.
    Json,
    // A document to keep.
    Markdown,
}

impl AnyFormat {
    /// The format for a command that cannot write documents; `None` if it was asked for one.
    pub(crate) fn of_answer(self) -> Option<Format> {
        match self {
            Self::Table => Some(Format::Table),
            Self::Json => Some(Format::Json),
            Self::Markdown => None,
        }
    }
}

/// How the answer of the API is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    // For people.
    Table,
    // For programs.
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run Plumbline on this machine until Ctrl-C or SIGTERM.
    Up(UpArguments),
    /// Make a token for the local instance.
    Token(TokenArguments),
    /// Register and list data sources.
    #[command(subcommand)]
    Source(SourceCommand),
    /// Read which databases a data source has (level 1).
    Sync(SyncArguments),
    /// Read a database's tables and fields (level 2).
    DeepScan(DeepScanArguments),
    /// Read a server and print what it has; nothing is stored, and no plumb up is needed.
    Scan(Box<ScanArguments>),
}

#[derive(Debug, Args)]
#[command(after_help = UP_EXAMPLES)]
pub(crate) struct UpArguments {
    /// The port of meta; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 8082)]
    pub(crate) meta_port: u16,
    /// The port of manager; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 8081)]
    pub(crate) manager_port: u16,
    /// Also make a sample shop, register it as demo-shop, read it and manage two of its tables; what
    /// of that is there stays as it is. The shop is the database plumbline_demo on the server of
    /// the store, also on that of --database-url.
    #[arg(long)]
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

#[derive(Debug, Args)]
#[command(after_help = TOKEN_EXAMPLES)]
pub(crate) struct TokenArguments {
    /// The tenant to act in.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    pub(crate) tenant: i64,
    /// What the token allows; each role includes the ones before it.
    #[arg(long, value_parser = parse_role, value_name = "viewer|operator|admin")]
    pub(crate) role: Role,
    /// In whose name; runs are recorded under it.
    #[arg(long, default_value = "plumb", value_parser = parse_subject)]
    pub(crate) subject: String,
    /// How long the token lives.
    #[arg(long, value_name = "D", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub(crate) days: u32,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SourceCommand {
    /// Register a server; its databases are read at once.
    Add(Box<AddArguments>),
    /// List the registered servers.
    List(ListArguments),
}

#[derive(Debug, Args)]
#[command(after_help = ADD_EXAMPLES)]
pub(crate) struct AddArguments {
    /// A name of your choosing.
    #[arg(long)]
    pub(crate) name: String,
    /// The protocol that the server speaks.
    #[arg(long = "type", value_parser = parse_engine, value_name = "mysql|postgresql")]
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
    /// The database to connect to first.
    #[arg(long)]
    pub(crate) database: Option<String>,
    /// How far the connection must be protected [default: prefer].
    #[arg(long, value_parser = parse_tls, value_name = "disable|prefer|require|verify-ca|verify-full")]
    pub(crate) tls: Option<TlsMode>,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = SYNC_EXAMPLES)]
pub(crate) struct SyncArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// Read again even when the last result is under a minute old.
    #[arg(long)]
    pub(crate) force: bool,
    /// Wait for the end and print the result.
    #[arg(long)]
    pub(crate) follow: bool,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = DEEP_SCAN_EXAMPLES)]
pub(crate) struct DeepScanArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// The database.
    pub(crate) database: String,
    /// Only these tables: NAME in any schema, or SCHEMA.NAME.
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub(crate) tables: Option<Vec<String>>,
    /// Wait for the end and print the result.
    #[arg(long)]
    pub(crate) follow: bool,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

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

fn parse_role(word: &str) -> Result<Role, String> {
    let known = [Role::Viewer, Role::Operator, Role::Admin];
    let found = known.into_iter().find(|role| role.as_str() == word);
    found.ok_or_else(|| "must be viewer, operator or admin".to_owned())
}

fn parse_engine(word: &str) -> Result<Engine, String> {
    Engine::parse(word).ok_or_else(|| "must be mysql or postgresql".to_owned())
}

fn parse_tls(word: &str) -> Result<TlsMode, String> {
    // The words are those of the API.
    serde_json::from_value(word.into())
        .map_err(|_| "must be disable, prefer, require, verify-ca or verify-full".to_owned())
}

/// As the services take it.
fn parse_subject(text: &str) -> Result<String, String> {
    if (1..=255).contains(&text.len()) && !text.contains(char::is_control) {
        Ok(text.to_owned())
    } else {
        Err("must have 1 to 255 bytes and no control characters".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn help_is_a_contract() {
        let mut command = Arguments::command();
        command.build();
        let mut help = String::new();
        write_help(&mut command, &mut help);
        insta::assert_snapshot!(help);
    }

    fn write_help(command: &mut clap::Command, text: &mut String) {
        let name = command.get_bin_name().unwrap_or("plumb").to_owned();
        let _ = writeln!(text, "$ {name} --help\n{}", command.render_long_help());
        command
            .get_subcommands_mut()
            .for_each(|inner| write_help(inner, text));
    }

    #[test]
    fn there_is_no_password_argument() {
        let line = "plumb source add --name a --type mysql --host h --username u --password p";
        assert!(Arguments::try_parse_from(line.split(' ')).is_err());
    }

    #[test]
    fn words_are_those_of_the_api() {
        assert_eq!(parse_tls("verify-ca"), Ok(TlsMode::VerifyCa));
        assert!(parse_tls("verify").is_err() && parse_engine("oracle").is_err());
        assert_eq!(parse_role("operator"), Ok(Role::Operator));
        assert!(parse_role("owner").is_err());
        assert!(parse_subject("").is_err() && parse_subject("a\nb").is_err());
    }

    #[test]
    fn global_flags_go_anywhere() {
        let line = "plumb sync shop --follow --format json --data-dir d --token t";
        let arguments = Arguments::try_parse_from(line.split(' ')).unwrap();
        assert_eq!(arguments.format, AnyFormat::Json);
        assert!(
            !format!("{arguments:?}").contains("\"t\""),
            "the token is not printed"
        );
        let Command::Sync(sync) = arguments.command else {
            unreachable!()
        };
        assert!(sync.follow && !sync.force && sync.connection.token.is_some());
    }
}
