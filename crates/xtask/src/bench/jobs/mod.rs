//! `bench jobs` measures what it costs to run something as a job.
//!
//! | figure | product | floor |
//! | --- | --- | --- |
//! | `throughput` | jobs a second that do nothing, run by two workers of the crate `jobs` | the same queue library with two workers of the same settings, whose handler writes the same rows by two plain statements |
//! | `kill_to_resume` | seconds from SIGKILL to the next attempt at a deep scan, by another `meta` with default settings | |
//! | `cancel` | seconds from the request to stop a deep scan, whose source does not answer, to the last event of its stream | |
//! | `listeners` | MiB of resident memory that so many event streams of one job add to `meta` | |
//! | `fan_out` | seconds from the request to stop that job to its last event at the last listener | |
//!
//! For `throughput` all jobs are queued before; it is counted from the first begin to the last end by the
//! rows of the log. Workers look for jobs all the time on both sides, so that work is measured and not
//! waiting. The rest is measured on real programs, built for release.

mod faults;
mod throughput;

use std::path::{Path, PathBuf};

use clap::Args;

use super::report::{self, Row, median};

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct JobsArguments {
    /// How often; the figures are medians.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..))]
    runs: u8,
    /// How many jobs are run for the throughput.
    #[arg(long, default_value_t = 4000, value_parser = clap::value_parser!(i32).range(1..))]
    jobs: i32,
    /// How many event streams are open at once.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u16).range(1..))]
    listeners: u16,
    /// Print the figures as one JSON document and nothing else.
    #[arg(long)]
    json: bool,
    /// A `meta` that is built already; one is built for release when absent.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
}

/// Measures jobs, prints the figures and writes them to `target/bench/jobs.json`.
pub(crate) fn jobs(root: &Path, arguments: &JobsArguments) -> anyhow::Result<()> {
    let program = super::program(root, arguments.program.as_deref())?;
    let folder = super::folder(root)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let rows = runtime.block_on(measure(&program, arguments))?;
    report::write(&folder.join("jobs.json"), &rows, arguments.json)
}

async fn measure(program: &Path, arguments: &JobsArguments) -> anyhow::Result<Vec<Row>> {
    let runs = arguments.runs;
    let (mut product, mut floor) = (Vec::new(), Vec::new());
    let (mut resumed, mut cancelled) = (Vec::new(), Vec::new());
    let (mut memory, mut spread) = (Vec::new(), Vec::new());
    for run in 1..=runs {
        product.push(throughput::of_product(arguments.jobs).await?);
        floor.push(throughput::of_library(arguments.jobs).await?);
        resumed.push(faults::kill_to_resume(program).await?);
        cancelled.push(faults::cancel(program, 1).await?.seconds);
        let crowd = faults::cancel(program, arguments.listeners).await?;
        memory.push(crowd.memory);
        spread.push(crowd.seconds);
        let last = |values: &[f64]| values.last().copied().unwrap_or_default();
        eprintln!(
            "bench: run {run} of {runs}: {:.0} jobs/s over {:.0}, resumed after {:.1} s, stopped after {:.3} s, \
             {} listeners {:.1} MiB, stopped after {:.3} s",
            last(&product),
            last(&floor),
            last(&resumed),
            last(&cancelled),
            arguments.listeners,
            last(&memory),
            last(&spread)
        );
    }
    let row = |figure, product: &[f64], floor, unit| Row {
        place: Vec::new(),
        figure,
        product: median(product),
        floor,
        unit,
        runs: product.len(),
    };
    Ok(vec![
        row("throughput", &product, Some(median(&floor)), "jobs/s"),
        row("kill_to_resume", &resumed, None, "s"),
        row("cancel", &cancelled, None, "s"),
        row("listeners", &memory, None, "MiB"),
        row("fan_out", &spread, None, "s"),
    ])
}
