//! `plumb pipeline add`.

use std::path::Path;

use models::pipeline::CreatePipeline;

use super::file::read;
use super::list::table;
use crate::args::{Format, PipelineAddArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output;

pub(super) async fn add(
    arguments: &PipelineAddArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let new: CreatePipeline = read(&arguments.file)?;
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let created = meta.session.create_pipeline(&new).await;
    let created = created.map_err(|error| meta.failed(error))?;
    match format {
        Format::Json => output::print_json(&created)?,
        Format::Table => output::print(&table(&created).render())?,
    }
    Ok(Outcome::Done)
}
