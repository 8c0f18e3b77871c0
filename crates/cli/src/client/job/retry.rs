//! `plumb job retry`.

use std::path::Path;

use super::find::find;
use super::watch::{outcome, print};
use crate::args::{Format, JobRetryArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::client::follow::{Named, follow_job, start};
use crate::error::Outcome;
use crate::output;

pub(super) async fn retry(
    arguments: &JobRetryArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let id = find(&meta, &arguments.id).await?;
    let retried = start(&meta, arguments.follow, async || {
        meta.session.retry_job(id).await
    })
    .await?;
    if arguments.follow {
        let job = follow_job(&meta, Named::known(retried.job_id)).await?;
        print(&job, format)?;
        return outcome(job);
    }
    match format {
        Format::Json => output::print_json(&retried)?,
        Format::Table => {
            output::print(&format!("job {}: {}", retried.job_id, retried.status))?;
            output::hint(&format!(
                "plumb job watch {} shows how it ends",
                retried.job_id
            ));
        }
    }
    Ok(Outcome::Done)
}
