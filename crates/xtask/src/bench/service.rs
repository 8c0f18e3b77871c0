//! A real `meta` in a process of its own.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail};
use models::Role;
use serde_json::Value;
use test_support::{Api, Installation, TENANT, eventually};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::sleep;

/// How often a running scan is asked for its end: often enough, and no load.
const POLL: Duration = Duration::from_millis(100);

/// A running `meta`, which ends with this.
pub(super) struct Service {
    child: Child,
    installation: Installation,
    url: String,
}

impl Service {
    /// Starts one and waits until it is ready.
    pub(super) async fn start(program: &Path, installation: &Installation) -> anyhow::Result<Self> {
        Self::start_with(program, installation, &[]).await
    }

    /// As [`Service::start`], with some variables of its environment set otherwise.
    pub(super) async fn start_with(
        program: &Path,
        installation: &Installation,
        changes: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        let log = File::create(program.with_file_name("meta-of-bench.log"))?;
        let child = Command::new(program)
            .arg("serve")
            .envs(installation.meta_settings())
            .envs(changes.iter().copied())
            .env("META__SERVER__PORT", port.to_string())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| program.display().to_string())?;
        let service = Self {
            child,
            installation: installation.clone(),
            url: format!("http://127.0.0.1:{port}"),
        };
        eventually("meta to listen", async || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.ok()
        })
        .await;
        let api = installation.api(&service.url, None);
        eventually("meta to be ready", async || {
            (api.get("/health/ready").await.status == 200).then_some(())
        })
        .await;
        Ok(service)
    }

    /// A client with a token made anew: what is measured may outlive one.
    pub(super) fn api(&self) -> Api {
        let token = self.installation.token(TENANT, Role::Admin);
        self.installation.api(&self.url, Some(token))
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Value {
        let answer = self.api().post(path, body).await;
        assert!(answer.status < 300, "{}: {}", answer.request, answer.text);
        answer.json
    }

    /// The status of a scan after its end.
    pub(super) async fn ended(&self, scan: &Value) -> anyhow::Result<Value> {
        let path = format!("/api/metadata/scan/status/{scan}");
        loop {
            let status = self.api().get(&path).await.json;
            match status["status"].as_str() {
                Some("QUEUED" | "RUNNING") => sleep(POLL).await,
                Some("SUCCESS") => return Ok(status),
                _ => bail!("a scan did not succeed: {status}"),
            }
        }
    }

    /// In MiB (`proc(5)`: `VmRSS` is the resident set size, `VmHWM` its peak, in kB of 1,024 bytes).
    pub(super) fn memory(&self, kind: &str) -> anyhow::Result<f64> {
        let id = self.child.id().context("meta has ended")?;
        let text = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let mut lines = text.lines();
        let line = lines.find_map(|line| line.strip_prefix(kind)?.strip_prefix(':'));
        let kibibytes = line.and_then(|line| line.split_whitespace().next());
        let kibibytes: f64 = kibibytes.context("it is in /proc/PID/status")?.parse()?;
        Ok(kibibytes / 1024.0)
    }

    /// Ends it by SIGKILL and waits for that.
    pub(super) async fn kill(&mut self) -> anyhow::Result<()> {
        Ok(self.child.kill().await?)
    }
}
