//! `plumb schedule list`.

use std::collections::HashMap;
use std::path::Path;

use meta_client::SchedulesQuery;
use models::datasource::Datasource;
use models::page::Page;
use models::schedule::Schedule;
use serde::Serialize;

use crate::args::{Format, ScheduleListArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::client::list::{View, print_list};
use crate::error::Outcome;
use crate::output::{Table, short, time};

const HEADINGS: &[&str] = &[
    "ID",
    "SOURCE",
    "LEVEL",
    "DATABASES",
    "CRON",
    "TIME ZONE",
    "NEXT RUN",
    "LAST RUN",
    "ORIGIN",
];
/// So much of the names of databases stands in a list.
const DATABASES: usize = 60;

/// A schedule with what is to be said of its data source, which the API's document has not.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    #[serde(flatten)]
    pub(super) schedule: Schedule,
    #[serde(skip)]
    pub(super) source: Source,
}

/// What is to be said of a data source.
#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    /// Its name; None where it is not looked up, or gone.
    pub(super) name: Option<String>,
    pub(super) is_paused: bool,
}

impl From<Datasource> for Source {
    fn from(source: Datasource) -> Self {
        Self {
            name: Some(source.datasource_name),
            is_paused: source.paused,
        }
    }
}

pub(super) async fn list(
    arguments: &ScheduleListArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let (resource_id, sources) = match (&arguments.source, format) {
        (Some(source), _) => {
            let source = meta.find_source(source).await?;
            (Some(source.id), vec![source])
        }
        (None, Format::Table) => (None, meta.list_sources().await?),
        (None, Format::Json) => (None, Vec::new()),
    };
    let sources: HashMap<i64, Source> = sources
        .into_iter()
        .map(|source| (source.id, Source::from(source)))
        .collect();
    let view = View {
        headings: HEADINGS,
        numbers: &[],
        row: |shown| row(shown).to_vec(),
        none: "there is no schedule: see plumb schedule add --help".to_owned(),
    };
    print_list(view, &arguments.paging, format, async |limit, cursor| {
        let query = SchedulesQuery {
            resource_id,
            limit: Some(limit),
            cursor,
        };
        let page = meta.session.list_schedules(&query).await;
        let page = page.map_err(|error| meta.failed(error))?;
        let shown = |schedule: Schedule| Shown {
            source: sources
                .get(&schedule.datasource_id)
                .cloned()
                .unwrap_or_default(),
            schedule,
        };
        Ok(Page {
            items: page.items.into_iter().map(shown).collect(),
            next_cursor: page.next_cursor,
            total: page.total,
        })
    })
    .await?;
    Ok(Outcome::Done)
}

/// One schedule as a list has it.
pub(super) fn table(shown: &Shown) -> Table {
    let mut table = Table::new(HEADINGS);
    table.row(&row(shown).each_ref().map(String::as_str));
    table
}

/// When it runs next, or why it does not.
pub(super) fn next_run(shown: &Shown) -> String {
    match &shown.schedule.next_run_at {
        Some(next) => time(Some(next)),
        None if shown.schedule.paused => "paused".to_owned(),
        None if shown.source.is_paused => "source paused".to_owned(),
        None => "not planned yet".to_owned(),
    }
}

fn row(shown: &Shown) -> [String; 9] {
    let schedule = &shown.schedule;
    let databases = schedule.databases.as_deref().unwrap_or_default().join(", ");
    let source = shown.source.name.clone();
    [
        schedule.id.to_string(),
        source.unwrap_or_else(|| format!("({})", schedule.datasource_id)),
        schedule.level.to_string(),
        short(&databases, DATABASES).into_owned(),
        schedule.cron.clone(),
        schedule.time_zone.clone(),
        next_run(shown),
        time(schedule.last_run_at.as_ref()),
        schedule.origin.as_str().to_owned(),
    ]
}
