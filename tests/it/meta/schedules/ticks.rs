//! Ticks: each runs once, whatever comes and goes.

use catalog::schedules;
use models::TenantId;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use test_support::{
    Installation, Logs, Meta, Server, Source, TENANT, TestClock, assert_has, eventually,
};

use super::{
    AUTOMATIC, EXACT, IDLE, SCHEDULES, SOURCES, add, deep_scans, end_jobs, idle_at, items, path,
    planned_for, read, register,
};

/// Five mornings and the next run after each.
const MORNINGS: [(&str, &str); 5] = [
    ("2026-01-06T03:00:00Z", "2026-01-07T03:00:00Z"),
    ("2026-01-07T03:00:00Z", "2026-01-08T03:00:00Z"),
    ("2026-01-08T03:00:00Z", "2026-01-09T03:00:00Z"),
    ("2026-01-09T03:00:00Z", "2026-01-10T03:00:00Z"),
    ("2026-01-10T03:00:00Z", "2026-01-11T03:00:00Z"),
];

#[tokio::test]
async fn each_runs_once_over_two_replicas() {
    let source = Source::create(Server::MariaDb).await;
    source.create_tables(1).await;
    let clock = TestClock::at("2026-01-05T12:00:00Z");
    let installation = Installation::by(clock.clock()).await;
    let settings = [AUTOMATIC, EXACT];
    let (one, two) = tokio::join!(
        installation.meta_with(&settings),
        installation.meta_with(&settings)
    );
    let id = one.register(&source).await;
    let body = json!({ "resource_id": id, "level": 1, "cron": "0 3 * * *", "time_zone": "UTC" });
    let schedule = one.admin().post(SCHEDULES, &body).await.expect(201);
    // The default one would run at midnight.
    let default = items(&one.admin(), "schedules").await.remove(0);
    let deleted = one.admin().delete(&path(&default)).await;
    assert_eq!(deleted.status, 204, "{}", deleted.text);
    for (time, next) in MORNINGS {
        clock.set(time);
        let api = one.admin();
        let run = planned_for(&api, &schedule, next).await;
        assert_eq!(run["last_run_at"], time);
        let job = format!(
            "/api/metadata/jobs/{}",
            run["last_job_id"].as_str().expect("an id")
        );
        eventually("the end of a run", async || {
            (api.get(&job).await.expect(200)["status"] == "SUCCESS").then_some(())
        })
        .await;
    }
    let jobs = items(&one.admin(), "jobs").await;
    let scheduled = jobs.iter().filter(|job| job["trigger"] == "schedule");
    assert_eq!(scheduled.count(), MORNINGS.len(), "{jobs:?}");
    two.stop().await;
}

#[tokio::test]
async fn what_one_has_taken_another_leaves_alone() {
    let (meta, clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let source = register(&meta.admin(), "shop").await;
    let id = add(&meta.admin(), source, &json!({})).await["id"]
        .as_i64()
        .expect("an id");
    let store = meta.installation.store().open();
    let early = clock.clock().now();
    clock.set("2026-01-06T03:00:00Z");
    let now = clock.clock().now();
    let mut one = store.begin(TENANT).await.expect("a transaction");
    let mut two = store.begin(TENANT).await.expect("a transaction");
    let take = schedules::take_due(&mut one, id, early).await;
    assert!(take.expect("an answer").is_none(), "its time has not come");
    let take = schedules::take_due(&mut one, id, now).await;
    assert_eq!(take.expect("an answer").map(|it| it.id), Some(id));
    let take = schedules::take_due(&mut two, id, now).await;
    assert!(take.expect("an answer").is_none(), "another one has it");
    // The first one dies with it.
    drop(one);
    let mut three = store.begin(TENANT).await.expect("a transaction");
    let taken = eventually("the end of the first one's transaction", async || {
        schedules::take_due(&mut three, id, now)
            .await
            .expect("an answer")
    })
    .await;
    schedules::plan(&mut three, taken.id, Some(now + chrono::TimeDelta::days(1)))
        .await
        .expect("it is planned");
    three.commit().await.expect("it is done");
    let take = schedules::take_due(&mut two, id, now).await;
    assert!(take.expect("an answer").is_none(), "it is done");
    let mut theirs = store.begin(TenantId(2)).await.expect("a transaction");
    let later = now + chrono::TimeDelta::days(2);
    let take = schedules::take_due(&mut theirs, id, later).await;
    assert!(take.expect("an answer").is_none(), "it is another tenant's");
}

/// Waits until a statement of the database waits for a lock.
async fn somebody_waits(meta: &Meta) {
    let mut admin = meta.installation.store().admin().await;
    let sql = "select count(*) from pg_stat_activity
               where datname = current_database() and wait_event_type = 'Lock'";
    eventually("somebody to wait for a lock", async || {
        let waiting: i64 = sqlx::query_scalar(sql)
            .fetch_one(&mut admin)
            .await
            .expect("a number");
        (waiting > 0).then_some(())
    })
    .await;
}

#[tokio::test]
async fn one_under_way_is_waited_for_by_who_pauses_or_deletes_the_source() {
    let (meta, clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let api = meta.admin();
    let source = register(&api, "shop").await;
    let schedule = add(&api, source, &json!({})).await;
    let store = meta.installation.store().open();
    clock.set("2026-01-06T03:00:00Z");
    let api = meta.admin();
    let pause = json!({ "paused": true });
    let path = format!("{SOURCES}/{source}");
    let confirmed = format!("{path}?confirm=shop");
    for deletes in [false, true] {
        let mut tick = store.begin(TENANT).await.expect("a transaction");
        let id = schedule["id"].as_i64().expect("an id");
        schedules::lock(&mut tick, id).await.expect("it is ours");
        let change = async {
            if deletes {
                api.delete(&confirmed).await.status
            } else {
                api.patch(&path, &pause).await.status
            }
        };
        let tick = async {
            somebody_waits(&meta).await;
            // The last thing that a tick does to the source.
            sqlx::raw_sql("update metadata.datasources set sync_status = 'failed'")
                .execute(&mut *tick)
                .await
                .expect("nobody who waits for us has it");
            tick.commit().await.expect("it is done");
        };
        let (status, ()) = tokio::join!(change, tick);
        assert_eq!(status, if deletes { 204 } else { 200 });
    }
}

#[tokio::test]
async fn those_that_were_missed_run_once_at_the_start() {
    let logs = Logs::collect();
    let (meta, clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let source = register(&meta.admin(), "shop").await;
    let schedule = add(&meta.admin(), source, &json!({ "cron": "@hourly" })).await;
    let installation = meta.installation.clone();
    meta.stop().await;

    clock.set("2026-01-06T09:30:00Z");
    let meta = installation.meta_with(&[IDLE, EXACT, AUTOMATIC]).await;
    let api = meta.admin();
    let run = planned_for(&api, &schedule, "2026-01-06T10:00:00Z").await;
    assert_eq!(run["last_run_at"], "2026-01-06T09:30:00Z");
    assert_eq!(deep_scans(&api).await.len(), 1, "however many there were");
    let text = logs.text();
    let is_more = |line: &str| line.contains("tick passed over") && line.contains("level=2");
    assert!(
        !text.lines().any(is_more),
        "none of them is due again: {text}"
    );
}

#[tokio::test]
async fn one_at_which_a_scan_is_active_is_passed_over() {
    let logs = Logs::collect();
    let (meta, clock) = idle_at("2026-01-05T12:00:00Z", &[AUTOMATIC]).await;
    let source = register(&meta.admin(), "shop").await;
    let schedule = add(&meta.admin(), source, &json!({})).await;
    clock.set("2026-01-06T03:00:00Z");
    let run = planned_for(&meta.admin(), &schedule, "2026-01-07T03:00:00Z").await;
    let job = run["last_job_id"].as_str().expect("a job").to_owned();
    clock.set("2026-01-07T03:00:00Z");
    let passed = planned_for(&meta.admin(), &schedule, "2026-01-08T03:00:00Z").await;
    let expected = json!({ "last_run_at": "2026-01-06T03:00:00Z", "last_job_id": job });
    assert_has(&passed, &expected);
    let text = logs.text();
    let is_told = |line: &str| line.contains("tick passed over") && line.contains(&job);
    assert!(text.lines().any(is_told), "{text}");
    assert_eq!(deep_scans(&meta.admin()).await.len(), 1);

    end_jobs(&meta).await;
    clock.set("2026-01-08T03:00:00Z");
    let run = planned_for(&meta.admin(), &schedule, "2026-01-09T03:00:00Z").await;
    assert_eq!(run["last_run_at"], "2026-01-08T03:00:00Z");
}

/// The databases that the last deep scan was asked to read.
async fn targets(meta: &Meta) -> Vec<Value> {
    let job = deep_scans(&meta.admin()).await.remove(0);
    let targets = job["parameters"]["targets"]
        .as_array()
        .expect("targets")
        .iter();
    targets.map(|target| target["database"].clone()).collect()
}

#[tokio::test]
async fn level_two_reads_what_the_patterns_let_in() {
    let (meta, clock) = idle_at("2026-01-05T12:00:00Z", &[AUTOMATIC]).await;
    let api = meta.admin();
    let source = register(&api, "shop").await;
    let more = json!({ "databases": ["shop", "tmp", "hr"] });
    let schedule = add(&api, source, &more).await;
    let source = format!("{SOURCES}/{source}");
    let patterns = |list: Value| json!({ "options": { "exclude_databases": list } });
    let _ = api
        .patch(&source, &patterns(json!(["tmp"])))
        .await
        .expect(200);
    clock.set("2026-01-06T03:00:00Z");
    planned_for(&meta.admin(), &schedule, "2026-01-07T03:00:00Z").await;
    assert_eq!(targets(&meta).await, ["shop", "hr"]);

    end_jobs(&meta).await;
    let _ = meta
        .admin()
        .patch(&source, &patterns(json!(["*"])))
        .await
        .expect(200);
    clock.set("2026-01-07T03:00:00Z");
    let passed = planned_for(&meta.admin(), &schedule, "2026-01-08T03:00:00Z").await;
    assert_eq!(
        passed["last_run_at"], "2026-01-06T03:00:00Z",
        "there is nothing to read"
    );
    assert_eq!(deep_scans(&meta.admin()).await.len(), 1);
}

/// Two schedules of one data source, of other databases: none starves the other.
#[tokio::test]
async fn one_whose_source_is_busy_with_others_runs_after_them() {
    let (meta, clock) = idle_at("2026-01-05T12:00:00Z", &[AUTOMATIC]).await;
    let api = meta.admin();
    let source = register(&api, "shop").await;
    let first = add(&api, source, &json!({})).await;
    clock.set("2026-01-06T03:00:00Z");
    planned_for(&meta.admin(), &first, "2026-01-07T03:00:00Z").await;
    let api = meta.admin();
    let same = add(&api, source, &json!({ "cron": "1 3 * * *" })).await;
    let other = json!({ "cron": "1 3 * * *", "databases": ["shop", "hr"] });
    let other = add(&api, source, &other).await;
    clock.set("2026-01-06T03:01:00Z");
    let same = planned_for(&meta.admin(), &same, "2026-01-07T03:01:00Z").await;
    assert_eq!(same["last_run_at"], Value::Null, "passed over");
    planned_for(&meta.admin(), &other, "2026-01-06T03:02:00Z").await;
    assert_eq!(targets(&meta).await, ["shop"]);
    end_jobs(&meta).await;
    clock.set("2026-01-06T03:02:00Z");
    planned_for(&meta.admin(), &other, "2026-01-07T03:01:00Z").await;
    assert_eq!(targets(&meta).await, ["shop", "hr"]);
}

#[tokio::test]
async fn one_whose_zone_has_lost_its_name_is_paused_and_holds_up_nobody() {
    let logs = Logs::collect();
    let (meta, clock) = idle_at("2026-01-05T12:00:00Z", &[AUTOMATIC]).await;
    let api = meta.admin();
    let (shop, hr) = (register(&api, "shop").await, register(&api, "hr").await);
    let lost = add(&api, shop, &json!({})).await;
    let sound = add(&api, hr, &json!({})).await;
    let mut admin = meta.installation.store().admin().await;
    let sql = format!(
        "update metadata.schedules set time_zone = 'Nowhere/Else' where id = {}",
        lost["id"]
    );
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut admin)
        .await
        .expect("a zone is forgotten");
    clock.set("2026-01-06T03:00:00Z");
    let api = meta.admin();
    planned_for(&api, &sound, "2026-01-07T03:00:00Z").await;
    let lost = read(&api, &lost).await;
    let expected = json!({ "paused": true, "next_run_at": null, "last_run_at": null });
    assert_has(&lost, &expected);
    assert!(logs.text().contains("schedule paused"), "{}", logs.text());
}

#[tokio::test]
async fn a_replica_without_schedules_leaves_them_to_others() {
    let logs = Logs::collect();
    let (meta, clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let source = register(&meta.admin(), "shop").await;
    let schedule = add(&meta.admin(), source, &json!({})).await;
    let said = "scheduled scans are left to other processes";
    assert!(logs.text().contains(said), "{}", logs.text());
    clock.set("2026-01-06T03:00:00Z");
    let other = meta.installation.meta_with(&[IDLE, EXACT, AUTOMATIC]).await;
    planned_for(&other.admin(), &schedule, "2026-01-07T03:00:00Z").await;
}
