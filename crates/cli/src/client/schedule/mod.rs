//! `plumb schedule`.

mod add;
mod edit;
mod list;
mod remove;
mod show;

use std::path::Path;

use super::ClientError;
use crate::args::{Format, ScheduleCommand};
use crate::error::Outcome;

/// Lists, shows, makes, changes or deletes schedules.
///
/// # Errors
/// When `meta` cannot be asked, or refuses.
pub(crate) async fn schedule(
    command: &ScheduleCommand,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    match command {
        ScheduleCommand::List(arguments) => list::list(arguments, data_dir, format).await,
        ScheduleCommand::Show(arguments) => show::show(arguments, data_dir, format).await,
        ScheduleCommand::Add(arguments) => add::add(arguments, data_dir, format).await,
        ScheduleCommand::Edit(arguments) => edit::edit(arguments, data_dir, format).await,
        ScheduleCommand::Pause(arguments) => edit::pause(arguments, true, data_dir, format).await,
        ScheduleCommand::Resume(arguments) => edit::pause(arguments, false, data_dir, format).await,
        ScheduleCommand::Remove(arguments) => remove::remove(arguments, data_dir, format).await,
    }
}
