//! `bench scan` reads one database of a private server by a real `meta`, built for release, and holds
//! that against a floor: what the same reading and writing costs without a product around it.
//!
//! | figure | product | floor |
//! | --- | --- | --- |
//! | `first_deep_scan` | seconds of the job, from claim to end by its own times, into an empty catalog | reading and writing |
//! | `unchanged_deep_scan` | the same, once more | reading |
//! | `statements` | statements that the first scan sent, as the job counts them | the same at the smallest size |
//! | `memory` | peak resident memory of `meta` (`VmHWM`), which has served both scans | the same at the smallest size |
//!
//! Reading: the scanner's own statements, in one session of `psql` or `mariadb`, answers to a file. What
//! they are is not written down here: a scan that is not measured runs before, on `PostgreSQL` through a
//! wire that listens, on `MariaDB` with the general log on, and its statements are kept with their
//! values, the settings of the session included.
//!
//! Writing: `\copy` by `psql` of the rows that the scan left in the catalog into empty tables made like
//! the catalog's own, with all their indexes, from files in the binary format.
//!
//! Each run has a store and a `meta` of its own, and measures product and floor one after the other; the
//! figures are medians. Connections are without TLS on both sides.

pub(super) mod corpus;
mod figures;
mod floor;
mod product;
mod wire;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use test_support::{Server, Source};

use self::figures::Figures;
use self::floor::Floor;
use self::product::Capture;
use super::report;

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct ScanArguments {
    /// The servers; both when absent.
    #[arg(long, value_enum)]
    server: Vec<Kind>,
    /// S has 1,000 tables, M 10,000, each of 20 fields; both when absent.
    #[arg(long, value_enum, ignore_case = true)]
    size: Vec<Size>,
    /// How often; the figures are medians.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..))]
    runs: u8,
    /// Print the figures as one JSON document and nothing else.
    #[arg(long)]
    json: bool,
    /// A `meta` that is built already; one is built for release when absent.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// The folder with psql and mariadb; `tests/servers with` sets it.
    #[arg(long, env = "PLUMBLINE_TEST_PROGRAMS", value_name = "DIR")]
    clients: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Postgresql,
    Mariadb,
}

impl Kind {
    fn server(self) -> Server {
        match self {
            Self::Postgresql => Server::Postgres,
            Self::Mariadb => Server::MariaDb,
        }
    }
}

/// How large the database is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum Size {
    S,
    M,
}

impl Size {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::M => "M",
        }
    }

    pub(super) fn tables(self) -> usize {
        match self {
            Self::S => 1_000,
            Self::M => 10_000,
        }
    }
}

/// Measures deep scans, prints the figures and writes them to `target/bench/scan.json`.
pub(crate) fn scan(root: &Path, arguments: &ScanArguments) -> anyhow::Result<()> {
    let program = super::program(root, arguments.program.as_deref())?;
    let folder = super::folder(root)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let mut rows = Vec::new();
    for kind in chosen(&arguments.server) {
        let mut sizes = chosen(&arguments.size);
        sizes.sort_unstable();
        for size in sizes {
            let bench = Bench {
                program: &program,
                folder: &folder,
                arguments,
                size,
            };
            let figures = runtime.block_on(bench.measure(kind.server()))?;
            rows.extend(figures.rows(kind.server(), size, &rows));
        }
    }
    report::write(&folder.join("scan.json"), &rows, arguments.json)
}

/// What was chosen; everything when nothing was.
fn chosen<T: ValueEnum + PartialEq>(values: &[T]) -> Vec<T> {
    let is_chosen = |value: &T| values.is_empty() || values.contains(value);
    T::value_variants()
        .iter()
        .filter(|value| is_chosen(value))
        .cloned()
        .collect()
}

struct Bench<'a> {
    program: &'a Path,
    folder: &'a Path,
    arguments: &'a ScanArguments,
    size: Size,
}

impl Bench<'_> {
    async fn measure(&self, server: Server) -> anyhow::Result<Figures> {
        let (size, runs) = (self.size, self.arguments.runs);
        let label = format!("bench: {} {}", server.flavor(), size.word());
        eprintln!("{label}: making {} tables", size.tables());
        let source = Source::create(server).await;
        corpus::create(&source, size.tables()).await;

        eprintln!("{label}: seeing what a scan asks");
        let capture = Capture::start(&source).await?;
        let fields = size.tables() * corpus::FIELDS;
        product::run(self.program, &source, Some(&capture), fields).await?;
        let statements = capture.statements(&source).await?;
        let floor = Floor::new(&self.arguments.clients, self.folder, &source, &statements)?;

        let mut figures = Figures::default();
        for run in 1..=runs {
            let done = product::run(self.program, &source, None, fields).await?;
            let (read, written) = (floor.read()?, floor.write(&done.installation).await?);
            eprintln!(
                "{label}: run {run} of {runs}: first {:.2} s over {read:.2} + {written:.2} s, unchanged {:.2} s, {:.0} MiB",
                done.first, done.unchanged, done.memory
            );
            figures.add(&done, read, written);
        }
        corpus::drop(&source).await;
        Ok(figures)
    }
}
