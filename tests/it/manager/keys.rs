//! API keys and sign-in links at `manager`, which asks `meta` about keys and believes it for a while.

use models::Role;
use serde_json::{Value, json};
use test_support::{Api, Door, Installation, Manager, Meta, TENANT, TestClock};

use super::desk::OBJECTS;

const KEYS: &str = "/api/metadata/auth/keys";
const SOURCES: &str = "/api/metadata/datasources";

/// Both services by a clock that shows noon, `meta` behind a door.
struct Desk {
    manager: Manager,
    meta: Meta,
    door: Door,
    clock: TestClock,
}

impl Desk {
    async fn at_noon(changes: &[(&str, &str)]) -> Self {
        Self::with(&[], changes).await
    }

    /// With these settings of `meta`, and of `manager`.
    async fn with(of_meta: &[(&str, &str)], changes: &[(&str, &str)]) -> Self {
        let clock = TestClock::at("2026-01-02T12:00:00Z");
        let installation = Installation::by(clock.clock()).await;
        let workers = ("META__WORKERS__CONCURRENCY", "0");
        let settings = [&[workers], of_meta].concat();
        let meta = installation.meta_with(&settings).await;
        let door = Door::shut().await;
        door.open_to(&meta);
        let manager = installation.manager_with(&door.url, changes).await;
        Self {
            manager,
            meta,
            door,
            clock,
        }
    }

    async fn make(&self, role: &str) -> Value {
        let body = json!({ "name": "ci", "role": role });
        let made = self.manager.admin().post(KEYS, &body).await;
        made.expect(201)
    }

    async fn revoke(&self, made: &Value) {
        let path = format!("{KEYS}/{}", made["id"]);
        assert_eq!(self.meta.admin().delete(&path).await.status, 204);
    }

    fn with_key(&self, made: &Value) -> Api {
        let key = made["key"].as_str().expect("a key").to_owned();
        self.manager.installation.api(&self.manager.url, Some(key))
    }
}

#[tokio::test]
async fn a_key_opens_both_services() {
    let desk = Desk::at_noon(&[]).await;
    let made = desk.make("viewer").await;
    let api = desk.with_key(&made);
    let _ = api.get(OBJECTS).await.expect(200);
    let _ = api.get(SOURCES).await.expect(200);
    // Asked by manager for the caller, with the same key.
    let _ = api.get("/api/manager/datasources").await.expect(200);
    let manage = json!({ "resource_id": 1, "database": "shop" });
    let _ = api
        .post("/api/manager/manage", &manage)
        .await
        .problem(403, "forbidden");
    let _ = api
        .post(KEYS, &json!({ "name": "x", "role": "viewer" }))
        .await
        .problem(403, "forbidden");
}

#[tokio::test]
async fn a_revoked_key_is_refused_within_a_minute() {
    let desk = Desk::at_noon(&[]).await;
    let made = desk.make("viewer").await;
    let api = desk.with_key(&made);
    let _ = api.get(OBJECTS).await.expect(200);
    desk.revoke(&made).await;
    desk.clock.set("2026-01-02T12:00:59Z");
    let _ = api.get(OBJECTS).await.expect(200);
    // What meta is asked for is refused by meta itself.
    let _ = api.get(SOURCES).await.problem(401, "unauthorized");
    desk.clock.set("2026-01-02T12:01:00Z");
    let _ = api.get(OBJECTS).await.problem(401, "unauthorized");
}

#[tokio::test]
async fn nothing_is_believed_where_the_setting_says_so() {
    let desk = Desk::at_noon(&[("MANAGER__META__KEY_CACHE_SECONDS", "0")]).await;
    let made = desk.make("viewer").await;
    let api = desk.with_key(&made);
    let _ = api.get(OBJECTS).await.expect(200);
    desk.revoke(&made).await;
    let _ = api.get(OBJECTS).await.problem(401, "unauthorized");
}

#[tokio::test]
async fn while_meta_is_away_a_key_is_not_refused() {
    let desk = Desk::at_noon(&[]).await;
    let (known, new) = (desk.make("viewer").await, desk.make("viewer").await);
    let _ = desk.with_key(&known).get(OBJECTS).await.expect(200);
    desk.door.close();
    let _ = desk.with_key(&known).get(OBJECTS).await.expect(200);
    let away = desk.with_key(&new).get(OBJECTS).await;
    assert!(!away.header("retry-after").is_empty());
    let _ = away.problem(503, "meta-unavailable");
    desk.clock.set("2026-01-02T12:01:00Z");
    let away = desk.with_key(&known).get(OBJECTS).await;
    let _ = away.problem(503, "meta-unavailable");
    desk.door.open_to(&desk.meta);
    for made in [&known, &new] {
        let _ = desk.with_key(made).get(OBJECTS).await.expect(200);
    }
}

#[tokio::test]
async fn a_refusal_is_remembered_for_a_moment() {
    let desk = Desk::at_noon(&[]).await;
    let forged = json!({ "key": format!("plk_1_{}", "A".repeat(43)) });
    let api = desk.with_key(&forged);
    let _ = api.get(OBJECTS).await.problem(401, "unauthorized");
    desk.door.close();
    desk.clock.set("2026-01-02T12:00:04Z");
    let _ = api.get(OBJECTS).await.problem(401, "unauthorized");
    desk.clock.set("2026-01-02T12:00:05Z");
    let _ = api.get(OBJECTS).await.problem(503, "meta-unavailable");
    // What has not the form of a key is refused without asking.
    let none = desk.with_key(&json!({ "key": "plk_1_short" }));
    let _ = none.get(OBJECTS).await.problem(401, "unauthorized");
}

#[tokio::test]
async fn keys_that_are_made_up_do_not_shut_manager_out_of_meta() {
    let few = [
        ("META__SERVER__REQUESTS_PER_SECOND", "1"),
        ("META__SERVER__REQUEST_BURST", "50"),
    ];
    let desk = Desk::with(&few, &[]).await;
    let made = desk.make("viewer").await;
    for digit in 10..30 {
        let guess = json!({ "key": format!("plk_1_{digit}{}", "A".repeat(41)) });
        let refused = desk.with_key(&guess).get(OBJECTS).await;
        let _ = refused.problem(401, "unauthorized");
    }
    let _ = desk.with_key(&made).get(SOURCES).await.expect(200);
    // At meta itself they count.
    let installation = &desk.meta.installation;
    let guess = installation.api(&desk.meta.url, Some(format!("plk_1_{}", "A".repeat(43))));
    for _ in 0..5 {
        let _ = guess.get(SOURCES).await.problem(401, "unauthorized");
    }
    let _ = guess.get(SOURCES).await.problem(429, "rate-limited");
}

#[tokio::test]
async fn a_link_is_used_at_manager_without_a_credential() {
    let desk = Desk::at_noon(&[]).await;
    let links = "/api/metadata/auth/sign-in-links";
    let made = desk.manager.admin().post(links, &json!({})).await;
    let code = json!({ "code": made.expect(201)["code"] });
    let path = "/api/metadata/auth/sign-in";
    let api = desk.manager.anonymous();
    let signed_in = api.post(path, &code).await;
    assert_eq!(signed_in.header("cache-control"), "no-store");
    let token = signed_in.expect(200)["token"].clone();
    let session = desk.with_key(&json!({ "key": token }));
    let _ = session.get(OBJECTS).await.expect(200);
    let _ = api
        .post(path, &code)
        .await
        .problem(422, "invalid-sign-in-code");
    // Nothing else is passed on without one.
    let _ = api.get(path).await.problem(405, "method-not-allowed");
    for other in ["sign-in/x", "sign-in-links", "keys", "introspect"] {
        let path = format!("/api/metadata/auth/{other}");
        let refused = api.post(&path, &json!({})).await;
        let _ = refused.problem(401, "unauthorized");
    }
    desk.door.close();
    let away = api.post(path, &code).await;
    let _ = away.problem(503, "meta-unavailable");
}

#[tokio::test]
async fn what_a_key_does_is_done_in_its_name() {
    let desk = Desk::at_noon(&[]).await;
    let made = desk.make("admin").await;
    let api = desk.with_key(&made);
    let source = json!({
        "name": "shop", "datasource_type": "mysql", "host": "db.invalid", "port": 1, "username": "u", "password": "p",
    });
    let id = api.post(SOURCES, &source).await.expect(201)["datasource"]["id"].clone();
    let manage = json!({ "resource_id": id, "database": "shop", "trigger_deep_scan": false });
    let _ = api.post("/api/manager/manage", &manage).await.expect(202);
    let jobs = desk.manager.user(TENANT, Role::Viewer);
    let jobs = jobs.get("/api/metadata/jobs").await.expect(200);
    let name = format!("key:{}", made["id"]);
    assert_eq!(jobs["items"][0]["requested_by"], name);
}
