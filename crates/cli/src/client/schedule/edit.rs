//! `plumb schedule edit`, `pause` and `resume`.

use std::path::Path;

use models::schedule::UpdateSchedule;

use super::list::{Shown, Source, table};
use crate::args::{Format, ScheduleEditArguments, SchedulePauseArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output;

pub(super) async fn edit(
    arguments: &ScheduleEditArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let change = UpdateSchedule {
        databases: arguments.databases.clone(),
        cron: arguments.cron.clone(),
        time_zone: arguments.time_zone.clone(),
        paused: None,
        jitter_seconds: arguments.jitter,
    };
    if change == UpdateSchedule::default() {
        return Err(ClientError::NothingToChange("schedule"));
    }
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    update(&meta, arguments.id, &change, format).await
}

/// Lets a schedule rest from now on, or no longer.
pub(super) async fn pause(
    arguments: &SchedulePauseArguments,
    paused: bool,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let change = UpdateSchedule {
        paused: Some(paused),
        ..UpdateSchedule::default()
    };
    update(&meta, arguments.id, &change, format).await
}

async fn update(
    meta: &Meta,
    id: i64,
    change: &UpdateSchedule,
    format: Format,
) -> Result<Outcome, ClientError> {
    let schedule = meta.session.update_schedule(id, change).await;
    let schedule = schedule.map_err(|error| meta.failed(error))?;
    if format == Format::Json {
        output::print_json(&schedule)?;
        return Ok(Outcome::Done);
    }
    let source = meta.session.get_datasource(schedule.datasource_id).await;
    let source = Source::from(source.map_err(|error| meta.failed(error))?);
    output::print(&table(&Shown { schedule, source }).render())?;
    Ok(Outcome::Done)
}
