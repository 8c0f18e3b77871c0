//! `plumb job list`.

use std::path::Path;

use meta_client::JobsQuery;
use models::job::Job;

use super::status::{progress, took};
use crate::args::{Format, JobListArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::client::list::{View, print_list};
use crate::error::Outcome;
use crate::output::{short, time};

const HEADINGS: &[&str] = &[
    "ID", "TYPE", "SCOPE", "STATUS", "PROGRESS", "QUEUED", "TOOK", "TRIGGER", "ERROR",
];
/// So much of what a job works on, and of an error, stands in a list.
const SCOPE: usize = 60;
const ERROR: usize = 80;

pub(super) async fn list(
    arguments: &JobListArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let view = View {
        headings: HEADINGS,
        numbers: &["PROGRESS", "TOOK"],
        row: |job| row(job).to_vec(),
        none: "there is no such job".to_owned(),
    };
    print_list(view, &arguments.paging, format, async |limit, cursor| {
        let query = JobsQuery {
            job_type: arguments.job_type.as_deref().map(str::to_uppercase),
            status: arguments.status,
            scope: arguments.scope.clone(),
            since: arguments.since,
            limit: Some(limit),
            cursor,
        };
        let page = meta.session.list_jobs(&query).await;
        page.map_err(|error| meta.failed(error))
    })
    .await?;
    Ok(Outcome::Done)
}

fn row(job: &Job) -> [String; 9] {
    let error = job.error_details.as_deref().unwrap_or_default();
    let error = error.lines().next().unwrap_or_default();
    [
        job.id.to_string(),
        job.job_type.clone(),
        short(&job.target_scope, SCOPE).into_owned(),
        job.status.to_string(),
        progress(job),
        time(Some(&job.queued_at)),
        took(job),
        job.trigger.clone(),
        short(error, ERROR).into_owned(),
    ]
}
