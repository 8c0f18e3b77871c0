//! `plumb schedule remove`.

use std::path::Path;

use crate::args::{Format, ScheduleRemoveArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output;

pub(super) async fn remove(
    arguments: &ScheduleRemoveArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    for id in &arguments.ids {
        let deleted = meta.session.delete_schedule(*id).await;
        deleted.map_err(|error| meta.failed(error))?;
        if format == Format::Table {
            output::print(&format!("schedule {id} has been removed"))?;
        }
    }
    Ok(Outcome::Done)
}
