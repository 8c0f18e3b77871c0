//! The real `meta`: scans a source twice and tells what that took.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use test_support::{Installation, Server, Session, Source, TENANT, eventually};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::sleep;

use super::wire::Wire;

/// How often a running scan is asked for its end: often enough, and no load.
const POLL: Duration = Duration::from_millis(100);

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
    let created = service
        .post(&installation, "/api/metadata/datasources", &body)
        .await;
    service.ended(&installation, &created["sync_id"]).await?;
    if let Some(capture) = capture {
        capture.forget(source).await;
    }
    let request =
        json!({ "resource_id": created["datasource"]["id"], "database": source.database });
    let mut scans = Vec::new();
    for _ in 0..2 {
        let path = "/api/metadata/scan/deep";
        let started = service.post(&installation, path, &request).await;
        let ended = service.ended(&installation, &started["scan_id"]).await?;
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
        memory: service.peak_memory()?,
        installation,
    })
}

/// A running `meta`, which ends with this.
struct Service {
    child: Child,
    url: String,
}

impl Service {
    async fn start(program: &Path, installation: &Installation) -> anyhow::Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        let log = File::create(program.with_file_name("meta-of-bench.log"))?;
        let child = Command::new(program)
            .arg("serve")
            .envs(installation.meta_settings())
            .env("META__SERVER__PORT", port.to_string())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| program.display().to_string())?;
        let service = Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
        };
        let api = installation.api(&service.url, None);
        eventually("meta to listen", async || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.ok()
        })
        .await;
        eventually("meta to be ready", async || {
            (api.get("/health/ready").await.status == 200).then_some(())
        })
        .await;
        Ok(service)
    }

    async fn post(&self, installation: &Installation, path: &str, body: &Value) -> Value {
        let token = installation.token(TENANT, models::Role::Admin);
        let answer = installation
            .api(&self.url, Some(token))
            .post(path, body)
            .await;
        assert!(answer.status < 300, "{}: {}", answer.request, answer.text);
        answer.json
    }

    /// The status of a scan after its end.
    async fn ended(&self, installation: &Installation, scan: &Value) -> anyhow::Result<Value> {
        let path = format!("/api/metadata/scan/status/{scan}");
        loop {
            // Made anew each time: a large scan may outlive a token.
            let token = installation.token(TENANT, models::Role::Admin);
            let api = installation.api(&self.url, Some(token));
            let status = api.get(&path).await.json;
            match status["status"].as_str() {
                Some("QUEUED" | "RUNNING") => sleep(POLL).await,
                Some("SUCCESS") => return Ok(status),
                _ => bail!("a scan did not succeed: {status}"),
            }
        }
    }

    /// In MiB (`proc(5)`: `VmHWM` is the peak resident set size, in kB of 1,024 bytes).
    fn peak_memory(&self) -> anyhow::Result<f64> {
        let id = self.child.id().context("meta has ended")?;
        let text = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kibibytes = line.and_then(|line| line.split_whitespace().next());
        let kibibytes: f64 = kibibytes.context("VmHWM is in /proc/PID/status")?.parse()?;
        Ok(kibibytes / 1024.0)
    }
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
