//! `plumb schedule add`.

use std::path::Path;

use models::schedule::CreateSchedule;

use super::list::{Shown, Source, table};
use crate::args::{Format, ScheduleAddArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output;

pub(super) async fn add(
    arguments: &ScheduleAddArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let source = meta.find_source(&arguments.source).await?;
    let new = CreateSchedule {
        resource_id: source.id,
        level: if arguments.databases.is_some() { 2 } else { 1 },
        databases: arguments.databases.clone(),
        cron: arguments.cron.clone(),
        time_zone: arguments.time_zone.clone(),
        paused: arguments.paused,
        jitter_seconds: arguments.jitter,
    };
    let schedule = meta.session.create_schedule(&new).await;
    let schedule = schedule.map_err(|error| meta.failed(error))?;
    match format {
        Format::Json => output::print_json(&schedule)?,
        Format::Table => {
            let source = Source::from(source);
            output::print(&table(&Shown { schedule, source }).render())?;
        }
    }
    Ok(Outcome::Done)
}
