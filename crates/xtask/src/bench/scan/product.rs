//! The real `meta`: scans a source twice and tells what that took.

use std::path::Path;

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use test_support::{Installation, Server, Session, Source};

use super::wire::Wire;
use crate::bench::service::Service;

/// One run.
pub(super) struct Done {
    /// Seconds of the first deep scan.
    pub(super) first: f64,
    /// Seconds of the second, which found nothing new.
    pub(super) unchanged: f64,
    /// Statements of the first.
    pub(super) statements: f64,
    /// Peak of resident memory, in MiB.
    pub(super) memory: f64,
    /// The store with what was found.
    pub(super) installation: Installation,
}

/// Registers the source at a `meta` of its own and scans it twice. `fields` must be found.
pub(super) async fn run(
    program: &Path,
    source: &Source,
    capture: Option<&Capture>,
    fields: usize,
) -> anyhow::Result<Done> {
    let installation = Installation::new().await;
    let service = Service::start(program, &installation).await?;
    let mut body = match capture.and_then(Capture::port) {
        Some(port) => source.registration_through("bench", port),
        None => source.registration("bench"),
    };
    body["tls"] = json!({ "mode": "disable" });
    let created = service.post("/api/metadata/datasources", &body).await;
    service.ended(&created["sync_id"]).await?;
    if let Some(capture) = capture {
        capture.forget(source).await;
    }
    let request =
        json!({ "resource_id": created["datasource"]["id"], "database": source.database });
    let mut scans = Vec::new();
    for _ in 0..2 {
        let path = "/api/metadata/scan/deep";
        let started = service.post(path, &request).await;
        let ended = service.ended(&started["scan_id"]).await?;
        ensure!(
            ended["status"] == "SUCCESS" && ended["fields_scanned"] == json!(fields),
            "the scan is not as it should be: {ended}"
        );
        scans.push(ended);
        if capture.is_some() {
            break;
        }
    }
    let number = |value: &Value| value.as_f64().context("a number in the status of a scan");
    let (first, last) = (&scans[0], &scans[scans.len() - 1]);
    Ok(Done {
        first: number(&first["duration_seconds"])?,
        unchanged: number(&last["duration_seconds"])?,
        statements: number(&first["cost"]["statements"])?,
        memory: service.memory("VmHWM")?,
        installation,
    })
}

/// Keeps what a scan asks its source.
pub(super) enum Capture {
    /// Of `PostgreSQL`, on the wire.
    Wire(Wire),
    /// Of `MariaDB`, in the server's general log.
    Log,
}

/// What a scan asked.
pub(super) struct Statements {
    /// With their values.
    pub(super) sql: Vec<String>,
    /// Settings that came with the login (`PostgreSQL`).
    pub(super) options: String,
}

impl Capture {
    pub(super) async fn start(source: &Source) -> anyhow::Result<Self> {
        if source.server == Server::Postgres {
            return Ok(Self::Wire(Wire::to(source.server).await?));
        }
        source.count_statements().await;
        Ok(Self::Log)
    }

    /// Through which port it must go.
    fn port(&self) -> Option<u16> {
        match self {
            Self::Wire(wire) => Some(wire.port),
            Self::Log => None,
        }
    }

    /// Forgets what has been asked so far.
    async fn forget(&self, source: &Source) {
        match self {
            Self::Wire(wire) => wire.forget(),
            Self::Log => {
                let mut admin = source.admin().await;
                admin.execute("truncate table mysql.general_log").await;
            }
        }
    }

    /// What has been asked since, in order.
    pub(super) async fn statements(&self, source: &Source) -> anyhow::Result<Statements> {
        let Self::Wire(wire) = self else {
            let mut admin = source.admin().await;
            admin.execute("set global general_log = 0").await;
            let sql = format!(
                "select convert(argument using utf8mb4) from mysql.general_log where command_type in ('Query', 'Execute') \
                 and user_host like '{}[%' order by event_time",
                source.username
            );
            let Session::MySql(connection) = &mut admin else {
                bail!("MariaDB speaks the protocol of MySQL");
            };
            let sql = sqlx::query_scalar(AssertSqlSafe(sql))
                .fetch_all(connection)
                .await?;
            ensure!(
                !sql.is_empty(),
                "the general log has no statement of the scan"
            );
            let options = String::new();
            return Ok(Statements { sql, options });
        };
        let statements = wire.statements()?;
        ensure!(!statements.sql.is_empty(), "no statement was seen");
        Ok(statements)
    }
}
