//! Pipelines that run by themselves.

use serde_json::{Value, json};
use test_support::{assert_has, eventually};

use super::{EXACT, IDLE, Shop, jobs};

/// Schedules are run.
const AUTOMATIC: (&str, &str) = ("META__SYNC__AUTOMATIC", "true");

/// Waits until a pipeline runs next at this time, and reads it.
async fn planned_for(shop: &Shop, pipeline: &Value, time: &str) -> Value {
    eventually(&format!("a pipeline to run next at {time}"), async || {
        let now = shop.read(pipeline).await;
        (now["schedule"]["next_run_at"] == time).then_some(now)
    })
    .await
}

fn hourly() -> Value {
    json!({ "cron": "0 * * * *", "time_zone": "UTC" })
}

#[tokio::test]
async fn a_tick_fills_the_table_and_missed_ones_run_once() {
    let shop = Shop::new(&[AUTOMATIC]).await;
    let pipeline = shop.add(&json!({ "schedule": hourly() })).await;
    assert_eq!(pipeline["schedule"]["next_run_at"], "2026-01-05T13:00:00Z");
    // Three hours, while nobody was there.
    shop.clock.set("2026-01-05T15:30:00Z");
    let run = planned_for(&shop, &pipeline, "2026-01-05T16:00:00Z").await;
    assert_eq!(run["schedule"]["last_run_at"], "2026-01-05T15:30:00Z");
    let jobs = jobs(&shop.api()).await;
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    let expected = json!({
        "id": run["schedule"]["last_job_id"], "job_type": "SQL_SYNC", "trigger": "schedule", "requested_by": null,
    });
    assert_has(&jobs[0], &expected);
}

/// Whichever replica is faster.
#[tokio::test]
async fn a_tick_runs_once_over_two_replicas() {
    let shop = Shop::new(&[AUTOMATIC]).await;
    let settings = [IDLE, EXACT, AUTOMATIC];
    let other = shop.meta.installation.meta_with(&settings).await;
    let pipeline = shop.add(&json!({ "schedule": hourly() })).await;
    for (hour, next) in [(13, 14), (14, 15), (15, 16)] {
        shop.clock.set(&format!("2026-01-05T{hour}:00:00Z"));
        let next = format!("2026-01-05T{next}:00:00Z");
        let _ = planned_for(&shop, &pipeline, &next).await;
        shop.end_jobs("SUCCESS").await;
    }
    assert_eq!(jobs(&shop.api()).await.len(), 3);
    other.stop().await;
}

#[tokio::test]
async fn a_tick_measures_what_is_filled_from_outside() {
    let shop = Shop::new(&[AUTOMATIC]).await;
    let more = json!({ "schedule": hourly(), "fill": { "kind": "external" } });
    let pipeline = shop.add(&more).await;
    shop.clock.set("2026-01-05T13:00:00Z");
    let _ = planned_for(&shop, &pipeline, "2026-01-05T14:00:00Z").await;
    let found = jobs(&shop.api()).await;
    let [job] = &found[..] else {
        panic!("one job: {found:?}")
    };
    assert_eq!(job["job_type"], "MEASURE");
    // It is still active at the next one.
    shop.clock.set("2026-01-05T14:00:00Z");
    let run = planned_for(&shop, &pipeline, "2026-01-05T15:00:00Z").await;
    assert_eq!(run["schedule"]["last_run_at"], "2026-01-05T13:00:00Z");
    assert_eq!(jobs(&shop.api()).await.len(), 1);
}

#[tokio::test]
async fn a_tick_of_what_no_longer_fits_is_passed_over() {
    let shop = Shop::new(&[AUTOMATIC]).await;
    let pipeline = shop.add(&json!({ "schedule": hourly() })).await;
    shop.execute("update metadata.tables set removed_at = now()")
        .await;
    shop.clock.set("2026-01-05T13:00:00Z");
    let run = planned_for(&shop, &pipeline, "2026-01-05T14:00:00Z").await;
    assert_eq!(run["schedule"]["last_job_id"], Value::Null);
    assert_eq!(run["problems"][0]["pointer"], "/sync_table_id");
    assert!(jobs(&shop.api()).await.is_empty());
}

#[tokio::test]
async fn a_paused_one_does_not_run() {
    let shop = Shop::new(&[AUTOMATIC]).await;
    let mut paused = hourly();
    paused["paused"] = json!(true);
    let pipeline = shop.add(&json!({ "schedule": paused })).await;
    let running = shop
        .add(&json!({ "name": "running", "schedule": hourly() }))
        .await;
    shop.clock.set("2026-01-05T13:00:00Z");
    let _ = planned_for(&shop, &running, "2026-01-05T14:00:00Z").await;
    let rests = shop.read(&pipeline).await;
    assert_eq!(rests["schedule"]["next_run_at"], Value::Null);
    assert_eq!(jobs(&shop.api()).await.len(), 1);
}
