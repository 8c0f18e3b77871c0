//! Stopping jobs and doing them again, over HTTP.

use std::time::{Duration, Instant};

use models::{Role, TenantId};
use serde_json::{Value, json};
use test_support::{Api, Installation, Meta, Server, Source, TENANT, eventually};
use uuid::Uuid;

use super::held::Held;

const SOURCES: &str = "/api/metadata/datasources";

/// How long stopping a scan may take.
const AT_MOST: Duration = Duration::from_secs(2);

fn nothing() -> Value {
    json!({})
}

async fn job(api: &Api, id: &Value) -> Value {
    let id = id.as_str().expect("an id");
    api.get(&format!("/api/metadata/jobs/{id}"))
        .await
        .expect(200)
}

async fn cancel(api: &Api, id: &Value) -> test_support::Answer {
    let id = id.as_str().expect("an id");
    api.post(&format!("/api/metadata/jobs/{id}/cancel"), &nothing())
        .await
}

async fn retry(api: &Api, id: &Value) -> test_support::Answer {
    let id = id.as_str().expect("an id");
    api.post(&format!("/api/metadata/jobs/{id}/retry"), &nothing())
        .await
}

/// A `meta` whose jobs nobody runs, with a data source that waits for its first sync.
async fn waiting() -> (Meta, Source, Value) {
    let installation = Installation::new().await;
    let idle = [("META__WORKERS__CONCURRENCY", "0")];
    let meta = installation.meta_with(&idle).await;
    let source = Source::create(Server::Postgres).await;
    let body = source.registration("shop");
    let created = meta.admin().post(SOURCES, &body).await.expect(201);
    (meta, source, created)
}

#[tokio::test]
async fn a_job_that_waits_is_stopped_at_once() {
    let (meta, _source, created) = waiting().await;
    let api = meta.admin();
    let stopped = cancel(&api, &created["job_id"]).await.expect(202);
    assert_eq!(stopped["status"], "CANCELLED");
    assert_eq!(stopped["message"], "to be stopped at the request of ada");
    assert!(stopped["completed_at"].is_string(), "{stopped}");
    let sync = api
        .get(&format!("/api/metadata/scan/status/{}", created["sync_id"]))
        .await
        .expect(200);
    assert_eq!(sync["status"], "CANCELLED");
    let source = api
        .get(&format!("{SOURCES}/{}", created["datasource"]["id"]))
        .await
        .expect(200);
    assert_eq!(source["sync_status"], "pending", "as it was before");
    // Again changes nothing.
    let again = cancel(&api, &created["job_id"]).await.expect(202);
    assert_eq!(again["version"], stopped["version"]);
}

#[tokio::test]
async fn what_was_stopped_is_done_again() {
    let (meta, source, created) = waiting().await;
    let api = meta.admin();
    let id = &created["job_id"];
    let refused = retry(&api, id).await.problem(409, "job-not-retryable");
    assert!(
        refused["detail"]
            .as_str()
            .is_some_and(|it| it.contains("QUEUED"))
    );
    let _ = cancel(&api, id).await.expect(202);
    let key = meta.admin().with_header("idempotency-key", "one");
    let retried = retry(&key, id).await;
    let location = retried.header("location").to_owned();
    let retried = retried.expect(202);
    assert_eq!(
        retried,
        retry(&key, id).await.expect(202),
        "under one key it is one"
    );
    assert_eq!(
        location,
        format!(
            "/api/metadata/jobs/{}",
            retried["job_id"].as_str().expect("an id")
        )
    );
    let next = job(&api, &retried["job_id"]).await;
    assert_eq!(
        (&next["parent_job_id"], &next["trigger"]),
        (id, &json!("manual"))
    );
    assert_eq!(
        retry(&api, id).await.problem(409, "scan-active")["job_id"],
        retried["job_id"]
    );

    // Another replica runs it.
    let other = meta.installation.meta().await;
    let status = other
        .ended(retried["scan_id"].as_i64().expect("a number"))
        .await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
    let done = &retried["job_id"];
    let _ = cancel(&api, done).await.problem(409, "job-ended");
    let _ = retry(&api, done).await.problem(409, "job-not-retryable");

    // A deep scan too, by its scan.
    let deep = json!({ "resource_id": created["datasource"]["id"], "database": source.database });
    let idle_again = other.scan(&deep).await;
    assert_eq!(idle_again["status"], "SUCCESS");
    let scan = format!("/api/metadata/scan/{}", idle_again["scan_id"]);
    let _ = api
        .post(&format!("{scan}/retry"), &nothing())
        .await
        .problem(409, "job-not-retryable");
    let _ = api
        .post(&format!("{scan}/cancel"), &nothing())
        .await
        .problem(409, "job-ended");
}

pub(super) async fn a_job_that_runs_is_stopped_by_any_replica(server: Server) {
    let installation = Installation::new().await;
    let meta = installation.meta().await;
    let idle = [("META__WORKERS__CONCURRENCY", "0")];
    let asked = installation.meta_with(&idle).await;
    let held = Held::on(server, &meta).await;
    let (scan, started) = (held.scan_id(), &held.started);
    let api = asked.admin();
    let path = format!("/api/metadata/scan/{scan}/cancel");
    let body = nothing();
    let (one, two) = tokio::join!(api.post(&path, &body), api.post(&path, &body));
    for answer in [one, two] {
        let answered = answer.expect(202);
        assert!(
            matches!(answered["status"].as_str(), Some("RUNNING" | "CANCELLED")),
            "{answered}"
        );
    }
    let asked_at = Instant::now();
    let status = meta.ended(scan).await;
    assert_eq!(status["status"], "CANCELLED", "{status}");
    assert!(asked_at.elapsed() < AT_MOST, "{:?}", asked_at.elapsed());
    let stopped = job(&api, &started["job_id"]).await;
    assert_eq!(stopped["attempts"][0]["outcome"], "CANCELLED", "{stopped}");
    held.is_let_go().await;
    held.proxy.release();
    let source = format!("{SOURCES}/{}", held.id);
    let found = api.get(&source).await.expect(200);
    assert_eq!(found["sync_status"], "success", "{found}");

    let retried = retry(&api, &started["job_id"]).await.expect(202);
    let status = meta
        .ended(retried["scan_id"].as_i64().expect("a number"))
        .await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
}

#[tokio::test]
async fn only_who_may_stops_and_does_again() {
    let (meta, _source, created) = waiting().await;
    let id = &created["job_id"];
    let viewer = meta.user(TENANT, Role::Viewer);
    let stranger = meta.user(TenantId(2), Role::Admin);
    let scan = format!("/api/metadata/scan/{}", created["sync_id"]);
    for (api, status, slug) in [
        (&viewer, 403, "forbidden"),
        (&stranger, 404, "job-not-found"),
    ] {
        let _ = cancel(api, id).await.problem(status, slug);
        let _ = retry(api, id).await.problem(status, slug);
    }
    for action in ["cancel", "retry"] {
        let path = format!("{scan}/{action}");
        let _ = stranger
            .post(&path, &nothing())
            .await
            .problem(404, "scan-not-found");
    }
    let unknown = json!(Uuid::nil().to_string());
    let _ = cancel(&meta.admin(), &unknown)
        .await
        .problem(404, "job-not-found");
    assert_eq!(job(&meta.admin(), id).await["status"], "QUEUED");
}

/// A job outlives its data source, but is not done again without it.
#[tokio::test]
async fn a_job_whose_source_is_gone_is_not_done_again() {
    let (meta, _source, created) = waiting().await;
    let api = meta.admin();
    let _ = cancel(&api, &created["job_id"]).await.expect(202);
    let path = format!("{SOURCES}/{}?confirm=shop", created["datasource"]["id"]);
    assert_eq!(api.delete(&path).await.status, 204);
    let _ = retry(&api, &created["job_id"])
        .await
        .problem(404, "datasource-not-found");
}

/// What is read of a data source stops when that is deleted.
#[tokio::test]
async fn a_job_whose_source_is_deleted_is_stopped() {
    let installation = Installation::new().await;
    let meta = installation.meta().await;
    let held = Held::on(Server::Postgres, &meta).await;
    let api = meta.admin();
    let path = format!("{SOURCES}/{}?confirm=shop", held.id);
    let _ = api.delete(&path).await.expect(204);
    let path = held.job("");
    let ended = eventually("the end of the job", async || {
        let job = api.get(&path).await.expect(200);
        (!job["completed_at"].is_null()).then_some(job)
    })
    .await;
    assert_eq!(ended["status"], "CANCELLED", "{ended}");
    held.is_let_go().await;
}

/// The patterns of the data source have changed since.
#[tokio::test]
async fn what_is_left_out_by_now_is_not_read_again() {
    let installation = Installation::new().await;
    let meta = installation.meta().await;
    let held = Held::on(Server::Postgres, &meta).await;
    let api = meta.admin();
    let _ = cancel(&api, &held.started["job_id"]).await.expect(202);
    meta.ended(held.scan_id()).await;
    held.proxy.release();
    let left_out = json!({ "options": { "exclude_databases": [held.source.database] } });
    let path = format!("{SOURCES}/{}", held.id);
    let _ = api.patch(&path, &left_out).await.expect(200);
    let refused = retry(&api, &held.started["job_id"]).await;
    let refused = refused.problem(409, "job-not-retryable");
    let detail = refused["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("exclude_databases"), "{refused}");
}

/// A later release may ask for what this one knows nothing of.
#[tokio::test]
async fn a_job_of_a_newer_release_fails_with_the_cause() {
    let (meta, _source, created) = waiting().await;
    let mut admin = meta.installation.store().admin().await;
    sqlx::raw_sql("update metadata.log_data_jobs set parameters = '{\"then_dance\": true}'")
        .execute(&mut admin)
        .await
        .expect("another payload");
    let worker = meta.installation.meta().await;
    let sync = created["sync_id"].as_i64().expect("a number");
    let ended = worker.ended(sync).await;
    assert_eq!(ended["status"], "FAILED", "{ended}");
    let error = ended["error_message"].as_str().unwrap_or_default();
    assert!(error.contains("then_dance"), "{ended}");
}
