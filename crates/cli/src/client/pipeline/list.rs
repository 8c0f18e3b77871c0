//! `plumb pipeline list`.

use std::path::Path;

use meta_client::PageQuery;
use models::pipeline::{Freshness, PipelineStatus, PipelineView};

use crate::args::{Format, PipelineListArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::client::list::{View, print_list};
use crate::error::Outcome;
use crate::output::{Table, count, time};

const HEADINGS: &[&str] = &[
    "ID",
    "NAME",
    "STATE",
    "LAST SYNCED",
    "LAST PROCESSED",
    "PENDING",
    "MEASURED",
    "BY",
];

pub(super) async fn list(
    arguments: &PipelineListArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let view = View {
        headings: HEADINGS,
        numbers: &["PENDING"],
        row: |view| row(view).to_vec(),
        none: "there is no pipeline: see plumb pipeline add --help".to_owned(),
    };
    print_list(view, &arguments.paging, format, async |limit, cursor| {
        let query = PageQuery {
            limit: Some(limit),
            cursor,
            with_total: false,
        };
        let page = meta.session.list_pipelines(&query).await;
        page.map_err(|error| meta.failed(error))
    })
    .await?;
    Ok(Outcome::Done)
}

/// One pipeline as a list has it.
pub(super) fn table(view: &PipelineView) -> Table {
    let mut table = Table::new(HEADINGS).right(&["PENDING"]);
    table.row(&row(view).each_ref().map(String::as_str));
    table
}

/// Whether it is current, or why nothing of it runs.
pub(super) fn state(freshness: Freshness, problems: usize) -> String {
    if problems > 0 {
        return "broken".to_owned();
    }
    match freshness {
        Freshness::Fresh => "fresh",
        Freshness::Late => "late",
        Freshness::Unknown => "unknown",
    }
    .to_owned()
}

/// Whether it is current, when it was last brought up to date, and what waits.
pub(in crate::client) fn pending(status: &PipelineStatus, problems: usize) -> [String; 6] {
    [
        state(status.freshness, problems),
        time(status.last_synced_at.as_ref()),
        time(status.last_processed_at.as_ref()),
        status.pending_rows.map_or_else(|| "-".to_owned(), count),
        time(status.measured_at.as_ref()),
        status.method.as_str().to_owned(),
    ]
}

fn row(view: &PipelineView) -> [String; 8] {
    let [state, synced, processed, rows, measured, method] =
        pending(&view.status, view.problems.len());
    let (id, name) = (view.pipeline.id.to_string(), view.pipeline.name.clone());
    [id, name, state, synced, processed, rows, measured, method]
}
