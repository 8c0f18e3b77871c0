//! What becomes of all jobs as one stream of server-sent events.

use std::collections::HashMap;

use models::Role;
use serde_json::{Value, json};
use test_support::{Api, Event, Events, Installation, Meta, Server, TENANT};

use super::held::Held;

const ALL: &str = "/api/metadata/jobs/events";

/// A service that does none of the work it is asked for.
async fn idle() -> Meta {
    let workers = ("META__WORKERS__CONCURRENCY", "0");
    Installation::new().await.meta_with(&[workers]).await
}

/// Registers a source; its id and the job that waits to read it.
async fn registered(meta: &Meta, name: &str) -> (i64, String) {
    let body = json!({
        "name": name, "datasource_type": "mysql", "host": "db.invalid", "port": 1, "username": "u", "password": "p",
    });
    let sources = "/api/metadata/datasources";
    let made = meta.admin().post(sources, &body).await.expect(201);
    let id = made["datasource"]["id"].as_i64().expect("an id");
    (id, text(&made["job_id"]))
}

async fn cancelled(meta: &Meta, job: &str) {
    let cancel = format!("/api/metadata/jobs/{job}/cancel");
    let _ = meta.admin().post(&cancel, &Value::Null).await.expect(202);
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// A stream after its first event, and that one's id.
async fn opened(api: &Api, path: &str) -> (i64, Events) {
    let mut events = api.events(path).await;
    let open = events.next().await.expect("the first event");
    assert_eq!((open.name.as_str(), &open.data), ("open", &json!({})));
    (open.id, events)
}

/// The next job that is told, and its state.
async fn next(events: &mut Events) -> (String, String) {
    let event = events.next().await.expect("an event");
    assert_eq!(event.name, "message");
    (text(&event.data["id"]), text(&event.data["status"]))
}

fn state(job: &str, status: &str) -> (String, String) {
    (job.to_owned(), status.to_owned())
}

#[tokio::test]
async fn whoever_follows_all_is_told_of_new_jobs_and_of_ends() {
    let meta = idle().await;
    let viewer = meta.user(TENANT, Role::Viewer);
    let (_, mut events) = opened(&viewer, ALL).await;
    let (_, job) = registered(&meta, "shop").await;
    assert_eq!(next(&mut events).await, state(&job, "QUEUED"));
    // What is there already is told to whoever comes later, as the list has it.
    let (_, mut later) = opened(&viewer, ALL).await;
    let told = later.next().await.expect("the job");
    let listed = viewer.get("/api/metadata/jobs").await.expect(200);
    assert_eq!(told.data, listed["items"][0]);
    cancelled(&meta, &job).await;
    for events in [&mut events, &mut later] {
        assert_eq!(next(events).await, state(&job, "CANCELLED"));
    }
    assert_eq!(meta.anonymous().get(ALL).await.status, 401);
}

#[tokio::test]
async fn all_jobs_are_followed_from_any_replica() {
    let installation = Installation::new().await;
    let workers = [("META__WORKERS__CONCURRENCY", "0")];
    let (meta, other) = tokio::join!(installation.meta(), installation.meta_with(&workers));
    let (_, mut events) = opened(&other.user(TENANT, Role::Viewer), ALL).await;
    let held = Held::on(Server::Postgres, &meta).await;
    let scan = text(&held.started["job_id"]);
    let reading = format!("reading {}", held.source.database);
    let mut told: Vec<Event> = Vec::new();
    let has = |told: &[Event], member: &str, value: &str| {
        let last = told.last();
        last.is_some_and(|it| it.data["id"] == scan.as_str() && it.data[member] == value)
    };
    while !has(&told, "message", &reading) {
        told.push(events.next().await.expect("an event"));
    }
    held.proxy.release();
    while !has(&told, "status", "SUCCESS") {
        told.push(events.next().await.expect("an event"));
    }
    assert!(told.is_sorted_by_key(|event| event.id), "{told:?}");
    let mut versions: HashMap<String, i64> = HashMap::new();
    for event in &told {
        let version = event.data["version"].as_i64().expect("a number");
        let before = versions.insert(text(&event.data["id"]), version);
        assert!(before < Some(version), "{told:?}");
    }
    // The sync and the scan.
    assert_eq!(versions.len(), 2, "{told:?}");
    assert_eq!(
        told.last().expect("the end").data["scan_id"],
        held.started["scan_id"]
    );
    let ((), rest) = tokio::join!(other.stop(), events.rest());
    assert!(
        rest.is_empty(),
        "the stream ends with the service: {rest:?}"
    );
}

#[tokio::test]
async fn whoever_comes_back_is_told_what_has_ended_meanwhile() {
    let meta = idle().await;
    let (_, job) = registered(&meta, "shop").await;
    // What this one has been told of is told to nobody who comes later.
    let (_, mut always) = opened(&meta.admin(), ALL).await;
    assert_eq!(next(&mut always).await, state(&job, "QUEUED"));
    let (_, mut events) = opened(&meta.admin(), ALL).await;
    let seen = events.next().await.expect("the job").id;
    drop(events);
    cancelled(&meta, &job).await;
    assert_eq!(next(&mut always).await, state(&job, "CANCELLED"));
    let back = meta.admin().with_header("last-event-id", &seen.to_string());
    let (from, mut events) = opened(&back, ALL).await;
    assert!(from > seen, "{from}, {seen}");
    assert_eq!(next(&mut events).await, state(&job, "CANCELLED"));
    // Who is new, and who says what is no id of ours, is told of nothing that is over.
    let odd = meta.admin().with_header("last-event-id", "yesterday");
    let far = i64::MAX.to_string();
    let far = meta.admin().with_header("last-event-id", &far);
    for (name, api) in [("a", &meta.admin()), ("b", &odd), ("c", &far)] {
        let (_, mut events) = opened(api, ALL).await;
        let (_, job) = registered(&meta, name).await;
        for events in [&mut events, &mut always] {
            assert_eq!(next(events).await, state(&job, "QUEUED"));
        }
        cancelled(&meta, &job).await;
        assert_eq!(next(&mut always).await, state(&job, "CANCELLED"));
    }
}

#[tokio::test]
async fn only_what_is_asked_for_is_told() {
    let meta = idle().await;
    let (first, its_job) = registered(&meta, "first").await;
    let (second, job) = registered(&meta, "second").await;
    let scan = json!({ "resource_id": second, "database": "shop" });
    let scan = meta.admin().post("/api/metadata/scan/deep", &scan).await;
    let scan = text(&scan.expect(202)["job_id"]);
    let path = format!("{ALL}?resource_id={second}");
    let (_, mut of_second) = opened(&meta.admin(), &path).await;
    for id in [&job, &scan] {
        assert_eq!(next(&mut of_second).await, state(id, "QUEUED"));
    }
    let (_, mut scans) = opened(&meta.admin(), &format!("{ALL}?type=DEEP_SCAN")).await;
    assert_eq!(next(&mut scans).await, state(&scan, "QUEUED"));
    let path = format!("{ALL}?resource_id={first}&type=DEEP_SCAN");
    let (_, nothing) = opened(&meta.admin(), &path).await;
    for id in [&its_job, &job, &scan] {
        cancelled(&meta, id).await;
    }
    for id in [&job, &scan] {
        assert_eq!(next(&mut of_second).await, state(id, "CANCELLED"));
    }
    assert_eq!(next(&mut scans).await, state(&scan, "CANCELLED"));
    let ((), rest) = tokio::join!(meta.stop(), nothing.rest());
    assert!(rest.is_empty(), "{rest:?}");
}
