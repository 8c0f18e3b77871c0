//! `plumb job`.

mod cancel;
mod find;
mod list;
mod retry;
mod run;
mod send;
mod show;
mod status;
mod watch;

use std::path::Path;

use super::ClientError;
use crate::args::{Format, JobCommand};
use crate::error::Outcome;

pub(super) use status::shown;
pub(super) use watch::{outcome, print};

/// Lists, shows, watches, stops jobs or does them again; runs a command and records it.
///
/// # Errors
/// When `meta` cannot be asked or refuses, or a job that is waited for ends badly.
pub(crate) async fn job(
    command: &JobCommand,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    match command {
        JobCommand::List(arguments) => list::list(arguments, data_dir, format).await,
        JobCommand::Show(arguments) => show::show(arguments, data_dir, format).await,
        JobCommand::Watch(arguments) => watch::watch(arguments, data_dir, format).await,
        JobCommand::Cancel(arguments) => cancel::cancel(arguments, data_dir, format).await,
        JobCommand::Retry(arguments) => retry::retry(arguments, data_dir, format).await,
        JobCommand::Run(arguments) => Ok(run::run(arguments, data_dir).await),
        JobCommand::Send(arguments) => send::send(arguments, data_dir, format).await,
    }
}
