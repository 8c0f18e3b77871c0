//! `bench fill` moves a table from `PostgreSQL` to `MariaDB` and back, in this process, which must be built for release.
//!
//! | figure | product | floor |
//! | --- | --- | --- |
//! | `rows` | rows a second of a fill into an empty table, by upsert | of the servers' own clients: COPY or SELECT to a file, and the file by LOAD DATA LOCAL or COPY |
//! | `memory` | peak resident memory of this process while it fills (`VmHWM`) | the same with a tenth of the rows |
//!
//! Rows have a key, a number, an amount, a text and a time. The figures are medians. Each run begins with an
//! empty table.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, ensure};
use clap::Args;
use models::details::TableName;
use models::pipeline::FillMode;
use scan::session::{Reading, Writing};
use test_support::{Server, Source};
use transfer::{Fill, FillTable, Order, TargetColumn};

use super::report::{self, Row, median};

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct FillArguments {
    /// How many rows.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(10..))]
    rows: u32,
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

/// Measures fills, prints the figures and writes them to `target/bench/fill.json`.
pub(crate) fn fill(root: &Path, arguments: &FillArguments) -> anyhow::Result<()> {
    if super::in_release(root)? {
        return Ok(());
    }
    let folder = super::folder(root)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let rows = runtime.block_on(measure(&folder, arguments))?;
    report::write(&folder.join("fill.json"), &rows, arguments.json)
}

const COLUMNS: &str = "id, customer, amount, note, made_at";

const TABLE: &str = "create table t (id bigint primary key, customer int not null, amount numeric(12, 2) not null, \
    note varchar(60) not null, made_at timestamp(6) null)";

async fn measure(folder: &Path, arguments: &FillArguments) -> anyhow::Result<Vec<Row>> {
    let postgres = Source::create(Server::Postgres).await;
    let mariadb = Source::create(Server::MariaDb).await;
    for source in [&postgres, &mariadb] {
        source.execute(TABLE).await;
        let username = &source.username;
        let grant = match source.server {
            Server::Postgres => format!("grant all on t to {username}"),
            _ => format!("grant all on {}.t to {username}", source.database),
        };
        source.execute(&grant).await;
    }
    mariadb
        .admin()
        .await
        .execute("set global local_infile = 1")
        .await;
    let mut figures = Vec::new();
    for (direction, from, to) in [
        ("to mariadb", &postgres, &mariadb),
        ("to postgresql", &mariadb, &postgres),
    ] {
        let way = Way {
            from,
            to,
            folder,
            clients: &arguments.clients,
        };
        figures.extend(way.measure(direction, arguments).await?);
    }
    Ok(figures)
}

struct Way<'a> {
    from: &'a Source,
    to: &'a Source,
    folder: &'a Path,
    clients: &'a Path,
}

impl Way<'_> {
    async fn measure(
        &self,
        direction: &'static str,
        arguments: &FillArguments,
    ) -> anyhow::Result<[Row; 2]> {
        let (rows, runs) = (arguments.rows, arguments.runs);
        self.from.execute("truncate table t").await;
        self.from.execute(&generate(self.from.server, rows)).await;
        let (mut product, mut floor, mut large, mut small) = (vec![], vec![], vec![], vec![]);
        for run in 1..=runs {
            small.push(self.fill(rows / 10).await?.memory);
            let filled = self.fill(rows).await?;
            product.push(f64::from(rows) / filled.seconds);
            large.push(filled.memory);
            self.to.execute("truncate table t").await;
            let seconds = self.export()? + self.import()?;
            floor.push(f64::from(rows) / seconds);
            eprintln!(
                "bench: {direction}: run {run} of {runs}: {:.1} s over {seconds:.1} s, {:.0} MiB",
                filled.seconds, filled.memory
            );
        }
        let row = |figure, unit, product: &[f64], floor: &[f64]| Row {
            place: vec![("direction", direction)],
            figure,
            product: median(product),
            floor: Some(median(floor)),
            unit,
            runs: runs.into(),
        };
        Ok([
            row("rows", "rows/s", &product, &floor),
            row("memory", "MiB", &large, &small),
        ])
    }

    /// Fills the emptied table with the first rows.
    async fn fill(&self, rows: u32) -> anyhow::Result<Filled> {
        self.to.execute("truncate table t").await;
        // From here on the peak counts anew (`proc(5)`).
        std::fs::write("/proc/self/clear_refs", "5")?;
        let started = Instant::now();
        let mut reading = Reading::open(&self.from.target(), &self.from.database).await?;
        let mut writing = Writing::open(&self.to.target(), &self.to.database).await?;
        let query = format!("select {COLUMNS} from t where id <= {rows}");
        let answer = reading.ask(&query, &[]).await?;
        let mut fill = Fill::begin(answer, &mut writing, order(self.to)).await?;
        let mut written = 0;
        while let Some(step) = fill.step().await? {
            ensure!(
                step.failed.is_empty(),
                "rows were refused: {:?}",
                step.failed.first()
            );
            written += step.written;
        }
        fill.finish().await?;
        ensure!(
            written == u64::from(rows),
            "{written} rows instead of {rows}"
        );
        Ok(Filled {
            seconds: started.elapsed().as_secs_f64(),
            memory: peak()?,
        })
    }

    fn file(&self) -> PathBuf {
        self.folder.join("rows.tsv")
    }

    /// Seconds for writing all rows to a file.
    fn export(&self) -> anyhow::Result<f64> {
        let file = self.file();
        if self.from.server == Server::Postgres {
            let mut psql = self.psql(self.from);
            psql.arg(format!(
                "--command=\\copy t ({COLUMNS}) to '{}'",
                file.display()
            ));
            return timed(psql);
        }
        let mut mariadb = self.mariadb(self.from);
        mariadb
            .args(["--batch", "--quick", "--skip-column-names"])
            .arg(format!("--execute=select {COLUMNS} from t"))
            .stdout(File::create(&file)?);
        timed(mariadb)
    }

    /// Seconds for loading that file.
    fn import(&self) -> anyhow::Result<f64> {
        let file = self.file();
        if self.to.server == Server::Postgres {
            let mut psql = self.psql(self.to);
            psql.arg(format!(
                "--command=\\copy t ({COLUMNS}) from '{}'",
                file.display()
            ));
            return timed(psql);
        }
        let mut mariadb = self.mariadb(self.to);
        mariadb.arg("--local-infile=1").arg(format!(
            "--execute=load data local infile '{}' into table t ({COLUMNS})",
            file.display()
        ));
        timed(mariadb)
    }

    fn psql(&self, source: &Source) -> Command {
        let (host, port) = source.server.address();
        let mut command = Command::new(self.clients.join("psql"));
        command
            .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"])
            .env("PGHOST", host)
            .env("PGPORT", port.to_string())
            .env("PGDATABASE", &source.database)
            .env("PGUSER", &source.username)
            .env("PGPASSWORD", &source.password)
            .env("PGSSLMODE", "disable")
            .stdout(Stdio::null());
        command
    }

    fn mariadb(&self, source: &Source) -> Command {
        let (host, port) = source.server.address();
        let mut command = Command::new(self.clients.join("mariadb"));
        command
            .args([
                "--no-defaults",
                "--protocol=tcp",
                "--default-character-set=utf8mb4",
            ])
            .arg(format!("--host={host}"))
            .arg(format!("--port={port}"))
            .arg(format!("--user={}", source.username))
            .arg(format!("--database={}", source.database))
            .env("MYSQL_PWD", &source.password)
            .stdout(Stdio::null());
        command
    }
}

struct Filled {
    seconds: f64,
    memory: f64,
}

fn order(to: &Source) -> Order {
    let types = ["integer", "integer", "decimal", "text", "timestamp"];
    let columns = COLUMNS
        .split(", ")
        .zip(types)
        .map(|(name, data_type)| TargetColumn {
            name: name.to_owned(),
            data_type: data_type.to_owned(),
            column_type: String::new(),
            is_generated: false,
            is_nullable: true,
        });
    let key = vec!["id".to_owned()];
    let is_postgres = to.server == Server::Postgres;
    Order {
        table: FillTable {
            database: to.database.clone(),
            name: TableName {
                table_schema: if is_postgres { "public" } else { "" }.to_owned(),
                table_name: "t".to_owned(),
            },
            engine: None,
            columns: columns.collect(),
            unique_keys: vec![key.clone()],
        },
        mapping: BTreeMap::new(),
        key,
        mode: FillMode::Upsert,
    }
}

/// Fills the table that rows are taken from.
fn generate(server: Server, rows: u32) -> String {
    match server {
        Server::Postgres => format!(
            "insert into t select n, n % 5000, n / 7.0, 'note ' || md5(n::text), timestamp '2020-01-01' + n * interval '1 s' \
             from generate_series(1, {rows}) n"
        ),
        _ => format!(
            "insert into t select seq, seq % 5000, seq / 7.0, concat('note ', md5(seq)), \
             timestamp '2020-01-01 00:00:00' + interval seq second from seq_1_to_{rows}"
        ),
    }
}

/// The most memory that this process has had, in MiB.
fn peak() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: f64 = line
        .and_then(|rest| rest.trim().strip_suffix(" kB"))
        .context("VmHWM")?
        .trim()
        .parse()?;
    Ok(kilobytes / 1024.0)
}

/// Seconds from the start of a program to its end, which must be a good one.
fn timed(mut command: Command) -> anyhow::Result<f64> {
    let started = Instant::now();
    let program = command.get_program().display().to_string();
    let status = command.status().with_context(|| program.clone())?;
    ensure!(status.success(), "{program} failed");
    Ok(started.elapsed().as_secs_f64())
}
