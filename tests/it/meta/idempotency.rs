//! Requests that are sent again under the same `Idempotency-Key`.

use models::Role;
use serde_json::{Value, json};
use test_support::{Answer, Api, Installation, Meta, TENANT};

const SOURCES: &str = "/api/metadata/datasources";

async fn post(api: &Api, path: &str, key: &str, body: &Value) -> Answer {
    let api = api.clone().with_header("idempotency-key", key);
    api.post(path, body).await
}

/// A `meta` that runs no jobs.
async fn idle() -> Meta {
    let workers = ("META__WORKERS__CONCURRENCY", "0");
    Installation::new().await.meta_with(&[workers]).await
}

fn body(name: &str) -> Value {
    json!({
        "name": name, "datasource_type": "mysql", "host": "db.invalid", "port": 3306, "username": "u", "password": "p",
    })
}

async fn count(api: &Api, path: &str) -> usize {
    let page = api.get(&format!("/api/metadata/{path}")).await.expect(200);
    page["items"].as_array().expect("items").len()
}

#[tokio::test]
async fn a_registration_is_carried_out_once() {
    let meta = idle().await;
    let api = meta.admin();
    let first = post(&api, SOURCES, "k-1", &body("shop")).await;
    let location = first.header("location").to_owned();
    let first = first.expect(201);
    let again = post(&api, SOURCES, "k-1", &body("shop")).await;
    assert_eq!(again.header("location"), location);
    assert_eq!(again.expect(201), first, "the very same answer");
    assert_eq!(
        (count(&api, "datasources").await, count(&api, "jobs").await),
        (1, 1)
    );

    // Another request is refused, also one that differs in the password alone.
    let mut other = body("shop");
    other["password"] = "another".into();
    for other in [&other, &body("store")] {
        let _ = post(&api, SOURCES, "k-1", other)
            .await
            .problem(422, "idempotency-key-reused");
    }
    let sync = json!({ "resource_id": first["datasource"]["id"] });
    let _ = post(&api, "/api/metadata/sync/auto", "k-1", &sync)
        .await
        .problem(422, "idempotency-key-reused");
    // A key is the caller's own.
    let operator = meta.user(TENANT, Role::Admin);
    let _ = post(&operator, SOURCES, "k-2", &body("store"))
        .await
        .expect(201);
}

#[tokio::test]
async fn a_refused_request_leaves_its_key_free() {
    let meta = idle().await;
    let api = meta.admin();
    let _ = api.post(SOURCES, &body("taken")).await.expect(201);
    let _ = post(&api, SOURCES, "k", &body("taken"))
        .await
        .problem(409, "datasource-name-taken");
    let _ = post(&api, SOURCES, "k", &body("free")).await.expect(201);
}

#[tokio::test]
async fn requests_at_the_same_time_are_one() {
    let meta = idle().await;
    let api = meta.admin();
    let shop = body("shop");
    let sent = (0..8).map(|_| post(&api, SOURCES, "k", &shop));
    let answers = futures::future::join_all(sent).await;
    let ids: Vec<Value> = answers
        .into_iter()
        .map(|answer| answer.expect(201)["datasource"]["id"].clone())
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(count(&api, "datasources").await, 1);
}

#[tokio::test]
async fn scans_start_once() {
    let meta = idle().await;
    let api = meta.admin();
    let created = api.post(SOURCES, &body("shop")).await.expect(201);
    let deep = json!({ "resource_id": created["datasource"]["id"], "database": "shop" });
    let first = post(&api, "/api/metadata/scan/deep", "d", &deep)
        .await
        .expect(202);
    let again = post(&api, "/api/metadata/scan/deep", "d", &deep)
        .await
        .expect(202);
    assert_eq!(first, again);
    // Without the key the second one is in the way of the first.
    let _ = api
        .post("/api/metadata/scan/deep", &deep)
        .await
        .problem(409, "scan-active");
    assert_eq!(count(&api, "jobs?type=DEEP_SCAN").await, 1);
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day() {
    let meta = idle().await;
    let api = meta.admin();
    let _ = post(&api, SOURCES, "k", &body("one")).await.expect(201);
    let mut admin = meta.installation.store().admin().await;
    sqlx::raw_sql("update metadata.idempotency_keys set created_at = now() - interval '25 hours'")
        .execute(&mut admin)
        .await
        .expect("time passes");
    let _ = post(&api, SOURCES, "k", &body("two")).await.expect(201);
    assert_eq!(count(&api, "datasources").await, 2);
}

/// What is kept of a request with a password is made with the key, which may change within the day.
#[tokio::test]
async fn a_request_is_known_after_the_key_has_changed() {
    let meta = idle().await;
    let first = post(&meta.admin(), SOURCES, "k-1", &body("shop"))
        .await
        .expect(201);
    let settings = meta.installation.meta_settings();
    let old = settings
        .iter()
        .find(|(name, _)| name == "META__SECRETS__KEY");
    let new = test_support::key();
    let changed = [
        ("META__WORKERS__CONCURRENCY", "0"),
        ("META__SECRETS__KEY", new.as_str()),
        ("META__SECRETS__KEY_ID", "k2"),
        ("META__SECRETS__PREVIOUS_KEYS__K1", &old.expect("the key").1),
    ];
    let switched = meta.installation.meta_with(&changed).await;
    let again = post(&switched.admin(), SOURCES, "k-1", &body("shop")).await;
    assert_eq!(again.expect(201), first, "the very same answer");
    let _ = post(&switched.admin(), SOURCES, "k-1", &body("other"))
        .await
        .problem(422, "idempotency-key-reused");
}
