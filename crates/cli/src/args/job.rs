//! `plumb job`.

use chrono::{DateTime, Utc};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use models::job::JobStatus;

use super::since::parse_since;
use super::{Connection, Paging};

const EXAMPLES: &str = "\
Examples:
  plumb job list --status failed --since 1d
  plumb job watch 019a3c5e-7d10
  plumb job cancel 019a3c5e-7d10
  plumb job retry 019a3c5e-7d10 --follow

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
