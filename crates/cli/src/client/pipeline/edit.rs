//! `plumb pipeline edit`.

use std::path::Path;

use models::pipeline::UpdatePipeline;

use super::file::read;
use super::find::find;
use super::list::table;
use crate::args::{Format, PipelineEditArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output;

pub(super) async fn edit(
    arguments: &PipelineEditArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let change: UpdatePipeline = read(&arguments.file)?;
    if change == UpdatePipeline::default() {
        return Err(ClientError::NothingToChange("pipeline"));
    }
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let id = find(&meta, &arguments.pipeline).await?.pipeline.id;
    let updated = meta.session.update_pipeline(id, &change).await;
    let updated = updated.map_err(|error| meta.failed(error))?;
    match format {
        Format::Json => output::print_json(&updated)?,
        Format::Table => output::print(&table(&updated).render())?,
    }
    Ok(Outcome::Done)
}
