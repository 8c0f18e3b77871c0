//! States of jobs and scans as server-sent events.

use std::time::Duration;

use models::{Role, TenantId};
use secrecy::ExposeSecret;
use serde_json::json;
use test_support::{Api, Installation, Meta, Proxy, Server, Source, TENANT, TestClock, eventually};

use super::held::Held;

const SOURCES: &str = "/api/metadata/datasources";

fn viewer(meta: &Meta) -> Api {
    meta.user(TENANT, Role::Viewer)
}

#[tokio::test]
async fn a_scan_is_followed_to_its_end_from_any_replica() {
    let installation = Installation::new().await;
    let idle = [("META__WORKERS__CONCURRENCY", "0")];
    let (meta, other) = tokio::join!(installation.meta(), installation.meta_with(&idle));
    let held = Held::on(Server::Postgres, &meta).await;
    let started = &held.started;
    let (job, scan) = (
        held.job("/events"),
        format!("/api/metadata/scan/{}/events", held.scan_id()),
    );
    let mut of_job = viewer(&other).events(&job).await;
    let mut of_scan = viewer(&other).events(&scan).await;
    let first = of_job.next().await.expect("the present state");
    assert_eq!(first.data["id"], started["job_id"]);
    assert_eq!(first.data["version"], first.id);
    let first = of_scan.next().await.expect("the present state");
    assert_eq!(first.data["scan_id"], started["scan_id"]);
    let reading = format!("reading {}", held.source.database);
    for events in [&mut of_job, &mut of_scan] {
        eventually("what is read to be told", async || {
            let event = events.next().await.expect("a state");
            (event.data["message"] == reading.as_str()).then_some(())
        })
        .await;
    }
    held.proxy.release();
    for (events, end) in [
        (of_job.rest().await, "records_processed"),
        (of_scan.rest().await, "tables_scanned"),
    ] {
        let last = events.last().expect("an end");
        assert_eq!(
            (&last.data["status"], &last.data[end]),
            (&json!("SUCCESS"), &json!(3))
        );
        assert!(
            events.is_sorted_by(|one, two| one.id < two.id),
            "{events:?}"
        );
        let running = events.iter().rev().skip(1);
        assert!(running.into_iter().all(|it| it.data["status"] != "SUCCESS"));
    }
}

#[tokio::test]
async fn whoever_comes_back_gets_what_is_new() {
    let installation = Installation::new().await;
    let meta = installation.meta().await;
    let held = Held::on(Server::Postgres, &meta).await;
    let path = held.job("/events");
    let mut events = viewer(&meta).events(&path).await;
    let seen = eventually("the scan to run", async || {
        let event = events.next().await.expect("a state");
        (event.data["status"] == "RUNNING").then_some(event.id)
    })
    .await;
    drop(events);
    let back = viewer(&meta).with_header("last-event-id", &seen.to_string());
    let again = back.events(&path).await;
    held.proxy.release();
    let events = again.rest().await;
    assert!(events.iter().all(|event| event.id > seen), "{events:?}");
    let last = events.last().expect("the end").clone();
    assert_eq!(last.data["status"], "SUCCESS");

    // Afterwards the end is all there is, and nothing for who has seen it.
    let late = back.events(&path).await;
    assert_eq!(late.rest().await, std::slice::from_ref(&last));
    let api: Api = meta
        .admin()
        .with_header("last-event-id", &last.id.to_string());
    assert_eq!(api.get(&path).await.status, 204);
    let odd = meta.admin().with_header("last-event-id", "yesterday");
    assert!(odd.get(&path).await.text.contains("SUCCESS"));
}

#[tokio::test]
async fn a_stream_ends_with_the_token_and_with_the_service() {
    // A clock that stands still: the token is good however long the machine takes to use it.
    let clock = TestClock::at("2026-01-05T12:00:00Z");
    let installation = Installation::by(clock.clock()).await;
    let meta = installation
        .meta_with(&[("META__AUTH__CLOCK_SKEW_SECONDS", "0")])
        .await;
    let held = Held::on(Server::Postgres, &meta).await;
    let path = held.job("/events");
    let short = installation
        .keys(clock.clock())
        .mint_user("ada", TENANT, &[Role::Viewer], Duration::from_secs(2))
        .expose_secret()
        .to_owned();
    let ended = installation
        .api(&meta.url, Some(short))
        .events(&path)
        .await
        .rest()
        .await;
    assert!(
        ended.iter().all(|event| event.data["status"] != "SUCCESS"),
        "{ended:?}"
    );
    let mut events = viewer(&meta).events(&path).await;
    assert!(events.next().await.is_some());
    let ((), rest) = tokio::join!(meta.stop(), events.rest());
    assert!(
        rest.iter().all(|event| event.data["status"] != "SUCCESS"),
        "{rest:?}"
    );
}

#[tokio::test]
async fn nobody_follows_what_is_not_theirs() {
    let installation = Installation::new().await;
    let meta = installation.meta().await;
    let source = Source::create(Server::Postgres).await;
    let created = meta
        .admin()
        .post(SOURCES, &source.registration("shop"))
        .await
        .expect(201);
    let job = format!(
        "/api/metadata/jobs/{}/events",
        created["job_id"].as_str().expect("an id")
    );
    let scan = format!("/api/metadata/scan/{}/events", created["sync_id"]);
    let stranger = meta.user(TenantId(2), Role::Admin);
    let _ = stranger.get(&job).await.problem(404, "job-not-found");
    let _ = stranger.get(&scan).await.problem(404, "scan-not-found");
    assert_eq!(meta.anonymous().get(&job).await.status, 401);
}

/// Level 1 tells on the way that it reads, and not at its end only.
#[tokio::test]
async fn a_sync_that_has_begun_is_seen_to_run() {
    let installation = Installation::new().await;
    let meta = installation.meta().await;
    let source = Source::create(Server::Postgres).await;
    let proxy = Proxy::to(Server::Postgres).await;
    proxy.hold();
    let body = source.registration_through("shop", proxy.port);
    let created = meta.admin().post(SOURCES, &body).await.expect(201);
    let path = format!("/api/metadata/scan/{}/events", created["sync_id"]);
    let mut events = viewer(&meta).events(&path).await;
    eventually("the sync to run", async || {
        let event = events.next().await.expect("a state");
        let message = "reading the list of databases";
        (event.data["status"] == "RUNNING" && event.data["message"] == message).then_some(())
    })
    .await;
    proxy.release();
    let events = events.rest().await;
    assert_eq!(events.last().expect("an end").data["status"], "SUCCESS");
}
