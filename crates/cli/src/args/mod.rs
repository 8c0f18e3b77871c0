//! What can be said on the command line: one file for each noun or verb after `plumb`.

mod changes;
mod completion;
mod connection;
mod database;
mod deep_scan;
mod doctor;
mod field;
mod job;
mod key;
mod lineage;
mod lookup;
mod manage;
mod object;
mod overview;
mod paging;
mod pipeline;
mod removals;
mod schedule;
mod search;
mod selection;
mod sign_in_link;
mod since;
mod source;
mod sync;
mod table;
mod table_name;
mod tls;
mod token;
mod up;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::scan::ScanArguments;

pub(crate) use changes::ChangesArguments;
pub(crate) use completion::CompletionArguments;
pub(crate) use connection::{Connection, ManagerConnection, ServicesConnection};
pub(crate) use database::{DatabaseCommand, DatabaseListArguments};
pub(crate) use deep_scan::DeepScanArguments;
pub(crate) use doctor::DoctorArguments;
pub(crate) use field::{FieldCommand, FieldListArguments};
pub(crate) use job::{
    JobCancelArguments, JobCommand, JobListArguments, JobRetryArguments, JobRunArguments,
    JobSendArguments, JobShowArguments, JobWatchArguments,
};
pub(crate) use key::{KeyCommand, KeyCreateArguments, KeyListArguments, KeyRevokeArguments};
pub(crate) use lineage::LineageArguments;
pub(crate) use lookup::LookupArguments;
pub(crate) use manage::ManageArguments;
pub(crate) use object::{
    ObjectCommand, ObjectListArguments, ObjectPreviewArguments, ObjectReleaseArguments,
};
pub(crate) use overview::OverviewArguments;
pub(crate) use paging::Paging;
pub(crate) use pipeline::{
    PipelineAddArguments, PipelineCommand, PipelineEditArguments, PipelineListArguments,
    PipelineRemoveArguments, PipelineShowArguments, PipelineStartArguments,
};
pub(crate) use removals::RemovalsArguments;
pub(crate) use schedule::{
    ScheduleAddArguments, ScheduleCommand, ScheduleEditArguments, ScheduleListArguments,
    SchedulePauseArguments, ScheduleRemoveArguments, ScheduleShowArguments,
};
pub(crate) use search::SearchArguments;
pub(crate) use selection::Selection;
pub(crate) use sign_in_link::SignInLinkArguments;
pub(crate) use source::{
    AddArguments, SourceCommand, SourceEditArguments, SourceListArguments, SourcePauseArguments,
    SourceRemoveArguments, SourceShowArguments, SourceTestArguments,
};
pub(crate) use sync::SyncArguments;
pub(crate) use table::{TableCommand, TableListArguments, TableShowArguments};
pub(crate) use table_name::{TableName, TableNames};
pub(crate) use token::TokenArguments;
pub(crate) use up::UpArguments;

/// The heading of what every command takes.
const COMMON: &str = "Common options";

const EXAMPLES: &str = "\
Examples:
  plumb up --demo
  plumb source add --name shop --type mysql --host db.example --username reader --password-file pw
  plumb sync shop --follow
  plumb manage shop orders --tables customers,invoices --follow
  plumb table show shop orders customers
  plumb pipeline run-etl orders --follow
  plumb overview
  plumb job list --status failed
  plumb source list --format json
  plumb scan mysql://reader@db.example/shop
  plumb doctor

Data sources go by name or id, databases by name, tables by NAME or SCHEMA.NAME.
Exit status: 0 done, 1 failed, 2 wrong use, 3 the scan ended PARTIAL, 130 Ctrl-C.";

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
    #[arg(
        long, global = true, help_heading = COMMON,
        value_name = "FILTER",
        env = "PLUMB_LOG",
        hide_env_values = true,
        help = "Which events are logged to standard error, such as debug or info,sqlx=debug; \
                RUST_LOG where neither this nor PLUMB_LOG is set"
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
    /// Look at what Plumbline needs on this machine and say what to do.
    Doctor(DoctorArguments),
    /// Make a token for the local instance.
    Token(TokenArguments),
    /// Make, list and revoke API keys, the credentials of programs.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Make a link that signs somebody in to the console once.
    SignInLink(SignInLinkArguments),
    /// Register, test, change and remove data sources.
    #[command(subcommand)]
    Source(SourceCommand),
    /// Read which databases a data source has (level 1).
    Sync(SyncArguments),
    /// Read a database's tables and fields (level 2).
    DeepScan(DeepScanArguments),
    /// List, show, watch, cancel and retry jobs, every run of anything; record runs of your own.
    #[command(subcommand)]
    Job(JobCommand),
    /// Say when data sources are read again by themselves.
    #[command(subcommand)]
    Schedule(ScheduleCommand),
    /// Make, list, run and measure pipelines: sync table, ETL, business table.
    #[command(subcommand)]
    Pipeline(PipelineCommand),
    /// Show whether the data is current: sources, pipelines, groups of tables, failures.
    Overview(OverviewArguments),
    /// List databases.
    #[command(subcommand)]
    Db(DatabaseCommand),
    /// List tables, and show one.
    #[command(subcommand)]
    Table(TableCommand),
    /// List the fields of a table.
    #[command(subcommand)]
    Field(FieldCommand),
    /// Search names and comments of data sources, databases, tables and fields.
    Search(SearchArguments),
    /// Find a data source, database, table or field by its names.
    Lookup(LookupArguments),
    /// Show what the data of a table come from, and what is made of them.
    Lineage(LineageArguments),
    /// Show what scans found added, changed and removed, newest first.
    Changes(ChangesArguments),
    /// Show what a scan no longer found and did not dare to mark as removed, and confirm it.
    Removals(RemovalsArguments),
    /// Adopt a database or some of its tables.
    Manage(ManageArguments),
    /// List what is managed, look at its rows, release it.
    #[command(subcommand)]
    Object(ObjectCommand),
    /// Read a server and print what it has; nothing is stored, and no plumb up is needed.
    Scan(Box<ScanArguments>),
    /// Print a script that completes commands in a shell.
    Completion(CompletionArguments),
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
    fn every_command_has_examples() {
        let mut command = Arguments::command();
        command.build();
        let mut help = String::new();
        write_help(&mut command, &mut help);
        for one in help.split("$ plumb").skip(1) {
            assert!(one.contains("\nExamples:\n  plumb"), "{one}");
        }
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
