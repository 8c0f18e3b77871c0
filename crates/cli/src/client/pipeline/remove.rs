//! `plumb pipeline remove`.

use std::path::Path;

use super::find::find;
use crate::args::{Format, PipelineRemoveArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output::{self, plain};

pub(super) async fn remove(
    arguments: &PipelineRemoveArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    for wanted in &arguments.pipelines {
        let pipeline = find(&meta, wanted).await?.pipeline;
        let deleted = meta.session.delete_pipeline(pipeline.id).await;
        deleted.map_err(|error| meta.failed(error))?;
        if format == Format::Table {
            output::print(&format!(
                "pipeline {} has been removed",
                plain(&pipeline.name)
            ))?;
        }
    }
    Ok(Outcome::Done)
}
