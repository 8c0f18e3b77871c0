//! `plumb job watch`.

use std::path::Path;

use models::job::Job;

use super::find::find;
use super::status::summary;
use crate::args::{Format, JobWatchArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::client::follow::{Named, follow_job};
use crate::client::status::outcome_of;
use crate::error::Outcome;
use crate::output;

pub(super) async fn watch(
    arguments: &JobWatchArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let id = find(&meta, &arguments.id).await?;
    let job = follow_job(&meta, Named::by_somebody(id)).await?;
    print(&job, format)?;
    outcome(job)
}

/// Prints how a job ended.
pub(in crate::client) fn print(job: &Job, format: Format) -> Result<(), ClientError> {
    match format {
        Format::Json => output::print_json(job)?,
        Format::Table => output::print(&summary(job))?,
    }
    Ok(())
}

/// What the exit status says of a job at its end.
pub(in crate::client) fn outcome(job: Job) -> Result<Outcome, ClientError> {
    outcome_of("job", job.status, job.error_details)
}
