//! `/api/v1/lineage` and `/api/metadata/lineage`

mod client;
mod events;
mod graph;
mod tenants;

use serde_json::{Value, json};
use test_support::{Answer, Api, Source};

/// A run that a test tells of.
const RUN: &str = "019e0000-0000-7000-8000-000000000001";

/// The least that an event of a run says: its type, and the minute of its time.
fn event(kind: &str, minute: u32) -> Value {
    json!({
        "eventType": kind, "eventTime": format!("2026-01-31T08:{minute:02}:00Z"), "run": { "runId": RUN },
        "job": { "namespace": "nightly", "name": "load" }, "producer": "https://example.org/load",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    })
}

/// An object with some members set otherwise, each by its pointer.
fn with(mut object: Value, members: &Value) -> Value {
    for (pointer, value) in members.as_object().expect("members") {
        let (place, name) = pointer.rsplit_once('/').expect("a pointer");
        object.pointer_mut(place).expect("a place")[name] = value.clone();
    }
    object
}

async fn send(api: &Api, event: &Value) -> Answer {
    api.post("/api/v1/lineage", event).await
}

/// Sends an event that must be taken, and answers with the job that stands for its run.
async fn told(api: &Api, event: &Value) -> Value {
    send(api, event).await.expect(200)["job_id"].clone()
}

/// A job of the log.
async fn job(api: &Api, id: &Value) -> Value {
    let id = id.as_str().expect("an id");
    api.get(&format!("/api/metadata/jobs/{id}"))
        .await
        .expect(200)
}

/// The names that `OpenLineage` has for a table of a source.
fn dataset(source: &Source, table: &str) -> Value {
    let target = source.target();
    let (protocol, schema) = match source.server {
        test_support::Server::Postgres => ("postgres", "public."),
        test_support::Server::MariaDb | test_support::Server::MySql => ("mysql", ""),
    };
    json!({
        "namespace": format!("{protocol}://{}:{}", target.host, target.port),
        "name": format!("{}.{schema}{table}", source.database),
    })
}

pub(super) use self::graph::{
    follows_the_catalog, joins_views_and_events, names_its_nodes_and_edges,
};
