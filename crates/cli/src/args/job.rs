//! `plumb job`.

use std::ffi::OsString;

use chrono::{DateTime, Utc};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use models::job::{JobStatus, check_type};

use super::since::parse_since;
use super::{Connection, Paging};

const EXAMPLES: &str = "\
Examples:
  plumb job list --status failed --since 1d
  plumb job watch 019a3c5e-7d10
  plumb job cancel 019a3c5e-7d10
  plumb job retry 019a3c5e-7d10 --follow
  plumb job run --type AI_ETL --scope all_biz -- node etl-process.js

Jobs go by their ids, which plumb job list shows. The beginning of one will do where no other of the 500
latest jobs has it: mostly the first 13 characters, which tell the millisecond; the first 8 only tell the
minute.";

const LIST_EXAMPLES: &str = "\
Examples:
  plumb job list --limit 20
  plumb job list --type DEEP_SCAN --status failed --since 7d
  plumb job list --scope datasource:1/orders
  plumb job list --status running --format json | jq -r '.items[].id'";

const SHOW_EXAMPLES: &str = "\
Examples:
  plumb job show 019a3c5e-7d10-7c3f-a5b0-1f2e3d4c5b6a
  plumb job show 019a3c5e-7d10
  plumb job show 019a3c5e-7d10 --format json";

const WATCH_EXAMPLES: &str = "\
Examples:
  plumb job watch 019a3c5e-7d10
  plumb job watch 019a3c5e-7d10 --format json

Ctrl-C ends the watching, not the job. The progress goes to standard error; --format json prints the job
as it ended.
Exit status: 0 the job ended SUCCESS, 3 PARTIAL, 1 FAILED or CANCELLED, or it can no longer be followed.";

const CANCEL_EXAMPLES: &str = "\
Examples:
  plumb job cancel 019a3c5e-7d10
  plumb job cancel 019a3c5e-7d10 019a3c60-0b2f --follow

A job that waits ends at once, one that runs within two seconds. One that was cancelled before stays so.
--format json prints a document for each job, one a line.
Exit status: 0 all are cancelled or, without --follow, about to be; 1 one had ended in another way, or did so
first. The others are cancelled all the same.";

const RETRY_EXAMPLES: &str = "\
Examples:
  plumb job retry 019a3c5e-7d10
  plumb job retry 019a3c5e-7d10 --follow

A new job does what the one was asked to do, which must have ended FAILED, PARTIAL or CANCELLED.
Exit status: 0 there is a new job. With --follow: 0 it ended SUCCESS, 3 PARTIAL, 1 FAILED or CANCELLED, or
it can no longer be followed.";

const RUN_EXAMPLES: &str = "\
Examples:
  plumb job run --type AI_ETL --scope all_biz -- node etl-process.js
  plumb job run --type SYNC --scope shop.orders --total 1000 -- ./sync.sh --since yesterday

The command runs as it would without plumb: what it reads and says passes through, signals that plumb gets
reach it, and plumb ends with its exit status or by the signal that it died of. It never waits for meta, and
plumb at its end for two seconds at most: a record that meta does not take is kept in the data directory and
sent by the next plumb job run, or by plumb job send.

Lines such as {\"plumb\":{\"total\":1000,\"processed\":200,\"failed\":3,\"message\":\"orders\"}} in its output, each by
itself, tell how far it has come. The last 64 KiB of its standard error are kept unless it was a success.
plumb job cancel sends it SIGTERM within half a minute.
Exit status: that of the command; 126 it cannot be run, 127 it is not there.";

const SEND_EXAMPLES: &str = "\
Examples:
  plumb job send
  plumb job send --data-dir /var/lib/plumbline --meta-url http://meta.example:8082

Records of the runs of plumb job run that meta has not taken lie in DIR/runs. Those of another meta than the
one that is asked are left there; what meta refuses for good is put aside as NAME.refused.
Exit status: 0 nothing is left to send; 1 something is.";

#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub(crate) enum JobCommand {
    /// List jobs, newest first.
    List(JobListArguments),
    /// Show all that is known of a job, with the attempts at it.
    Show(JobShowArguments),
    /// Show the progress of a job until it ends, and then how it ended.
    Watch(JobWatchArguments),
    /// Stop jobs that wait or run.
    Cancel(JobCancelArguments),
    /// Do again what a job did that failed, was cancelled or left something out.
    Retry(JobRetryArguments),
    /// Run a command of your own and keep a record of it among the jobs.
    Run(JobRunArguments),
    /// Send the records of runs that could not be sent before.
    Send(JobSendArguments),
}

#[derive(Debug, Args)]
#[command(after_help = LIST_EXAMPLES)]
pub(crate) struct JobListArguments {
    /// Only this type, such as `DEEP_SCAN` or `METADATA_SYNC`.
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) job_type: Option<String>,
    /// Only jobs in this state.
    #[arg(long, value_parser = status(), ignore_case = true, value_name = "queued|running|success|partial|failed|cancelled", hide_possible_values = true)]
    pub(crate) status: Option<JobStatus>,
    /// Only jobs on exactly this: what the list has under SCOPE.
    #[arg(long)]
    pub(crate) scope: Option<String>,
    /// Only jobs accepted since then: 7d, 12h, 30m, a date, or a time such as 2026-01-31T08:00:00Z.
    #[arg(long, value_name = "TIME", value_parser = parse_since)]
    pub(crate) since: Option<DateTime<Utc>>,
    #[command(flatten)]
    pub(crate) paging: Paging,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = SHOW_EXAMPLES)]
pub(crate) struct JobShowArguments {
    /// The job's id, or a beginning of it that no other of the 500 latest jobs has.
    #[arg(value_parser = parse_id)]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = WATCH_EXAMPLES)]
pub(crate) struct JobWatchArguments {
    /// The job's id, or a beginning of it that no other of the 500 latest jobs has.
    #[arg(value_parser = parse_id)]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = CANCEL_EXAMPLES)]
pub(crate) struct JobCancelArguments {
    /// The jobs' ids, or beginnings that no other of the 500 latest jobs has.
    #[arg(required = true, value_name = "ID", value_parser = parse_id)]
    pub(crate) ids: Vec<String>,
    /// Wait for the end of each, and print how it ended.
    #[arg(long)]
    pub(crate) follow: bool,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = RETRY_EXAMPLES)]
pub(crate) struct JobRetryArguments {
    /// The job's id, or a beginning of it that no other of the 500 latest jobs has.
    #[arg(value_parser = parse_id)]
    pub(crate) id: String,
    /// Wait for the end of the new job and print how it ended; where another scan of the data source is
    /// active, wait for that first.
    #[arg(long)]
    pub(crate) follow: bool,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = RUN_EXAMPLES)]
pub(crate) struct JobRunArguments {
    /// What the run does, a word such as `AI_ETL`.
    #[arg(long = "type", value_name = "TYPE", value_parser = parse_type)]
    pub(crate) job_type: String,
    /// What it works on: one scope has one history.
    #[arg(long, value_parser = parse_scope)]
    pub(crate) scope: String,
    /// How many records there are to process, if that is known.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(0..))]
    pub(crate) total: Option<i64>,
    /// The command with its arguments.
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub(crate) command: Vec<OsString>,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = SEND_EXAMPLES)]
pub(crate) struct JobSendArguments {
    #[command(flatten)]
    pub(crate) connection: Connection,
}

fn parse_type(text: &str) -> Result<String, &'static str> {
    check_type(text).map(|()| text.to_owned())
}

fn parse_scope(text: &str) -> Result<String, &'static str> {
    let is_sound = (1..=255).contains(&text.chars().count()) && !text.contains(char::is_control);
    if is_sound {
        Ok(text.to_owned())
    } else {
        Err("must have 1 to 255 characters, and no control characters")
    }
}

fn status() -> impl TypedValueParser<Value = JobStatus> {
    let words = [
        "queued",
        "running",
        "success",
        "partial",
        "failed",
        "cancelled",
    ];
    PossibleValuesParser::new(words)
        .try_map(|word| JobStatus::parse(&word.to_uppercase()).ok_or("is no state of a job"))
}

/// An id or the beginning of one, in lower case.
fn parse_id(text: &str) -> Result<String, String> {
    let is_beginning = |text: &str| {
        (1..=36).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
    };
    if is_beginning(text) {
        Ok(text.to_lowercase())
    } else {
        Err("must be the id of a job or its beginning, such as 019a3c5e-7d10".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_told_from_other_words() {
        assert_eq!(parse_id("019A3c5e-7").as_deref(), Ok("019a3c5e-7"));
        for text in ["", "shop", "019a 3c5e", &"0".repeat(37)] {
            assert!(parse_id(text).is_err(), "{text}");
        }
    }
}
