//! `plumb source`.

use clap::{Args, Subcommand};
use models::datasource::{Engine, TlsMode};

use super::Connection;
use crate::password::PasswordArguments;

const ADD_EXAMPLES: &str = "\
Examples:
  plumb source add --name shop --type mysql --host db.example --username reader --password-file pw
  pass show shop | plumb source add --name shop --type postgresql --host db.example \\
    --username reader --password-stdin --tls verify-full

The password is read from --password-stdin, --password-file or PLUMB_SOURCE_PASSWORD, and never from
an argument, which other accounts of the machine could see.";

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

fn parse_engine(word: &str) -> Result<Engine, String> {
    Engine::parse(word).ok_or_else(|| "must be mysql or postgresql".to_owned())
}

fn parse_tls(word: &str) -> Result<TlsMode, String> {
    // The words are those of the API.
    serde_json::from_value(word.into())
        .map_err(|_| "must be disable, prefer, require, verify-ca or verify-full".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_api() {
        assert_eq!(parse_tls("verify-ca"), Ok(TlsMode::VerifyCa));
        assert!(parse_tls("verify").is_err() && parse_engine("oracle").is_err());
    }
}
