//! API keys: what they open, for how long, and who sees what of them.

use models::{Role, TenantId};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use test_support::{Answer, Api, Installation, Meta, TENANT, TestClock, assert_has};

const KEYS: &str = "/api/metadata/auth/keys";
const INTROSPECT: &str = "/api/metadata/auth/introspect";
const SOURCES: &str = "/api/metadata/datasources";

/// A `meta` by a clock that shows noon, which runs no jobs.
async fn at_noon() -> (Meta, TestClock) {
    let clock = TestClock::at("2026-01-02T12:00:00Z");
    let installation = Installation::by(clock.clock()).await;
    let workers = ("META__WORKERS__CONCURRENCY", "0");
    (installation.meta_with(&[workers]).await, clock)
}

async fn make(api: &Api, body: &Value) -> Value {
    api.post(KEYS, body).await.expect(201)
}

/// A client with a key.
fn with_key(meta: &Meta, made: &Value) -> Api {
    let key = made["key"].as_str().expect("a key").to_owned();
    meta.installation.api(&meta.url, Some(key))
}

fn path(made: &Value) -> String {
    format!("{KEYS}/{}", made["id"])
}

fn refused(answer: Answer) {
    assert_eq!(
        answer.header("www-authenticate"),
        r#"Bearer error="invalid_token""#
    );
    let _ = answer.problem(401, "unauthorized");
}

#[tokio::test]
async fn a_key_opens_what_its_role_allows() {
    let (meta, _clock) = at_noon().await;
    for (role, may_read, may_make) in [
        ("viewer", 200, 403),
        ("operator", 200, 403),
        ("admin", 200, 201),
    ] {
        let made = make(&meta.admin(), &json!({ "name": "ci", "role": role })).await;
        let api = with_key(&meta, &made);
        assert_eq!(api.get(SOURCES).await.status, may_read, "{role}");
        let another = json!({ "name": "another", "role": "viewer" });
        assert_eq!(api.post(KEYS, &another).await.status, may_make, "{role}");
    }
    let listed = meta.admin().get(KEYS).await.expect(200);
    let last = &listed["items"][3];
    assert_eq!(last["created_by"], "key:3", "keys act in their own name");
}

#[tokio::test]
async fn a_key_is_shown_once() {
    let (meta, _clock) = at_noon().await;
    let answer = meta
        .admin()
        .post(
            KEYS,
            &json!({ "name": "ci", "role": "viewer", "expires_in_days": 30 }),
        )
        .await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let location = answer.header("location").to_owned();
    let made = answer.expect(201);
    assert_eq!(location, path(&made));
    let key = made["key"].as_str().expect("a key");
    assert!(key.starts_with("plk_1_") && key.len() == 49, "its form");
    let shown = json!({
        "name": "ci", "role": "viewer", "prefix": key[..12], "created_by": "ada", "expires_at": "2026-02-01T12:00:00Z",
        "last_used_at": null, "revoked_at": null,
    });
    assert_has(&made, &shown);
    let one = meta.admin().get(&location).await;
    let tag = one.header("etag").to_owned();
    let one = one.expect(200);
    let list = meta.admin().get(KEYS).await.expect(200);
    assert_eq!(list["items"], json!([one]));
    assert!(one.get("key").is_none(), "{one}");
    assert_has(&one, &shown);
    let seen = meta.admin().with_header("if-none-match", &tag);
    assert_eq!(seen.get(&location).await.status, 304);

    // Nor is it in the store, in any form that gives it back.
    let mut admin = meta.installation.store().admin().await;
    for table in ["api_keys", "idempotency_keys"] {
        let sql = AssertSqlSafe(format!("select to_jsonb(t)::text from metadata.{table} t"));
        let rows: Vec<String> = sqlx::query_scalar(sql)
            .fetch_all(&mut admin)
            .await
            .expect("rows");
        assert!(!rows.concat().contains(&key[12..]), "{table}");
    }
}

#[tokio::test]
async fn a_request_that_is_sent_again_makes_no_key_and_shows_none() {
    let (meta, _clock) = at_noon().await;
    let api = meta.admin().with_header("idempotency-key", "k-1");
    let body = json!({ "name": "ci", "role": "viewer" });
    let sent = futures::future::join_all((0..6).map(|_| api.post(KEYS, &body))).await;
    let (made, again): (Vec<_>, Vec<_>) = sent.into_iter().partition(|one| one.status == 201);
    assert_eq!(made.len(), 1);
    let id = &made[0].json["id"];
    for answer in again {
        let problem = answer.problem(409, "secret-shown");
        let detail = problem["detail"].as_str().unwrap_or_default();
        assert!(detail.contains(&format!("API key {id} ")), "{detail}");
    }
    let other = json!({ "name": "ci", "role": "operator" });
    let _ = api
        .post(KEYS, &other)
        .await
        .problem(422, "idempotency-key-reused");
    let list = meta.admin().get(KEYS).await.expect(200);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        with_key(&meta, &made[0].json).get(SOURCES).await.status,
        200
    );
}

#[tokio::test]
async fn a_revoked_key_is_refused_at_once_and_for_good() {
    let (meta, clock) = at_noon().await;
    let admin = meta.admin();
    let made = make(&admin, &json!({ "name": "ci", "role": "admin" })).await;
    let other = make(&admin, &json!({ "name": "other", "role": "viewer" })).await;
    let api = with_key(&meta, &made);
    let _ = api.get(SOURCES).await.expect(200);
    assert_eq!(admin.delete(&path(&made)).await.status, 204);
    refused(api.get(SOURCES).await);
    refused(api.post(INTROSPECT, &json!({})).await);
    assert_eq!(with_key(&meta, &other).get(SOURCES).await.status, 200);
    clock.set("2026-01-02T12:05:00Z");
    assert_eq!(admin.delete(&path(&made)).await.status, 204, "again");
    let kept = admin.get(&path(&made)).await.expect(200);
    assert_eq!(kept["revoked_at"], "2026-01-02T12:00:00Z");
    let ids = async |query: &str| {
        let list = admin.get(&format!("{KEYS}?{query}")).await.expect(200);
        let items = list["items"].as_array().expect("items").clone();
        (
            items
                .iter()
                .map(|one| one["id"].clone())
                .collect::<Vec<_>>(),
            list["total"].clone(),
        )
    };
    assert_eq!(
        ids("with_total=true").await,
        (vec![other["id"].clone()], json!(1))
    );
    let all = vec![made["id"].clone(), other["id"].clone()];
    assert_eq!(
        ids("include_revoked=true&with_total=true").await,
        (all, json!(2))
    );
    let stale = admin.clone().with_header("if-match", "\"stale\"");
    let _ = stale
        .delete(&path(&other))
        .await
        .problem(412, "precondition-failed");
    let _ = admin
        .delete(&format!("{KEYS}/424242"))
        .await
        .problem(404, "api-key-not-found");
}

#[tokio::test]
async fn a_key_ends() {
    let (meta, clock) = at_noon().await;
    let made = make(
        &meta.admin(),
        &json!({ "name": "ci", "role": "viewer", "expires_in_days": 1 }),
    )
    .await;
    let api = with_key(&meta, &made);
    clock.set("2026-01-03T11:59:59Z");
    let _ = api.get(SOURCES).await.expect(200);
    clock.set("2026-01-03T12:00:00Z");
    refused(api.get(SOURCES).await);
}

#[tokio::test]
async fn a_key_of_one_tenant_sees_nothing_of_another() {
    let (meta, _clock) = at_noon().await;
    let theirs = meta.user(TenantId(2), Role::Admin);
    let ours = make(&meta.admin(), &json!({ "name": "ours", "role": "admin" })).await;
    let made = make(&theirs, &json!({ "name": "theirs", "role": "admin" })).await;
    let api = with_key(&meta, &made);
    let source = json!({
        "name": "theirs", "datasource_type": "mysql", "host": "db.invalid", "port": 1, "username": "u", "password": "p",
    });
    let _ = api.post(SOURCES, &source).await.expect(201);
    let seen = with_key(&meta, &ours).get(SOURCES).await.expect(200);
    assert_eq!(seen["items"], json!([]));
    let _ = api
        .get(&path(&ours))
        .await
        .problem(404, "api-key-not-found");
    let _ = api
        .delete(&path(&ours))
        .await
        .problem(404, "api-key-not-found");
    let list = api.get(KEYS).await.expect(200);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1), "{list}");
    // Another tenant written into it makes it nobody's.
    let moved = made["key"].as_str().expect("a key");
    let moved = moved.replacen("plk_2_", &format!("plk_{TENANT}_"), 1);
    refused(with_key(&meta, &json!({ "key": moved })).get(SOURCES).await);
}

#[tokio::test]
async fn what_is_no_key_is_refused() {
    let (meta, _clock) = at_noon().await;
    let made = make(&meta.admin(), &json!({ "name": "ci", "role": "viewer" })).await;
    let good = made["key"].as_str().expect("a key");
    for key in [
        "plk_".to_owned(),
        "plk_1_x".to_owned(),
        format!("plk_1_{}", "A".repeat(43)),
        format!("plk_999999999_{}", "A".repeat(43)),
        format!("pls{}", &good[3..]),
        good.to_uppercase(),
        good[..48].to_owned(),
        format!("{good}A"),
    ] {
        let answer = with_key(&meta, &json!({ "key": key })).get(SOURCES).await;
        assert!(!answer.text.contains(&key), "{}", answer.text);
        refused(answer);
    }
}

/// When the key was last used, and the version of its row.
async fn last_use(meta: &Meta, made: &Value) -> (Value, i64) {
    let mut admin = meta.installation.store().admin().await;
    let version = sqlx::query_scalar("select xmin::text::bigint from metadata.api_keys");
    let version = version.fetch_one(&mut admin).await.expect("one key");
    let shown = meta.admin().get(&path(made)).await.expect(200);
    (shown["last_used_at"].clone(), version)
}

#[tokio::test]
async fn the_last_use_is_noted_once_a_minute() {
    let (meta, clock) = at_noon().await;
    let made = make(&meta.admin(), &json!({ "name": "ci", "role": "viewer" })).await;
    let api = with_key(&meta, &made);
    assert_eq!(last_use(&meta, &made).await.0, Value::Null);
    let _ = api.get(SOURCES).await.expect(200);
    let first = last_use(&meta, &made).await;
    assert_eq!(first.0, "2026-01-02T12:00:00Z");
    clock.set("2026-01-02T12:00:59Z");
    let many = futures::future::join_all((0..5).map(|_| api.get(SOURCES))).await;
    assert!(many.iter().all(|answer| answer.status == 200));
    assert_eq!(last_use(&meta, &made).await, first, "nothing was written");
    clock.set("2026-01-02T12:01:00Z");
    // Also what is not allowed is a use.
    let _ = api
        .post(KEYS, &json!({ "name": "x", "role": "viewer" }))
        .await
        .problem(403, "forbidden");
    assert_eq!(
        last_use(&meta, &made).await.0,
        json!("2026-01-02T12:01:00Z")
    );
}

#[tokio::test]
async fn a_credential_is_told_what_it_is() {
    let (meta, _clock) = at_noon().await;
    let made = make(
        &meta.admin(),
        &json!({ "name": "ci", "role": "operator", "expires_in_days": 1 }),
    )
    .await;
    let api = with_key(&meta, &made);
    let said = api.send(http::Method::POST, INTROSPECT, None).await;
    let expected = json!({
        "kind": "api_key", "tenant_id": 1, "subject": format!("key:{}", made["id"]), "roles": ["operator"],
        "expires_at": "2026-01-03T12:00:00Z",
    });
    assert_eq!(said.expect(200), expected);
    let said = meta
        .user(TENANT, Role::Viewer)
        .send(http::Method::POST, INTROSPECT, None)
        .await
        .expect(200);
    let expected =
        json!({ "kind": "token", "tenant_id": 1, "subject": "ada", "roles": ["viewer"] });
    assert_has(&said, &expected);
    // It is no place to ask about the credentials of others.
    let key = json!({ "key": made["key"] });
    let asked = meta.anonymous().post(INTROSPECT, &key).await;
    let _ = asked.problem(401, "unauthorized");
    let _ = meta
        .service()
        .post(INTROSPECT, &key)
        .await
        .problem(403, "forbidden");
}
