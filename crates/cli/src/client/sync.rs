//! `plumb sync`.

use std::path::Path;

use models::scan::StartSync;

use super::ClientError;
use super::connection::Meta;
use super::follow::{follow, start};
use super::status::{Kind, outcome_of, summary};
use crate::args::{Format, SyncArguments};
use crate::error::Outcome;
use crate::output;

/// Starts level 1 of a data source.
///
/// # Errors
/// When `meta` cannot be asked or refuses, or the sync ends badly.
pub(crate) async fn sync(
    arguments: &SyncArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let source = meta.find_source(&arguments.source).await?;
    let request = StartSync {
        resource_id: source.id,
        force: arguments.force,
    };
    let started = start(&meta, arguments.follow, async || {
        meta.session.start_sync(&request).await
    })
    .await?;
    if arguments.follow {
        let ended = follow(&meta, Kind::Sync, started.sync_id, started.job_id).await?;
        match format {
            Format::Json => output::print_json(&ended)?,
            Format::Table => output::print(&summary(Kind::Sync, &ended))?,
        }
        return outcome_of(Kind::Sync.word(), ended.status, ended.error_message);
    }
    match format {
        Format::Json => output::print_json(&started)?,
        Format::Table => {
            let status = started.status;
            output::print(&format!("sync {}: {status}", started.sync_id))?;
            output::hint(&output::plain(&started.message));
        }
    }
    outcome_of(Kind::Sync.word(), started.status, None)
}
