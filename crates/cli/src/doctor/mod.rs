//! `plumb doctor`: looks at all that Plumbline needs, from the data directory to the registered
//! data sources, and says of each what to do. It changes nothing, and works when nothing runs.

mod check;
mod local;
mod services;
mod sources;
mod store;

use std::path::Path;

use self::check::{Check, Report};
use crate::args::{DoctorArguments, Format};
use crate::client::{ServiceUrls, service_urls};
use crate::data_dir::{DataDir, DataDirError};
use crate::error::Outcome;
use crate::output::{self, PrintError};

/// Why nothing could be looked at.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DoctorError {
    /// There is no data directory to look at.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// There can be no HTTP client.
    #[error("there can be no HTTP client")]
    Http(#[source] reqwest::Error),
    /// The report cannot be printed.
    #[error(transparent)]
    Print(#[from] PrintError),
}

/// Looks at everything and prints what was found.
///
/// # Errors
/// When nothing can be looked at, or the report cannot be printed. What is broken is no error.
pub(crate) async fn doctor(
    arguments: &DoctorArguments,
    named: Option<&Path>,
    format: Format,
) -> Result<Outcome, DoctorError> {
    let data_dir = DataDir::choose(named, crate::variable)?;
    let urls = service_urls(&arguments.services, named, &data_dir);
    let mut checks = Vec::new();
    if urls.is_elsewhere && !data_dir.path().exists() {
        let detail = "the services are another instance's: nothing on this machine was looked at";
        checks.push(Check::ok("this machine", detail));
    } else {
        checks.extend(local::look(&data_dir, arguments, &urls).await);
    }
    checks.extend(of_services(arguments, named, &urls).await?);
    let report = Report::new(checks);
    match format {
        Format::Json => output::print_json(&report)?,
        Format::Table => {
            output::print(&report.render())?;
            output::hint(&report.summary());
        }
    }
    Ok(if report.ok {
        Outcome::Done
    } else {
        Outcome::Failed
    })
}

/// Both services, and what only they can tell.
async fn of_services(
    arguments: &DoctorArguments,
    named: Option<&Path>,
    urls: &ServiceUrls,
) -> Result<Vec<Check>, DoctorError> {
    let http = service_kit::http_client().map_err(DoctorError::Http)?;
    let meta = services::look(&http, "meta", urls.meta.as_deref()).await;
    let manager = services::look(&http, "manager", urls.manager.as_deref()).await;
    let is_up = meta.status == check::Status::Ok;
    let mut checks = vec![meta, manager];
    if is_up {
        checks.extend(sources::look(arguments, named).await);
    }
    Ok(checks)
}
