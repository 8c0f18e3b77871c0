//! The floor: the same reading and writing by the servers' own clients.

use std::fmt::Write;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, ensure};
use sqlx::AssertSqlSafe;
use test_support::{Installation, Server, Source};

use super::product::Statements;

/// The tables of the catalog that a deep scan writes.
const CATALOG: [&str; 4] = ["tables", "fields", "relations", "database_objects"];

pub(super) struct Floor<'a> {
    clients: &'a Path,
    folder: &'a Path,
    source: &'a Source,
    options: String,
    script: PathBuf,
}

impl<'a> Floor<'a> {
    /// For these statements of a scan of the source.
    pub(super) fn new(
        clients: &'a Path,
        folder: &'a Path,
        source: &'a Source,
        statements: &Statements,
    ) -> anyhow::Result<Self> {
        let script = folder.join(format!("{}.sql", source.server.word()));
        // On a line of its own: a statement may end with a comment.
        let text = statements.sql.join("\n;\n") + "\n;\n";
        std::fs::write(&script, text).with_context(|| script.display().to_string())?;
        Ok(Self {
            clients,
            folder,
            source,
            options: statements.options.clone(),
            script,
        })
    }

    /// Seconds of the client for all statements, answers to a file.
    pub(super) fn read(&self) -> anyhow::Result<f64> {
        let source = self.source;
        let answers = self.folder.join("answers");
        let (host, port) = source.server.address();
        if source.server == Server::Postgres {
            let mut command = self.psql(&source.database);
            command
                .env("PGOPTIONS", &self.options)
                .env("PGUSER", &source.username)
                .env("PGPASSWORD", &source.password)
                .args(["--no-align", "--tuples-only", "--output"])
                .arg(&answers)
                .arg("--file")
                .arg(&self.script);
            return timed(command);
        }
        let mut command = Command::new(self.clients.join("mariadb"));
        command
            .args(["--no-defaults", "--batch", "--quick", "--skip-column-names"])
            .args(["--protocol=tcp", "--default-character-set=utf8mb4"])
            .arg(format!("--host={host}"))
            .arg(format!("--port={port}"))
            .arg(format!("--user={}", source.username))
            .arg(format!("--database={}", source.database))
            .env("MYSQL_PWD", &source.password)
            .stdin(File::open(&self.script)?)
            .stdout(File::create(&answers)?);
        timed(command)
    }

    /// Seconds of `psql` for copying what a scan left in the catalog into empty tables like the
    /// catalog's.
    pub(super) async fn write(&self, installation: &Installation) -> anyhow::Result<f64> {
        let store = installation.store();
        let mut admin = store.admin().await;
        let (mut export, mut import) = (String::new(), String::new());
        let mut make = "create schema floor;".to_owned();
        for table in CATALOG {
            let columns: String = sqlx::query_scalar(
                "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
                 where attrelid = $1::text::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
            )
            .bind(format!("metadata.{table}"))
            .fetch_one(&mut admin)
            .await?;
            let file = self.folder.join(format!("{table}.copy"));
            let file = file.display().to_string().replace('\'', "''");
            let _ = writeln!(
                export,
                "\\copy (select {columns} from metadata.{table}) to '{file}' (format binary)"
            );
            let _ = writeln!(
                import,
                "\\copy floor.{table} ({columns}) from '{file}' (format binary)"
            );
            let _ = write!(
                make,
                "create table floor.{table} (like metadata.{table} including all);"
            );
        }
        sqlx::raw_sql(AssertSqlSafe(make))
            .execute(&mut admin)
            .await?;
        self.superuser(&store.name, &export)?;
        self.superuser(&store.name, &import)
    }

    /// Seconds of `psql` for a script, as one who may do everything in the store.
    fn superuser(&self, database: &str, script: &str) -> anyhow::Result<f64> {
        let path = self.folder.join("copy.sql");
        std::fs::write(&path, script)?;
        let url = Server::Postgres.url();
        let mut command = self.psql(database);
        command
            .env("PGUSER", url.username())
            .env("PGPASSWORD", url.password().unwrap_or_default())
            .arg("--file")
            .arg(&path);
        timed(command)
    }

    fn psql(&self, database: &str) -> Command {
        let (host, port) = Server::Postgres.address();
        let mut command = Command::new(self.clients.join("psql"));
        command
            .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"])
            .env("PGHOST", host)
            .env("PGPORT", port.to_string())
            .env("PGDATABASE", database)
            .env("PGSSLMODE", "disable")
            .stdout(Stdio::null());
        command
    }
}

/// Seconds from the start of a program to its end, which must be a good one.
fn timed(mut command: Command) -> anyhow::Result<f64> {
    let started = Instant::now();
    let status = command
        .status()
        .with_context(|| format!("{}", command.get_program().display()))?;
    let seconds = started.elapsed().as_secs_f64();
    ensure!(
        status.success(),
        "{} failed",
        command.get_program().display()
    );
    Ok(seconds)
}
