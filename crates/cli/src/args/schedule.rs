//! `plumb schedule`.

use clap::{Args, Subcommand};

use super::{Connection, Paging};

const EXAMPLES: &str = "\
Examples:
  plumb schedule list --source shop
  plumb schedule add shop --cron '30 2 * * *' --time-zone Europe/Berlin --database orders
  plumb schedule edit 7 --cron '0 */6 * * *'
  plumb schedule pause 7";

const LIST_EXAMPLES: &str = "\
Examples:
  plumb schedule list
  plumb schedule list --source shop
  plumb schedule list --format json | jq -r '.items[] | [.next_run_at, .id] | @tsv' | sort";

const SHOW_EXAMPLES: &str = "\
Examples:
  plumb schedule show 7
  plumb schedule show 7 --format json

The ids are those of plumb schedule list.";

const ADD_EXAMPLES: &str = "\
Examples:
  plumb schedule add shop --cron @hourly
  plumb schedule add shop --cron '30 2 * * *' --time-zone Europe/Berlin --database orders --database hr
  plumb schedule add shop --cron '0 22 * * MON-FRI' --jitter 0 --database orders

Without --database it lists the server's databases (level 1), with it the tables and fields of these are
read (level 2). Each data source has a schedule of level 1 from its registration on.

The expression has the five fields minute, hour, day of the month, month and day of the week; quote it,
since a shell takes * for the names of files. A time that the clock leaves out in spring runs when the
clock goes on; one that it has twice in autumn runs once.";

const EDIT_EXAMPLES: &str = "\
Examples:
  plumb schedule edit 7 --cron '0 */6 * * *'
  plumb schedule edit 7 --time-zone America/New_York
  plumb schedule edit 7 --database orders --database hr

The databases that are given replace those that were set; only a schedule of level 2 has any.";

const PAUSE_EXAMPLES: &str = "\
Examples:
  plumb schedule pause 7
  plumb schedule resume 7

A paused schedule starts nothing, and what passes by meanwhile is not made up for. A job that it has started
goes on.";

const REMOVE_EXAMPLES: &str = "\
Examples:
  plumb schedule remove 7
  plumb schedule remove 7 8

The jobs that it started stay. One of origin manager, which reads what is managed, comes back when other
databases are managed: pause it instead. The API has no document to answer with, so --format json prints
nothing.";

#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub(crate) enum ScheduleCommand {
    /// List schedules with their next and last runs.
    List(ScheduleListArguments),
    /// Show all that is known of a schedule.
    Show(ScheduleShowArguments),
    /// Have a data source read again and again.
    Add(ScheduleAddArguments),
    /// Change a schedule; what is not named stays.
    Edit(ScheduleEditArguments),
    /// Have a schedule start nothing until it is resumed.
    Pause(SchedulePauseArguments),
    /// Let a schedule run again.
    Resume(SchedulePauseArguments),
    /// Delete schedules.
    Remove(ScheduleRemoveArguments),
}

#[derive(Debug, Args)]
#[command(after_help = LIST_EXAMPLES)]
pub(crate) struct ScheduleListArguments {
    /// Only those of this data source: its name or id.
    #[arg(long)]
    pub(crate) source: Option<String>,
    #[command(flatten)]
    pub(crate) paging: Paging,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = SHOW_EXAMPLES)]
pub(crate) struct ScheduleShowArguments {
    /// The schedule's id.
    pub(crate) id: i64,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = ADD_EXAMPLES)]
pub(crate) struct ScheduleAddArguments {
    /// The data source's name or id.
    pub(crate) source: String,
    /// When: a cron expression of five fields, or @yearly, @monthly, @weekly, @daily or @hourly.
    #[arg(long, value_name = "EXPRESSION")]
    pub(crate) cron: String,
    /// Read this database; may be repeated.
    #[arg(long = "database", value_name = "NAME")]
    pub(crate) databases: Option<Vec<String>>,
    /// The zone whose clock is meant, such as Europe/Berlin [default: the service's setting].
    #[arg(long, value_name = "ZONE")]
    pub(crate) time_zone: Option<String>,
    #[arg(
        long,
        value_name = "SECONDS",
        value_parser = jitter(),
        help = "Run up to so many seconds late, always by the same, so that schedules of one time do not \
                all run at once [default: the service's setting]"
    )]
    pub(crate) jitter: Option<i32>,
    /// Begin paused: it runs once it is resumed.
    #[arg(long)]
    pub(crate) paused: bool,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = EDIT_EXAMPLES)]
pub(crate) struct ScheduleEditArguments {
    /// The schedule's id.
    pub(crate) id: i64,
    /// When: a cron expression of five fields, or a word such as @daily.
    #[arg(long, value_name = "EXPRESSION")]
    pub(crate) cron: Option<String>,
    /// Read this database; may be repeated.
    #[arg(long = "database", value_name = "NAME")]
    pub(crate) databases: Option<Vec<String>>,
    /// The zone whose clock is meant, such as Europe/Berlin.
    #[arg(long, value_name = "ZONE")]
    pub(crate) time_zone: Option<String>,
    /// Run up to so many seconds late, always by the same.
    #[arg(long, value_name = "SECONDS", value_parser = jitter())]
    pub(crate) jitter: Option<i32>,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = PAUSE_EXAMPLES)]
pub(crate) struct SchedulePauseArguments {
    /// The schedule's id.
    pub(crate) id: i64,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = REMOVE_EXAMPLES)]
pub(crate) struct ScheduleRemoveArguments {
    /// The schedules' ids.
    #[arg(required = true, value_name = "ID")]
    pub(crate) ids: Vec<i64>,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

fn jitter() -> clap::builder::RangedI64ValueParser<i32> {
    clap::value_parser!(i32).range(0..=i64::from(models::schedule::MAX_JITTER_SECONDS))
}
