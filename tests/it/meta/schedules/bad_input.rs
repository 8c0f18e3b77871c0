//! What is refused, and how it is told.

use models::{Role, TenantId};
use serde_json::{Value, json};
use test_support::{Answer, Api};

use super::{SCHEDULES, SOURCES, add, idle_at, items, path, register};

/// The only entry of a 422.
#[track_caller]
fn told(answer: Answer) -> (String, String) {
    let problem = answer.problem(422, "validation-failed");
    let errors = problem["errors"].as_array().expect("errors");
    assert_eq!(errors.len(), 1, "{problem}");
    let text = |key: &str| errors[0][key].as_str().expect("text").to_owned();
    (text("pointer"), text("detail"))
}

fn body(source: i64, name: &str, value: &Value) -> Value {
    let mut body = json!({
        "resource_id": source, "level": 2, "databases": ["shop"], "cron": "0 3 * * *", "time_zone": "UTC",
    });
    body[name] = value.clone();
    body
}

/// A field, a wrong value, where that is told, and a part of what is told.
type Case = (&'static str, Value, &'static str, &'static str);

/// What is wrong with a time.
fn times() -> Vec<Case> {
    let cron = |value: Value, part| ("cron", value, "/cron", part);
    let zone = |value: Value, part| ("time_zone", value, "/time_zone", part);
    vec![
        cron(json!("every night"), "five fields minute, hour"),
        cron(json!("0 0 3 * * *"), "there are no seconds"),
        cron(json!("61 3 * * *"), "wrong minute: it is 0 to 59"),
        cron(json!("0 3 * * 8"), "wrong day of the week"),
        cron(json!("0 0 30 2 *"), "never fires"),
        cron(json!("@reboot"), "@daily"),
        cron(json!("0 3 * * *".repeat(20)), "at most 100 bytes"),
        zone(json!("Europe/Berln"), "did you mean Europe/Berlin?"),
        zone(json!("+02:00"), "IANA name"),
        zone(json!("x".repeat(65)), "at most 64 bytes"),
    ]
}

/// What is wrong with anything else.
fn others() -> Vec<Case> {
    let many: Vec<String> = (0..1001).map(|number| format!("d{number}")).collect();
    let databases = |value: Value, part| ("databases", value, "/databases", part);
    let one = |value: Value, part| ("databases", json!([value]), "/databases/0", part);
    let jitter = |value: Value, part| ("jitter_seconds", value, "/jitter_seconds", part);
    vec![
        databases(json!(null), "is required for level 2"),
        databases(json!([]), "must not be empty"),
        databases(json!(["a", "a"]), "each database once"),
        databases(json!(many), "at most 1000"),
        one(json!(""), "must not be empty"),
        one(json!("x".repeat(256)), "at most 255"),
        jitter(json!(86_401), "from 0 to 86400"),
        jitter(json!(-1), "from 0 to 86400"),
        ("level", json!(3), "/level", "from 1 to 2"),
        ("level", json!(1), "/databases", "for level 2 only"),
    ]
}

#[tokio::test]
async fn a_wrong_field_is_named_with_what_would_be_right() {
    let (meta, _clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let api = meta.admin();
    let source = register(&api, "shop").await;
    let schedule = add(&api, source, &json!({})).await;
    for (name, value, pointer, part) in [times(), others()].concat() {
        let answer = api.post(SCHEDULES, &body(source, name, &value)).await;
        let (where_told, detail) = told(answer);
        assert_eq!(where_told, pointer, "{name}: {detail}");
        assert!(detail.contains(part), "{name}: {detail}");
        // A change is held against the same; null says nothing there, and the level stays.
        if value.is_null() || name == "level" {
            continue;
        }
        let change = json!({ name: value });
        let (where_told, detail) = told(api.patch(&path(&schedule), &change).await);
        assert!(
            where_told == pointer && detail.contains(part),
            "{name}: {where_told} {detail}"
        );
    }
    assert_eq!(items(&api, "schedules").await.len(), 2, "none was made");
}

#[tokio::test]
async fn several_wrong_fields_are_told_at_once() {
    let (meta, _clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let api = meta.admin();
    let body = json!({ "resource_id": 0, "level": 2, "cron": "x", "time_zone": "y" });
    let problem = api
        .post(SCHEDULES, &body)
        .await
        .problem(422, "validation-failed");
    let errors = problem["errors"].as_array().expect("errors").iter();
    let mut pointers: Vec<_> = errors.filter_map(|one| one["pointer"].as_str()).collect();
    pointers.sort_unstable();
    assert_eq!(
        pointers,
        ["/cron", "/databases", "/resource_id", "/time_zone"]
    );
}

#[tokio::test]
async fn what_does_not_fit_the_schedule_is_refused() {
    let (meta, _clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let api = meta.admin();
    let source = register(&api, "shop").await;
    let default = items(&api, "schedules").await.remove(0);
    let databases = json!({ "databases": ["shop"] });
    let (pointer, detail) = told(api.patch(&path(&default), &databases).await);
    assert!(
        pointer == "/databases" && detail.contains("level 2 only"),
        "{detail}"
    );
    let level = json!({ "level": 2 });
    let _ = api
        .patch(&path(&default), &level)
        .await
        .problem(400, "unknown-field");

    let patterns = json!({ "options": { "exclude_databases": ["tmp_*"] } });
    let _ = api
        .patch(&format!("{SOURCES}/{source}"), &patterns)
        .await
        .expect(200);
    let left_out = body(source, "databases", &json!(["shop", "tmp_1"]));
    let (pointer, detail) = told(api.post(SCHEDULES, &left_out).await);
    assert_eq!(pointer, "/databases/1");
    assert!(detail.contains("leave out tmp_1"), "{detail}");
}

#[tokio::test]
async fn what_is_another_tenants_is_not_there() {
    let (meta, _clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let ours = meta.admin();
    let source = register(&ours, "shop").await;
    let schedule = add(&ours, source, &json!({})).await;
    let theirs: Api = meta.user(TenantId(2), Role::Admin);
    for source in [source, 424_242] {
        let answer = theirs
            .post(SCHEDULES, &body(source, "level", &json!(2)))
            .await;
        let _ = answer.problem(404, "datasource-not-found");
    }
    for answer in [
        theirs.get(&path(&schedule)).await,
        theirs
            .patch(&path(&schedule), &json!({ "paused": true }))
            .await,
        theirs.delete(&path(&schedule)).await,
    ] {
        let _ = answer.problem(404, "schedule-not-found");
    }
    assert_eq!(items(&theirs, "schedules").await, Vec::<Value>::new());
}
