//! What rests, and what is not made up for.

use serde_json::{Value, json};
use test_support::Api;

use super::{AUTOMATIC, SOURCES, add, deep_scans, idle_at, path, planned_for, read, register};

async fn patch(api: &Api, path: &str, paused: bool) -> Value {
    let change = json!({ "paused": paused });
    api.patch(path, &change).await.expect(200)
}

#[tokio::test]
async fn a_paused_schedule_does_not_run_and_resuming_replays_nothing() {
    let (meta, clock) = idle_at("2026-01-05T12:00:00Z", &[AUTOMATIC]).await;
    let api = meta.admin();
    let (shop, hr) = (register(&api, "shop").await, register(&api, "hr").await);
    let resting = add(&api, shop, &json!({})).await;
    let born = add(&api, shop, &json!({ "paused": true })).await;
    let witness = add(&api, hr, &json!({})).await;
    let paused = patch(&api, &path(&resting), true).await;
    for one in [&paused, &born] {
        assert_eq!(
            (&one["paused"], &one["next_run_at"]),
            (&json!(true), &Value::Null)
        );
    }
    clock.set("2026-01-06T04:00:00Z");
    let api = meta.admin();
    // What is due at one time is looked at in the order of the ids.
    planned_for(&api, &witness, "2026-01-07T03:00:00Z").await;
    let resumed = patch(&api, &path(&resting), false).await;
    assert_eq!(resumed["next_run_at"], "2026-01-07T03:00:00Z", "{resumed}");

    clock.set("2026-01-07T03:00:00Z");
    let api = meta.admin();
    let run = planned_for(&api, &resting, "2026-01-08T03:00:00Z").await;
    assert_eq!(run["last_run_at"], "2026-01-07T03:00:00Z");
    assert_eq!(read(&api, &born).await["last_run_at"], Value::Null);
}

#[tokio::test]
async fn schedules_of_a_paused_source_rest() {
    let (meta, clock) = idle_at("2026-01-05T12:00:00Z", &[AUTOMATIC]).await;
    let api = meta.admin();
    let (shop, hr) = (register(&api, "shop").await, register(&api, "hr").await);
    let resting = add(&api, shop, &json!({})).await;
    let witness = add(&api, hr, &json!({})).await;
    let source = format!("{SOURCES}/{shop}");
    patch(&api, &source, true).await;
    let later = add(&api, shop, &json!({})).await;
    for one in [&read(&api, &resting).await, &later] {
        assert_eq!(
            (&one["paused"], &one["next_run_at"]),
            (&json!(false), &Value::Null)
        );
    }
    // A change of its times does not wake it.
    let change = json!({ "cron": "0 3 * * *", "time_zone": "Europe/Berlin" });
    let changed = api.patch(&path(&later), &change).await.expect(200);
    assert_eq!(changed["next_run_at"], Value::Null);

    clock.set("2026-01-06T04:00:00Z");
    let api = meta.admin();
    planned_for(&api, &witness, "2026-01-07T03:00:00Z").await;
    assert_eq!(deep_scans(&api).await.len(), 1, "the witness's");
    patch(&api, &source, false).await;
    let resumed = read(&api, &resting).await;
    assert_eq!(resumed["next_run_at"], "2026-01-07T03:00:00Z");
    let resumed = read(&api, &later).await;
    assert_eq!(resumed["next_run_at"], "2026-01-07T02:00:00Z");
    assert_eq!(deep_scans(&api).await.len(), 1, "nothing is made up for");
}
