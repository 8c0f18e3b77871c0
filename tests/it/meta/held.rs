//! A deep scan that is held on its way.

use serde_json::{Value, json};
use test_support::{Meta, Proxy, Server, Source, eventually};

pub(super) struct Held {
    pub(super) source: Source,
    /// The wire that holds it.
    pub(super) proxy: Proxy,
    /// The data source.
    pub(super) id: i64,
    /// The answer to the request that started it.
    pub(super) started: Value,
}

impl Held {
    /// Registers a source of three tables, starts a scan, and waits until it waits for an answer.
    pub(super) async fn on(server: Server, meta: &Meta) -> Self {
        let source = Source::create(server).await;
        source.create_tables(3).await;
        let proxy = Proxy::to(server).await;
        let body = source.registration_through("shop", proxy.port);
        let api = meta.admin();
        let created = api.post("/api/metadata/datasources", &body).await;
        let id = meta.registered(created.expect(201)).await;
        proxy.hold();
        let deep = json!({ "resource_id": id, "database": source.database });
        let started = api.post("/api/metadata/scan/deep", &deep).await.expect(202);
        eventually("the scan to wait for its source", async || {
            (proxy.held() > 0).then_some(())
        })
        .await;
        Self {
            source,
            proxy,
            id,
            started,
        }
    }

    /// A path below its job.
    pub(super) fn job(&self, below: &str) -> String {
        let id = self.started["job_id"].as_str().expect("an id");
        format!("/api/metadata/jobs/{id}{below}")
    }

    pub(super) fn scan_id(&self) -> i64 {
        self.started["scan_id"].as_i64().expect("a scan_id")
    }

    /// Waits until nothing is left of its sessions.
    pub(super) async fn is_let_go(&self) {
        eventually("the connections to be closed", async || {
            (self.proxy.connections() == 0).then_some(())
        })
        .await;
    }
}
