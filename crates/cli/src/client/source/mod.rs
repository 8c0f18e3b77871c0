//! `plumb source`.

mod add;
mod edit;
mod list;
mod remove;
mod show;
mod test;

use std::path::Path;

use super::ClientError;
use crate::args::{Format, SourceCommand};
use crate::error::Outcome;

/// Registers, lists, shows, tests, changes or removes data sources.
///
/// # Errors
/// When `meta` cannot be asked, or refuses.
pub(crate) async fn source(
    command: &SourceCommand,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    match command {
        SourceCommand::Add(arguments) => add::add(arguments, data_dir, format).await,
        SourceCommand::List(arguments) => list::list(arguments, data_dir, format).await,
        SourceCommand::Show(arguments) => show::show(arguments, data_dir, format).await,
        SourceCommand::Test(arguments) => test::test(arguments, data_dir, format).await,
        SourceCommand::Edit(arguments) => edit::edit(arguments, data_dir, format).await,
        SourceCommand::Pause(arguments) => edit::pause(arguments, true, data_dir, format).await,
        SourceCommand::Resume(arguments) => edit::pause(arguments, false, data_dir, format).await,
        SourceCommand::Remove(arguments) => remove::remove(arguments, data_dir, format).await,
    }
}

/// Host and port as they stand in a URL.
pub(super) fn address(host: &str, port: u16) -> String {
    if host.contains(':') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    }
}
