//! `bench delta` compares the keys of two tables on two servers: 10,000,000 against 512 fewer, as a measurement of a
//! pipeline by the method `key` does, and finds those.
//!
//! | figure | product | floor |
//! | --- | --- | --- |
//! | `key_delta` | seconds of the comparison, connecting included | of the two plain `SELECT id ... ORDER BY id` at once, by `psql` and `mariadb`, the answers thrown away |
//! | `memory` | MiB of peak resident memory (`VmHWM`) of the process that compares, which does nothing else | the same for a hundredth of the keys |
//!
//! Both ways round: the sync table on `PostgreSQL` and the business table on `MariaDB`, and the other way. The keys are
//! `bigint` primary keys; those that are missing lie all over the table. The figures are medians.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, bail, ensure};
use clap::Args;
use test_support::{Server, Source};

use super::report::{self, Row, median};

/// How many keys the business table lacks.
const MISSING: u32 = 512;

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct DeltaArguments {
    /// How many keys the sync table has. A hundredth of them is compared too, of which as many are missing.
    #[arg(long, default_value_t = 10_000_000, value_parser = clap::value_parser!(u32).range(1_000_000..=100_000_000))]
    keys: u32,
    /// How often; the figures are medians.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..))]
    runs: u8,
    /// Print the figures as one JSON document and nothing else.
    #[arg(long)]
    json: bool,
    /// The folder with psql and mariadb; `tests/servers with` sets it.
    #[arg(long, env = "PLUMBLINE_TEST_PROGRAMS", value_name = "DIR")]
    clients: PathBuf,
}

/// Measures key deltas, prints the figures and writes them to `target/bench/delta.json`.
pub(crate) fn delta(root: &Path, arguments: &DeltaArguments) -> anyhow::Result<()> {
    let program = program(root)?;
    let folder = super::folder(root)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let mut rows = Vec::new();
    for (sync, biz) in [
        (Server::Postgres, Server::MariaDb),
        (Server::MariaDb, Server::Postgres),
    ] {
        let bench = Bench {
            program: &program,
            arguments,
            servers: (sync, biz),
        };
        rows.extend(runtime.block_on(bench.measure())?);
    }
    report::write(&folder.join("delta.json"), &rows, arguments.json)
}

/// The program that compares, built for release.
fn program(root: &Path) -> anyhow::Result<PathBuf> {
    eprintln!("bench: building the comparison for release");
    let status = Command::new("cargo")
        .args([
            "build",
            "--release",
            "--locked",
            "--package",
            "transfer",
            "--example",
            "compare",
        ])
        .current_dir(root)
        .stdout(std::io::stderr())
        .status()
        .context("cargo")?;
    ensure!(status.success(), "the comparison was not built");
    Ok(root.join("target/release/examples/compare"))
}

struct Bench<'a> {
    program: &'a Path,
    arguments: &'a DeltaArguments,
    servers: (Server, Server),
}

impl Bench<'_> {
    async fn measure(&self) -> anyhow::Result<[Row; 2]> {
        let (sync, biz) = self.servers;
        let label = format!("bench: {} to {}", sync.word(), biz.word());
        let keys = self.arguments.keys;
        eprintln!("{label}: making {keys} keys on each");
        let small = (
            fill(sync, "sync", keys / 100).await,
            fill(biz, "biz", keys / 100).await,
        );
        let large = (fill(sync, "sync", keys).await, fill(biz, "biz", keys).await);
        let (mut product, mut floor) = (Vec::new(), Vec::new());
        let (mut memory, mut memory_of_few) = (Vec::new(), Vec::new());
        for run in 1..=self.arguments.runs {
            let (seconds, peak) = self.compare(&large)?;
            product.push(seconds);
            memory.push(peak);
            memory_of_few.push(self.compare(&small)?.1);
            floor.push(self.read(&large)?);
            eprintln!(
                "{label}: run {run} of {}: {seconds:.1} s over {:.1}, {peak:.1} MiB",
                self.arguments.runs,
                floor[floor.len() - 1]
            );
        }
        let place = || vec![("sync", sync.word()), ("biz", biz.word())];
        let row = |figure, product: &[f64], floor: &[f64], unit| Row {
            place: place(),
            figure,
            product: median(product),
            floor: Some(median(floor)),
            unit,
            runs: product.len(),
        };
        Ok([
            row("key_delta", &product, &floor, "s"),
            row("memory", &memory, &memory_of_few, "MiB"),
        ])
    }

    /// Seconds and MiB of a comparison, which must find what is missing.
    fn compare(&self, (sync, biz): &(Source, Source)) -> anyhow::Result<(f64, f64)> {
        let mut child = Command::new(self.program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| self.program.display().to_string())?;
        let mut urls = child.stdin.take().context("it has an input")?;
        writeln!(urls, "{}\n{}", url(sync), url(biz))?;
        drop(urls);
        let output = child.wait_with_output()?;
        let text = String::from_utf8(output.stdout)?;
        let words: Vec<&str> = text.split_whitespace().collect();
        let [pending, seconds, kibibytes] = words[..] else {
            bail!("the comparison failed: {text}");
        };
        ensure!(
            pending == MISSING.to_string(),
            "found {pending} keys instead of {MISSING}"
        );
        Ok((seconds.parse()?, kibibytes.parse::<f64>()? / 1024.0))
    }

    /// Seconds of both plain streams at once.
    fn read(&self, (sync, biz): &(Source, Source)) -> anyhow::Result<f64> {
        let started = Instant::now();
        let readers = [self.plain(sync, "sync")?, self.plain(biz, "biz")?];
        for mut reader in readers {
            ensure!(reader.wait()?.success(), "a plain stream failed");
        }
        Ok(started.elapsed().as_secs_f64())
    }

    /// The keys of a table by the server's own client, which holds none of them.
    fn plain(&self, source: &Source, table: &str) -> anyhow::Result<Child> {
        let (host, port) = source.server.address();
        let select = format!("select id from {table} order by id");
        let mut command = if source.server == Server::Postgres {
            let mut command = Command::new(self.arguments.clients.join("psql"));
            command
                .args([
                    "--no-psqlrc",
                    "--no-align",
                    "--tuples-only",
                    "--set=FETCH_COUNT=10000",
                ])
                .arg(format!("--dbname={}", source.database))
                .env("PGPASSWORD", &source.password);
            command
                .arg(format!("--username={}", source.username))
                .arg("--command");
            command
        } else {
            let mut command = Command::new(self.arguments.clients.join("mariadb"));
            command
                .args([
                    "--no-defaults",
                    "--batch",
                    "--quick",
                    "--skip-column-names",
                    "--protocol=tcp",
                ])
                .arg(format!("--database={}", source.database))
                .env("MYSQL_PWD", &source.password);
            command
                .arg(format!("--user={}", source.username))
                .arg("--execute");
            command
        };
        let command = command
            .arg(select)
            .arg(format!("--host={host}"))
            .arg(format!("--port={port}"));
        command.stdout(File::create("/dev/null")?);
        command.spawn().context("the client of the server")
    }
}

/// A table of so many keys; of a business table a few are missing.
async fn fill(server: Server, table: &str, keys: u32) -> Source {
    let source = Source::create(server).await;
    let numbers = match server {
        Server::Postgres => format!("select n from generate_series(1, {keys}) n"),
        Server::MariaDb | Server::MySql => format!("select seq from seq_1_to_{keys}"),
    };
    let missing = if table == "biz" {
        let step = keys / MISSING;
        format!(
            "delete from {table} where id % {step} = 7 and id <= {};",
            MISSING * step
        )
    } else {
        String::new()
    };
    let settled = match server {
        Server::Postgres => format!(
            "vacuum analyze {table}; grant select on {table} to {}",
            source.username
        ),
        Server::MariaDb | Server::MySql => format!("analyze table {table}"),
    };
    source
        .execute(&format!(
            "create table {table} (id bigint primary key); insert into {table} {numbers}; {missing}"
        ))
        .await;
    for statement in settled.split("; ") {
        source.execute(statement).await;
    }
    source
}

fn url(source: &Source) -> String {
    let (host, port) = source.server.address();
    let scheme = match source.server {
        Server::Postgres => "postgresql",
        Server::MariaDb | Server::MySql => "mysql",
    };
    let (username, password, database) = (&source.username, &source.password, &source.database);
    format!("{scheme}://{username}:{password}@{host}:{port}/{database}?sslmode=disable")
}
