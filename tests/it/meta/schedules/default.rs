//! The schedule that a data source gets when it is registered.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use test_support::{
    Installation, Meta, Server, Source, StoreLogin, TestClock, assert_has, eventually,
};

use super::{AUTOMATIC, EXACT, IDLE, add, idle_at, items, path, read, register};

fn time(value: &Value) -> DateTime<Utc> {
    value.as_str().expect("a time").parse().expect("a time")
}

#[tokio::test]
async fn it_is_as_the_configuration_says() {
    let settings = [
        ("META__SYNC__SCHEDULE", "30 4 * * MON"),
        ("META__SYNC__TIME_ZONE", "Asia/Tokyo"),
        ("META__SYNC__JITTER_SECONDS", "600"),
    ];
    // A Monday, 21:00 in Tokyo.
    let (meta, _clock) = idle_at("2026-01-05T12:00:00Z", &settings).await;
    let api = meta.admin();
    register(&api, "shop").await;
    let default = items(&api, "schedules").await.remove(0);
    let expected = json!({
        "level": 1, "databases": null, "cron": "30 4 * * MON", "time_zone": "Asia/Tokyo", "jitter_seconds": 600,
        "origin": "default", "paused": false, "last_run_at": null,
    });
    assert_has(&default, &expected);
    let late = time(&default["next_run_at"]) - time(&json!("2026-01-11T19:30:00Z"));
    assert!((0..=600).contains(&late.num_seconds()), "{default}");
}

#[tokio::test]
async fn many_of_one_time_spread_and_each_keeps_its_time() {
    let clock = TestClock::at("2026-01-05T12:00:00Z");
    let jitter = ("META__SYNC__JITTER_SECONDS", "3600");
    let installation = Installation::by(clock.clock()).await;
    let meta = installation.meta_with(&[IDLE, jitter, AUTOMATIC]).await;
    let api = meta.admin();
    let source = register(&api, "shop").await;
    let mut late = Vec::new();
    for _ in 0..20 {
        let one = add(&api, source, &json!({})).await;
        late.push(time(&one["next_run_at"]) - time(&json!("2026-01-06T03:00:00Z")));
    }
    late.sort_unstable();
    late.dedup();
    assert!(late.len() > 15, "they spread: {late:?}");
    let range = TimeDelta::zero()..=TimeDelta::hours(1);
    assert!(late.iter().all(|one| range.contains(one)), "{late:?}");

    let schedule = add(&api, source, &json!({})).await;
    let first = time(&schedule["next_run_at"]);
    clock.set(&first.to_rfc3339());
    let api = meta.admin();
    let again = eventually("the next run", async || {
        let next = time(&read(&api, &schedule).await["next_run_at"]);
        (next != first).then_some(next)
    })
    .await;
    assert_eq!(again - first, TimeDelta::days(1), "the same each day");
}

/// A `meta` that runs jobs by a clock, and a source that it has read once.
async fn working(more: &[(&str, &str)]) -> (Meta, TestClock, Source, i64) {
    let source = Source::create(Server::MariaDb).await;
    source.create_tables(2).await;
    let clock = TestClock::at("2026-01-05T12:00:00Z");
    let installation = Installation::by(clock.clock()).await;
    let meta = installation
        .meta_with(&[&[AUTOMATIC, EXACT], more].concat())
        .await;
    let id = meta.register(&source).await;
    (meta, clock, source, id)
}

/// Waits until there are so many runs and none is active.
async fn runs(meta: &Meta, count: usize) -> Vec<Value> {
    eventually("scheduled runs", async || {
        let logs = items(&meta.admin(), "sync-logs").await;
        let is_active = |log: &Value| matches!(log["status"].as_str(), Some("QUEUED" | "RUNNING"));
        (logs.len() >= count && !logs.iter().any(is_active)).then_some(logs)
    })
    .await
}

#[tokio::test]
async fn it_reads_the_source_again() {
    let (meta, clock, _source, id) = working(&[]).await;
    clock.set("2026-01-06T00:00:00Z");
    let logs = runs(&meta, 2).await;
    let expected = json!({ "sync_type": "auto", "sync_level": "database", "status": "SUCCESS" });
    assert_has(&logs[0], &expected);
    let api = meta.admin();
    let job = items(&api, "jobs").await.remove(0);
    let expected = json!({
        "trigger": "schedule", "requested_by": null, "job_type": "METADATA_SYNC", "datasource_id": id,
    });
    assert_has(&job, &expected);
    let schedule = items(&api, "schedules").await.remove(0);
    let expected = json!({
        "last_run_at": "2026-01-06T00:00:00Z", "last_job_id": job["id"], "next_run_at": "2026-01-07T00:00:00Z",
    });
    assert_has(&schedule, &expected);
}

#[tokio::test]
async fn level_two_follows_where_the_configuration_says_so() {
    let (meta, clock, source, _) = working(&[("META__SYNC__LEVEL", "2")]).await;
    clock.set("2026-01-06T00:00:00Z");
    let logs = runs(&meta, 3).await;
    assert_eq!(logs[0]["sync_level"], "field");
    let read = logs[0]["target_database"].as_str().expect("databases");
    assert!(read.contains(&source.database), "{read}");
}

#[tokio::test]
async fn it_follows_the_configuration_until_somebody_changes_its_times() {
    let clock = TestClock::at("2026-01-05T12:00:00Z");
    let installation = Installation::by(clock.clock()).await;
    let meta = installation.meta_with(&[IDLE, EXACT]).await;
    let api = meta.admin();
    for name in ["shop", "hr"] {
        register(&api, name).await;
    }
    let [shop, hr] = &items(&api, "schedules").await[..] else {
        panic!("one each");
    };
    let paused = api.patch(&path(shop), &json!({ "paused": true })).await;
    assert_eq!(paused.expect(200)["origin"], "default");
    let resumed = api.patch(&path(shop), &json!({ "paused": false })).await;
    assert_eq!(resumed.expect(200)["next_run_at"], shop["next_run_at"]);
    let own = json!({ "cron": "0 5 * * *" });
    let own = api.patch(&path(hr), &own).await.expect(200);
    assert_eq!(
        (&own["origin"], &own["next_run_at"]),
        (&json!("api"), &json!("2026-01-06T05:00:00Z"))
    );
    meta.stop().await;

    let other = ("META__SYNC__SCHEDULE", "0 7 * * *");
    let meta = installation
        .meta_with(&[IDLE, EXACT, AUTOMATIC, other])
        .await;
    let api = meta.admin();
    let followed = super::planned_for(&api, shop, "2026-01-06T07:00:00Z").await;
    assert_has(
        &followed,
        &json!({ "cron": "0 7 * * *", "origin": "default" }),
    );
    assert_eq!(read(&api, hr).await, own, "it is somebody's own");
}

/// What a release had before it knew schedules.
const BEFORE: &str = "
    drop table metadata.schedules cascade; -- its functions go with it
    create function metadata.datasources_due_for_sync(timestamptz, integer) returns void language sql return null;
    delete from metadata._sqlx_migrations where version = 8";

#[tokio::test]
async fn sources_of_an_older_release_get_theirs() {
    let clock = TestClock::at("2026-01-05T12:00:00Z");
    let installation = Installation::by(clock.clock()).await;
    let meta = installation.meta_with(&[IDLE]).await;
    let api = meta.admin();
    let source = register(&api, "shop").await;
    meta.stop().await;
    let mut owner = installation.store().connect(StoreLogin::MetaOwner).await;
    sqlx::raw_sql(BEFORE)
        .execute(&mut owner)
        .await
        .expect("an older store");

    let six = ("META__SYNC__SCHEDULE", "0 6 * * *");
    let meta = installation.meta_with(&[IDLE, EXACT, AUTOMATIC, six]).await;
    let api = meta.admin();
    let schedule = items(&api, "schedules").await.remove(0);
    let planned = super::planned_for(&api, &schedule, "2026-01-06T06:00:00Z").await;
    let expected =
        json!({ "datasource_id": source, "level": 1, "origin": "default", "last_run_at": null });
    assert_has(&planned, &expected);
}
