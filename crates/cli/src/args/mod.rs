//! What can be said on the command line: one file for each noun or verb after `plumb`.

mod connection;
mod deep_scan;
mod source;
mod sync;
mod token;
mod up;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::scan::ScanArguments;

pub(crate) use connection::Connection;
pub(crate) use deep_scan::DeepScanArguments;
pub(crate) use source::{AddArguments, ListArguments, SourceCommand};
pub(crate) use sync::SyncArguments;
pub(crate) use token::TokenArguments;
pub(crate) use up::UpArguments;

/// The heading of what every command takes.
const COMMON: &str = "Common options";

const EXAMPLES: &str = "\
Examples:
  plumb up
  plumb source add --name shop --type mysql --host db.example --username reader --password-file pw
  plumb sync shop --follow
  plumb deep-scan shop orders --tables customers,invoices --follow
  plumb source list --format json
  plumb scan mysql://reader@db.example/shop

Exit status: 0 done, 1 failed, 2 wrong use, 3 the scan ended PARTIAL.";

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
    /// Which events are logged to standard error, such as debug or info,sqlx=debug.
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
