//! `plumb job show`.

use std::path::Path;

use models::job::{Job, JobAttempt, JobDetails};

use super::find::find;
use super::status::{left, progress, took};
use crate::args::{Format, JobShowArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output::{self, Facts, Table, time};

pub(super) async fn show(
    arguments: &JobShowArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let id = find(&meta, &arguments.id).await?;
    let details = meta.session.get_job(id).await;
    let details = details.map_err(|error| meta.failed(error))?;
    match format {
        Format::Json => output::print_json(&details)?,
        Format::Table => output::print(&page(&details))?,
    }
    Ok(Outcome::Done)
}

fn page(details: &JobDetails) -> String {
    let mut text = facts(&details.job).render();
    if !details.attempts.is_empty() {
        text.push_str("\nAttempts:\n");
        text.push_str(&attempts(&details.attempts).render());
    }
    text
}

fn facts(job: &Job) -> Facts {
    let known = |moment: Option<&_>| moment.map(|moment| time(Some(moment)));
    let mut facts = Facts::default();
    facts.add("id", job.id.to_string());
    facts.add("reported as", job.external_id.clone());
    facts.add("type", job.job_type.clone());
    facts.add("scope", job.target_scope.clone());
    facts.add("status", job.status.to_string());
    facts.add("progress", progress(job));
    facts.add("rate", left(job));
    facts.add("message", job.message.clone());
    // Cause by cause, a line each.
    for (index, line) in job
        .error_details
        .iter()
        .flat_map(|it| it.lines())
        .enumerate()
    {
        let label = if index == 0 { "error" } else { "" };
        facts.add(label, line.to_owned());
    }
    facts.add("trigger", job.trigger.clone());
    facts.add("asked by", job.requested_by.clone());
    facts.add("comes from", job.parent_job_id.map(|id| id.to_string()));
    facts.add("queued", time(Some(&job.queued_at)));
    facts.add("started", known(job.started_at.as_ref()));
    facts.add("next attempt", known(job.run_after.as_ref()));
    facts.add(
        "last heard of",
        known(job.heartbeat_at.as_ref()).filter(|_| job.completed_at.is_none()),
    );
    facts.add("to be stopped", known(job.cancel_requested_at.as_ref()));
    facts.add("ended", known(job.completed_at.as_ref()));
    facts.add("took", took(job));
    facts.add("parameters", job.parameters.to_string());
    facts.add("result", job.result.as_ref().map(ToString::to_string));
    facts
}

fn attempts(attempts: &[JobAttempt]) -> Table {
    let headings = ["ATTEMPT", "STARTED", "ENDED", "OUTCOME", "WORKER", "ERROR"];
    let mut table = Table::new(&headings).right(&["ATTEMPT"]);
    for one in attempts {
        table.row(&[
            &one.attempt.to_string(),
            &time(Some(&one.started_at)),
            &time(one.ended_at.as_ref()),
            one.outcome.as_deref().unwrap_or("-"),
            &one.worker,
            one.error.as_deref().unwrap_or_default(),
        ]);
    }
    table
}
