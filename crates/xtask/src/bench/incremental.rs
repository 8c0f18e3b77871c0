//! `bench incremental` changes 1 % of the tables of a database and has a real `meta`, built for release, scan it twice: by
//! what changed, and whole.
//!
//! | figure | product | floor |
//! | --- | --- | --- |
//! | `incremental_scan` | seconds of the job, from claim to end by its own times, that reads what changed | of one that reads everything |
//! | `on_the_source` | seconds that it waited for the data source, as the job counts them | the same |
//! | `bytes` | bytes of the values that the data source sent | the same |
//!
//! All runs are of one `meta` with one catalog, which has the whole database before the first of them. The database is
//! that of `bench scan`; the figures are medians.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};
use models::scan::ScanMode;
use serde_json::{Value, json};
use test_support::{Installation, Server, Source};

use super::report::{self, Row, median};
use super::scan::{Size, corpus};
use super::service::Service;

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct IncrementalArguments {
    /// The servers; all when absent.
    #[arg(long, value_enum)]
    server: Vec<Kind>,
    /// S has 1,000 tables, M 10,000, each of 20 fields.
    #[arg(long, value_enum, ignore_case = true, default_value = "m")]
    size: Size,
    /// How often; the figures are medians.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..))]
    runs: u8,
    /// Print the figures as one JSON document and nothing else.
    #[arg(long)]
    json: bool,
    /// A `meta` that is built already; one is built for release when absent.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Postgresql,
    Mariadb,
    Mysql,
}

impl Kind {
    fn server(self) -> Server {
        match self {
            Self::Postgresql => Server::Postgres,
            Self::Mariadb => Server::MariaDb,
            Self::Mysql => Server::MySql,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Postgresql => "postgresql",
            Self::Mariadb => "mariadb",
            Self::Mysql => "mysql",
        }
    }
}

/// Measures scans of what changed, prints the figures and writes them to `target/bench/incremental.json`.
pub(crate) fn incremental(root: &Path, arguments: &IncrementalArguments) -> anyhow::Result<()> {
    let program = super::program(root, arguments.program.as_deref())?;
    let folder = super::folder(root)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let kinds = match arguments.server.as_slice() {
        [] => Kind::value_variants(),
        chosen => chosen,
    };
    let mut rows = Vec::new();
    for kind in kinds {
        rows.extend(runtime.block_on(measure(*kind, &program, arguments))?);
    }
    report::write(&folder.join("incremental.json"), &rows, arguments.json)
}

/// What a scan took.
#[derive(Debug, Clone, Copy)]
struct Taken {
    seconds: f64,
    waited: f64,
    bytes: f64,
}

async fn measure(
    kind: Kind,
    program: &Path,
    arguments: &IncrementalArguments,
) -> anyhow::Result<[Row; 3]> {
    let tables = arguments.size.tables();
    let label = format!("bench: {} {tables} tables", kind.word());
    eprintln!("{label}: making them");
    let source = Source::create(kind.server()).await;
    corpus::create(&source, tables).await;
    let installation = Installation::new().await;
    let service = Service::start(program, &installation).await?;
    let mut body = source.registration("bench");
    body["tls"] = json!({ "mode": "disable" });
    let created = service.post("/api/metadata/datasources", &body).await;
    service.ended(&created["sync_id"]).await?;
    let scans = Scans {
        service,
        id: created["datasource"]["id"].clone(),
        database: &source.database,
    };
    scans.scan(ScanMode::Full, 0).await?;
    let (mut changed, mut whole) = (Vec::new(), Vec::new());
    for run in 1..=arguments.runs {
        change(&source, tables, run).await;
        let unchanged = tables - tables / 100;
        changed.push(scans.scan(ScanMode::Incremental, unchanged).await?);
        whole.push(scans.scan(ScanMode::Full, 0).await?);
        eprintln!(
            "{label}: run {run} of {}: {:.2?} over {:.2?}",
            arguments.runs,
            changed.last(),
            whole.last()
        );
    }
    corpus::drop(&source).await;
    let middle = |taken: &[Taken], of: fn(&Taken) -> f64| {
        let values: Vec<f64> = taken.iter().map(of).collect();
        median(&values)
    };
    let row = |figure, unit, of: fn(&Taken) -> f64| Row {
        place: vec![("server", kind.word()), ("size", arguments.size.word())],
        figure,
        product: middle(&changed, of),
        floor: Some(middle(&whole, of)),
        unit,
        runs: changed.len(),
    };
    Ok([
        row("incremental_scan", "s", |taken| taken.seconds),
        row("on_the_source", "s", |taken| taken.waited),
        row("bytes", "bytes", |taken| taken.bytes),
    ])
}

/// Adds a field to one table of a hundred.
async fn change(source: &Source, tables: usize, run: u8) {
    let mut session = source.session().await;
    for number in (100..=tables).step_by(100) {
        let sql = format!("alter table t{number:05} add column added_{run} int");
        session.execute(&sql).await;
    }
}

struct Scans<'a> {
    service: Service,
    id: Value,
    database: &'a str,
}

impl Scans<'_> {
    /// Scans the database; so many tables must be left out.
    async fn scan(&self, mode: ScanMode, unchanged: usize) -> anyhow::Result<Taken> {
        let request = json!({ "resource_id": self.id, "database": self.database, "mode": mode });
        let path = "/api/metadata/scan/deep";
        let started = self.service.post(path, &request).await;
        let ended = self.service.ended(&started["scan_id"]).await?;
        ensure!(
            ended["status"] == "SUCCESS" && ended["tables_unchanged"] == json!(unchanged),
            "the scan is not as it should be: {ended}"
        );
        let number = |value: &Value| value.as_f64().context("a number in the status of a scan");
        Ok(Taken {
            seconds: number(&ended["duration_seconds"])?,
            waited: number(&ended["cost"]["seconds"])?,
            bytes: number(&ended["cost"]["bytes"])?,
        })
    }
}
