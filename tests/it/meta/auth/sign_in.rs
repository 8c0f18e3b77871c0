//! Links that sign somebody in once.

use models::{Role, TenantId};
use serde_json::{Value, json};
use test_support::{Api, Installation, Meta, TestClock, assert_has};

const LINKS: &str = "/api/metadata/auth/sign-in-links";
const SIGN_IN: &str = "/api/metadata/auth/sign-in";
const SOURCES: &str = "/api/metadata/datasources";

/// A `meta` by a clock that shows noon, which runs no jobs.
async fn at_noon() -> (Meta, TestClock) {
    let clock = TestClock::at("2026-01-02T12:00:00Z");
    let installation = Installation::by(clock.clock()).await;
    let workers = ("META__WORKERS__CONCURRENCY", "0");
    (installation.meta_with(&[workers]).await, clock)
}

/// Makes a link and answers with the body that uses it.
async fn link(api: &Api, body: &Value) -> Value {
    let made = api.post(LINKS, body).await.expect(201);
    json!({ "code": made["code"] })
}

fn session(meta: &Meta, signed_in: &Value) -> Api {
    let token = signed_in["token"].as_str().expect("a token").to_owned();
    meta.installation.api(&meta.url, Some(token))
}

#[tokio::test]
async fn a_link_signs_in_once() {
    let (meta, _clock) = at_noon().await;
    let answer = meta.admin().post(LINKS, &json!({})).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let made = answer.expect(201);
    let expected =
        json!({ "subject": "ada", "roles": ["admin"], "expires_at": "2026-01-02T12:10:00Z" });
    assert_has(&made, &expected);
    let code = json!({ "code": made["code"] });
    let answer = meta.anonymous().post(SIGN_IN, &code).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let signed_in = answer.expect(200);
    let expected = json!({
        "tenant_id": 1, "subject": "ada", "roles": ["admin"], "expires_at": "2026-01-03T00:00:00Z",
    });
    assert_has(&signed_in, &expected);
    let _ = session(&meta, &signed_in).get(SOURCES).await.expect(200);
    let again = meta.anonymous().post(SIGN_IN, &code).await;
    let problem = again.problem(422, "invalid-sign-in-code");
    let text = made["code"].as_str().expect("a code");
    assert!(!problem.to_string().contains(text), "{problem}");
    // A code is no credential of the API.
    let with_code = meta.installation.api(&meta.url, Some(text.to_owned()));
    let _ = with_code.get(SOURCES).await.problem(401, "unauthorized");
}

#[tokio::test]
async fn of_many_at_once_on_two_replicas_one_is_signed_in() {
    let (meta, _clock) = at_noon().await;
    let workers = ("META__WORKERS__CONCURRENCY", "0");
    let other = meta.installation.meta_with(&[workers]).await;
    for _ in 0..5 {
        let code = link(&meta.admin(), &json!({})).await;
        let replicas = [meta.anonymous(), other.anonymous()];
        let sent = (0..8).map(|number| replicas[number % 2].post(SIGN_IN, &code));
        let answers = futures::future::join_all(sent).await;
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 422, 422, 422, 422, 422, 422, 422]);
    }
}

#[tokio::test]
async fn a_link_is_for_whom_it_was_made() {
    let (meta, _clock) = at_noon().await;
    let body = json!({ "subject": "grace", "roles": ["viewer", "operator"] });
    let code = link(&meta.admin(), &body).await;
    let signed_in = meta.anonymous().post(SIGN_IN, &code).await.expect(200);
    assert_has(
        &signed_in,
        &json!({ "subject": "grace", "roles": ["viewer", "operator"] }),
    );
    let api = session(&meta, &signed_in);
    let _ = api.get(SOURCES).await.expect(200);
    let _ = api.post(LINKS, &json!({})).await.problem(403, "forbidden");
    let theirs = meta.user(TenantId(2), Role::Admin);
    let code = link(&theirs, &json!({})).await;
    let signed_in = meta.anonymous().post(SIGN_IN, &code).await.expect(200);
    assert_eq!(signed_in["tenant_id"], 2);
    let _ = theirs
        .post(LINKS, &json!({ "roles": [] }))
        .await
        .problem(422, "validation-failed");
    // Keys are recorded so.
    let _ = theirs
        .post(LINKS, &json!({ "subject": "key:1" }))
        .await
        .problem(422, "validation-failed");
}

#[tokio::test]
async fn a_link_and_its_session_end() {
    let (meta, clock) = at_noon().await;
    let (one, two) = (
        link(&meta.admin(), &json!({})).await,
        link(&meta.admin(), &json!({})).await,
    );
    clock.set("2026-01-02T12:09:59Z");
    let signed_in = meta.anonymous().post(SIGN_IN, &one).await.expect(200);
    clock.set("2026-01-02T12:10:00Z");
    let late = meta.anonymous().post(SIGN_IN, &two).await;
    let _ = late.problem(422, "invalid-sign-in-code");
    let api = session(&meta, &signed_in);
    // Twelve hours, and the difference that clocks may have.
    clock.set("2026-01-03T00:10:58Z");
    let _ = api.get(SOURCES).await.expect(200);
    clock.set("2026-01-03T00:11:00Z");
    let _ = api.get(SOURCES).await.problem(401, "unauthorized");
}

#[tokio::test]
async fn a_session_lives_as_long_as_is_set() {
    let settings = [
        ("META__WORKERS__CONCURRENCY", "0"),
        ("META__AUTH__SESSION_SECONDS", "60"),
    ];
    let clock = TestClock::at("2026-01-02T12:00:00Z");
    let installation = Installation::by(clock.clock()).await;
    let meta = installation.meta_with(&settings).await;
    let code = link(&meta.admin(), &json!({})).await;
    let signed_in = meta.anonymous().post(SIGN_IN, &code).await.expect(200);
    assert_eq!(signed_in["expires_at"], "2026-01-02T12:01:00Z");
    let api = session(&meta, &signed_in);
    clock.set("2026-01-02T12:02:00Z");
    let _ = api.get(SOURCES).await.problem(401, "unauthorized");
}

#[tokio::test]
async fn codes_that_were_never_made_are_refused() {
    let (meta, _clock) = at_noon().await;
    let code = link(&meta.admin(), &json!({})).await;
    let good = code["code"].as_str().expect("a code");
    for wrong in [
        String::new(),
        "x".to_owned(),
        format!("pls_1_{}", "A".repeat(43)),
        good.replacen("pls_1_", "pls_2_", 1),
        good.replacen("pls_", "plk_", 1),
        good[..good.len() - 1].to_owned(),
        format!("{good} "),
    ] {
        let refused = meta
            .anonymous()
            .post(SIGN_IN, &json!({ "code": wrong }))
            .await;
        let _ = refused.problem(422, "invalid-sign-in-code");
    }
    let _ = meta.anonymous().post(SIGN_IN, &code).await.expect(200);
}

#[tokio::test]
async fn a_request_that_is_sent_again_shows_no_code() {
    let (meta, _clock) = at_noon().await;
    let api = meta.admin().with_header("idempotency-key", "k-1");
    let made = api.post(LINKS, &json!({})).await.expect(201);
    let again = api.post(LINKS, &json!({})).await;
    let problem = again.problem(409, "secret-shown");
    assert!(!problem.to_string().contains("pls_"), "{problem}");
    let code = json!({ "code": made["code"] });
    let _ = meta.anonymous().post(SIGN_IN, &code).await.expect(200);
}

#[tokio::test]
async fn old_links_are_forgotten() {
    let (meta, clock) = at_noon().await;
    let _ = link(&meta.admin(), &json!({})).await;
    clock.set("2026-01-03T12:00:01Z");
    let _ = link(&meta.admin(), &json!({})).await;
    let mut admin = meta.installation.store().admin().await;
    let count = sqlx::query_scalar("select count(*) from metadata.sign_in_links");
    let count: i64 = count.fetch_one(&mut admin).await.expect("a count");
    assert_eq!(count, 1);
}
