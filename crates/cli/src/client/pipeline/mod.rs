//! `plumb pipeline`.

mod add;
mod edit;
mod file;
mod find;
mod list;
mod remove;
mod show;
mod start;

use std::path::Path;

use super::ClientError;
use crate::args::{Format, PipelineCommand};
use crate::error::Outcome;

pub(super) use list::pending;

/// Lists, shows, makes, changes, deletes or runs pipelines.
///
/// # Errors
/// When `meta` cannot be asked or refuses, or a job that is waited for ends badly.
pub(crate) async fn pipeline(
    command: &PipelineCommand,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    match command {
        PipelineCommand::List(arguments) => list::list(arguments, data_dir, format).await,
        PipelineCommand::Show(arguments) => show::show(arguments, data_dir, format).await,
        PipelineCommand::Add(arguments) => add::add(arguments, data_dir, format).await,
        PipelineCommand::Edit(arguments) => edit::edit(arguments, data_dir, format).await,
        PipelineCommand::Remove(arguments) => remove::remove(arguments, data_dir, format).await,
        PipelineCommand::Sync(arguments) => start::start(arguments, "sync", data_dir, format).await,
        PipelineCommand::RunEtl(arguments) => {
            start::start(arguments, "run-etl", data_dir, format).await
        }
        PipelineCommand::Measure(arguments) => {
            start::start(arguments, "measure", data_dir, format).await
        }
    }
}
