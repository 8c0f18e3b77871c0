//! `plumb job cancel`.

use std::path::Path;

use models::job::JobStatus;
use uuid::Uuid;

use super::find::find;
use super::watch::print;
use crate::args::{Format, JobCancelArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::client::follow::{Named, follow_job};
use crate::error::{Error, Outcome};
use crate::output;

pub(super) async fn cancel(
    arguments: &JobCancelArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let mut ids = Vec::new();
    for wanted in &arguments.ids {
        ids.push(find(&meta, wanted).await?);
    }
    // All are stopped before any is waited for, and none that cannot be stopped keeps another.
    let mut stopping = Vec::new();
    let mut failed = Vec::new();
    for id in ids {
        match stop(&meta, id, arguments.follow, format).await {
            Ok(()) => stopping.push(id),
            Err(error) => failed.push(error),
        }
    }
    if arguments.follow {
        for id in stopping {
            match stopped(&meta, id, format).await {
                Ok(()) => {}
                Err(error @ ClientError::Interrupted { .. }) => return Err(error),
                Err(error) => failed.push(error),
            }
        }
    }
    let Some(last) = failed.pop() else {
        return Ok(Outcome::Done);
    };
    for error in failed {
        output::report(&Error::from(error));
    }
    Err(last)
}

/// Asks for the end of a job, and prints where it stands unless its end is waited for.
async fn stop(meta: &Meta, id: Uuid, follows: bool, format: Format) -> Result<(), ClientError> {
    let details = meta.session.cancel_job(id).await;
    let details = details.map_err(|error| meta.failed(error))?;
    match format {
        _ if follows => {}
        Format::Json => output::print_json(&details)?,
        Format::Table => {
            let status = details.job.status;
            let on_its_way = if status.is_active() {
                ", to be stopped"
            } else {
                ""
            };
            output::print(&format!("job {id}: {status}{on_its_way}"))?;
        }
    }
    Ok(())
}

/// Waits for the end of a job that is to be stopped.
async fn stopped(meta: &Meta, id: Uuid, format: Format) -> Result<(), ClientError> {
    let job = follow_job(meta, Named::known(id)).await?;
    print(&job, format)?;
    match job.status {
        JobStatus::Cancelled => Ok(()),
        status => Err(ClientError::NotCancelled { id, status }),
    }
}
