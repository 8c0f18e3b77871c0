//! `plumb key`.

mod create;
mod list;
mod revoke;

use std::path::Path;

use super::ClientError;
use crate::args::{Format, KeyCommand};
use crate::error::Outcome;

/// Makes, lists or revokes API keys.
///
/// # Errors
/// When `meta` cannot be asked, or refuses.
pub(crate) async fn key(
    command: &KeyCommand,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    match command {
        KeyCommand::Create(arguments) => create::create(arguments, data_dir, format).await,
        KeyCommand::List(arguments) => list::list(arguments, data_dir, format).await,
        KeyCommand::Revoke(arguments) => revoke::revoke(arguments, data_dir, format).await,
    }
}
