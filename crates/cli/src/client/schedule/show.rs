//! `plumb schedule show`.

use std::path::Path;

use super::list::{Shown, Source, next_run};
use crate::args::{Format, ScheduleShowArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output::{self, Facts, time};

pub(super) async fn show(
    arguments: &ScheduleShowArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let schedule = meta.session.get_schedule(arguments.id).await;
    let schedule = schedule.map_err(|error| meta.failed(error))?;
    if format == Format::Json {
        output::print_json(&schedule)?;
        return Ok(Outcome::Done);
    }
    let source = meta.session.get_datasource(schedule.datasource_id).await;
    let source = source.map_err(|error| meta.failed(error))?;
    let shown = Shown {
        schedule,
        source: Source::from(source),
    };
    output::print(&facts(&shown).render())?;
    Ok(Outcome::Done)
}

fn facts(shown: &Shown) -> Facts {
    let schedule = &shown.schedule;
    let databases = schedule.databases.as_deref();
    let level = match databases {
        None => "1, the server's databases",
        Some(_) => "2, the tables and fields of databases",
    };
    let mut facts = Facts::default();
    facts.add("id", schedule.id.to_string());
    facts.add("source", shown.source.name.clone());
    facts.add("level", level.to_owned());
    facts.add("databases", databases.map(|names| names.join(", ")));
    facts.add("cron", schedule.cron.clone());
    facts.add("time zone", schedule.time_zone.clone());
    let jitter = Some(schedule.jitter_seconds).filter(|seconds| *seconds > 0);
    facts.add("jitter", jitter.map(|seconds| format!("up to {seconds} s")));
    facts.add("origin", schedule.origin.as_str().to_owned());
    facts.add("next run", next_run(shown));
    facts.add("last run", time(schedule.last_run_at.as_ref()));
    facts.add("last job", schedule.last_job_id.map(|id| id.to_string()));
    facts.add("made", time(Some(&schedule.created_at)));
    facts
}
