//! `plumb pipeline sync`, `run-etl` and `measure`.

use std::path::Path;

use super::find::find;
use crate::args::{Format, PipelineStartArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::client::follow::{Named, follow_job, start as start_job};
use crate::client::job::{outcome, print};
use crate::error::Outcome;
use crate::output;

pub(super) async fn start(
    arguments: &PipelineStartArguments,
    step: &str,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let id = find(&meta, &arguments.pipeline).await?.pipeline.id;
    let started = start_job(&meta, arguments.follow, async || {
        meta.session.start_pipeline(id, step).await
    })
    .await?;
    if arguments.follow {
        let job = follow_job(&meta, Named::known(started.job_id)).await?;
        print(&job, format)?;
        return outcome(job);
    }
    match format {
        Format::Json => output::print_json(&started)?,
        Format::Table => {
            output::print(&format!("job {}: {}", started.job_id, started.status))?;
            output::hint(&format!(
                "plumb job watch {} shows how it ends",
                started.job_id
            ));
        }
    }
    Ok(Outcome::Done)
}
