//! What a kill, a cancellation and many listeners cost, on real programs.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, ensure};
use futures::future::join_all;
use serde_json::json;
use test_support::{Installation, Proxy, Server, Source, eventually};

use crate::bench::service::Service;

/// A deep scan that runs and waits for its source.
struct Held {
    service: Service,
    installation: Installation,
    /// The job.
    id: String,
    _proxy: Proxy,
    _source: Source,
}

impl Held {
    async fn start(program: &Path) -> anyhow::Result<Self> {
        let installation = Installation::new().await;
        // Those that an installation has by itself, which tests change.
        let settings = [
            ("META__STORE__MAX_CONNECTIONS", "20"),
            ("META__WORKERS__RETRY_PAUSE_SECONDS", "5"),
        ];
        let service = Service::start_with(program, &installation, &settings).await?;
        let source = Source::create(Server::Postgres).await;
        source.create_tables(3).await;
        let proxy = Proxy::to(Server::Postgres).await;
        let body = source.registration_through("bench", proxy.port);
        let created = service.post("/api/metadata/datasources", &body).await;
        service.ended(&created["sync_id"]).await?;
        proxy.hold();
        let request =
            json!({ "resource_id": created["datasource"]["id"], "database": source.database });
        let started = service.post("/api/metadata/scan/deep", &request).await;
        eventually("the scan to wait for its source", async || {
            (proxy.held() > 0).then_some(())
        })
        .await;
        let id = started["job_id"].as_str().context("a job has an id")?;
        Ok(Self {
            id: id.to_owned(),
            service,
            installation,
            _proxy: proxy,
            _source: source,
        })
    }
}

/// Seconds from the end of a `meta` by SIGKILL until another goes on with what it did.
pub(super) async fn kill_to_resume(program: &Path) -> anyhow::Result<f64> {
    let Held {
        service,
        installation,
        id,
        ..
    } = &mut Held::start(program).await?;
    let next = Service::start(program, installation).await?;
    let path = format!("/api/metadata/jobs/{id}");
    let attempt = async || next.api().get(&path).await.json["attempt"].clone();
    ensure!(attempt().await == 1, "the first one is at it");
    service.kill().await?;
    let killed = Instant::now();
    eventually("another worker to go on", async || {
        (attempt().await == 2).then_some(())
    })
    .await;
    Ok(killed.elapsed().as_secs_f64())
}

/// What it took to stop a job that some listened to.
pub(super) struct Stopped {
    /// From the request to the last event at the last listener.
    pub(super) seconds: f64,
    /// What the listeners added to the resident memory, in MiB.
    pub(super) memory: f64,
}

/// Stops a deep scan whose source does not answer.
pub(super) async fn cancel(program: &Path, listeners: u16) -> anyhow::Result<Stopped> {
    let held = Held::start(program).await?;
    let path = format!("/api/metadata/jobs/{}", held.id);
    let before = held.service.memory("VmRSS")?;
    let mut streams = Vec::new();
    for _ in 0..listeners {
        let mut stream = held.service.api().events(&format!("{path}/events")).await;
        let state = stream
            .next()
            .await
            .context("a stream begins with a state")?;
        ensure!(state.data["status"] == "RUNNING", "{}", state.data);
        streams.push(stream);
    }
    let memory = held.service.memory("VmRSS")? - before;
    let asked = Instant::now();
    held.service
        .post(&format!("{path}/cancel"), &json!({}))
        .await;
    let ends = join_all(streams.into_iter().map(test_support::Events::rest)).await;
    let seconds = asked.elapsed().as_secs_f64();
    for events in ends {
        let last = events.last().context("a stream ends with a state")?;
        ensure!(last.data["status"] == "CANCELLED", "{}", last.data);
    }
    Ok(Stopped { seconds, memory })
}
