//! `plumb overview`.

use std::path::Path;

use models::overview::Overview;

use super::ClientError;
use super::connection::Meta;
use super::pipeline::pending;
use crate::args::{Format, OverviewArguments};
use crate::error::Outcome;
use crate::output::{self, Table, count, short, time};

/// So much of an error stands in a list.
const ERROR: usize = 100;

/// Shows whether the data is current.
///
/// # Errors
/// When `meta` cannot be asked, or refuses.
pub(crate) async fn overview(
    arguments: &OverviewArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let overview = meta.session.overview().await;
    let overview = overview.map_err(|error| meta.failed(error))?;
    match format {
        Format::Json => output::print_json(&overview)?,
        Format::Table => output::print(&page(&overview))?,
    }
    Ok(Outcome::Done)
}

fn page(overview: &Overview) -> String {
    let parts = [
        ("Pipelines", pipelines(overview)),
        ("Groups", groups(overview)),
        ("Sources", sources(overview)),
        ("Failures", failures(overview)),
    ];
    let shown: Vec<String> = parts
        .into_iter()
        .filter_map(|(title, table)| Some(format!("{title}:\n{}", table?.render())))
        .collect();
    shown.join("\n")
}

fn known(number: Option<i64>) -> String {
    number.map_or_else(|| "-".to_owned(), count)
}

fn pipelines(overview: &Overview) -> Option<Table> {
    let headings = [
        "NAME",
        "STATE",
        "LAST SYNCED",
        "LAST PROCESSED",
        "PENDING",
        "MEASURED",
        "BY",
    ];
    let mut table = Table::new(&headings).right(&["PENDING"]);
    for one in &overview.pipelines {
        let cells = pending(&one.status, one.problems);
        let mut row = vec![one.name.as_str()];
        row.extend(cells.iter().map(String::as_str));
        table.row(&row);
    }
    (!overview.pipelines.is_empty()).then_some(table)
}

fn groups(overview: &Overview) -> Option<Table> {
    let mut table = Table::new(&["GROUP", "TABLES", "RECORDS"]).right(&["TABLES", "RECORDS"]);
    for group in &overview.groups {
        table.row(&[&group.name, &count(group.tables), &known(group.records)]);
    }
    (!overview.groups.is_empty()).then_some(table)
}

fn sources(overview: &Overview) -> Option<Table> {
    let headings = [
        "NAME",
        "TYPE",
        "STATUS",
        "LAST SYNC",
        "DATABASES",
        "TABLES",
        "RECORDS",
    ];
    let mut table = Table::new(&headings).right(&["DATABASES", "TABLES", "RECORDS"]);
    for source in &overview.sources {
        let status = if source.paused {
            "paused"
        } else {
            &source.sync_status
        };
        table.row(&[
            &source.datasource_name,
            &source.datasource_type,
            status,
            &time(source.last_sync_at.as_ref()),
            &count(source.databases),
            &count(source.tables),
            &known(source.records),
        ]);
    }
    (!overview.sources.is_empty()).then_some(table)
}

fn failures(overview: &Overview) -> Option<Table> {
    let headings = ["JOB", "TYPE", "SCOPE", "STATUS", "FAILED", "ENDED", "ERROR"];
    let mut table = Table::new(&headings).right(&["FAILED"]);
    for failure in &overview.failures {
        table.row(&[
            &failure.job_id.to_string(),
            &failure.job_type,
            &failure.target_scope,
            &failure.status,
            &count(failure.records_failed),
            &time(Some(&failure.completed_at)),
            &short(failure.error.as_deref().unwrap_or_default(), ERROR),
        ]);
    }
    (!overview.failures.is_empty()).then_some(table)
}
