//! `plumb pipeline show`.

use std::path::Path;

use models::pipeline::{
    Delta, Etl, ExternalRun, Fill, FillMode, PipelineJob, PipelineSchedule, PipelineTable,
    PipelineView,
};

use super::find::find;
use super::list::state;
use crate::args::{Format, PipelineShowArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output::{self, Facts, Table, count, duration, short, time};
use crate::words::full_name;

/// So much of a statement is shown; JSON has the whole.
const STATEMENT: usize = 200;

pub(super) async fn show(
    arguments: &PipelineShowArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let view = find(&meta, &arguments.pipeline).await?;
    match format {
        Format::Json => output::print_json(&view)?,
        Format::Table => output::print(&page(&view))?,
    }
    Ok(Outcome::Done)
}

fn page(view: &PipelineView) -> String {
    let mut text = facts(view).render();
    if !view.status.last_jobs.is_empty() {
        text.push_str("\nLast runs:\n");
        text.push_str(&jobs(&view.status.last_jobs).render());
    }
    text
}

fn facts(view: &PipelineView) -> Facts {
    let (pipeline, status) = (&view.pipeline, &view.status);
    let mut facts = Facts::default();
    facts.add("id", pipeline.id.to_string());
    facts.add("name", pipeline.name.clone());
    facts.add("state", state(status.freshness, view.problems.len()));
    for (index, problem) in view.problems.iter().enumerate() {
        let label = if index == 0 { "problems" } else { "" };
        facts.add(label, format!("{}: {}", problem.pointer, problem.detail));
    }
    facts.add("sync table", table(view.sync_table.as_ref()));
    facts.add("business table", table(view.biz_table.as_ref()));
    facts.add("fill", fill(&pipeline.fill));
    facts.add("etl", etl(&pipeline.etl));
    facts.add("delta", delta(&pipeline.delta));
    let age = |seconds: i32| format!("at most {} old", duration(f64::from(seconds)));
    facts.add("sync target", pipeline.target.sync_seconds.map(age));
    facts.add("etl target", pipeline.target.etl_seconds.map(age));
    let threshold = pipeline.threshold.map(count);
    facts.add("threshold", threshold.map(|rows| format!("{rows} rows")));
    facts.add("schedule", pipeline.schedule.as_ref().map(schedule));
    facts.add("last synced", time(status.last_synced_at.as_ref()));
    facts.add("last processed", time(status.last_processed_at.as_ref()));
    facts.add("pending rows", status.pending_rows.map(count));
    let measured = status.measured_at.as_ref();
    facts.add(
        "measured",
        measured.map(|at| format!("{}, by {}", time(Some(at)), status.method.as_str())),
    );
    let note = status.measurement.as_ref().and_then(|it| it.note.clone());
    facts.add("note", note);
    facts
}

fn table(table: Option<&PipelineTable>) -> String {
    let Some(table) = table else {
        return "gone with its data source".to_owned();
    };
    format!(
        "{} / {} / {} ({})",
        table.datasource_name,
        table.database_name,
        full_name(&table.table_schema, &table.table_name),
        table.id
    )
}

fn fill(fill: &Fill) -> String {
    match fill {
        Fill::Sql(sql) => {
            let mode = match sql.mode {
                FillMode::Upsert => "upsert",
                FillMode::Replace => "replace",
            };
            let query = short(&sql.query, STATEMENT);
            format!("{mode} from data source {}: {query}", sql.resource_id)
        }
        Fill::External(run) => external(run),
    }
}

fn etl(etl: &Etl) -> String {
    match etl {
        Etl::Sql(sql) => format!("statement: {}", short(&sql.statement, STATEMENT)),
        Etl::Http(call) => format!("calls {}", call.url),
        Etl::External(run) => external(run),
    }
}

fn external(run: &ExternalRun) -> String {
    match (&run.job_type, &run.target_scope) {
        (Some(job_type), Some(scope)) => format!("from outside, as {job_type} of {scope}"),
        _ => "from outside".to_owned(),
    }
}

fn delta(delta: &Delta) -> String {
    let (sync, biz) = delta.columns();
    match delta {
        Delta::Count => "difference of the row counts".to_owned(),
        Delta::Watermark(_) => format!("{} above {}", sync.join(", "), biz.join(", ")),
        Delta::Key(_) => format!("{} without {}", sync.join(", "), biz.join(", ")),
    }
}

fn schedule(schedule: &PipelineSchedule) -> String {
    let next = match &schedule.next_run_at {
        Some(next) => format!("next {}", time(Some(next))),
        None if schedule.paused => "paused".to_owned(),
        None => "not planned yet".to_owned(),
    };
    format!("{} {}, {next}", schedule.cron, schedule.time_zone)
}

fn jobs(jobs: &[PipelineJob]) -> Table {
    let headings = [
        "JOB", "TYPE", "STATUS", "RECORDS", "FAILED", "QUEUED", "ENDED",
    ];
    let mut table = Table::new(&headings).right(&["RECORDS", "FAILED"]);
    for job in jobs {
        table.row(&[
            &job.id.to_string(),
            &job.job_type,
            job.status.as_str(),
            &count(job.records_processed),
            &count(job.records_failed),
            &time(Some(&job.queued_at)),
            &time(job.completed_at.as_ref()),
        ]);
    }
    table
}
