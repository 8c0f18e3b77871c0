//! The level-2 schedule of what is managed, which `manager` keeps in `meta`.

use serde_json::{Value, json};
use test_support::{Api, Door, Installation, Logs, StoreLogin, TestStore, assert_has, eventually};

use super::desk::{IdleDesk, OBJECTS, items};
use super::wire::Wire;

/// The schedule of a source that `manager` keeps, if there is one.
async fn kept(meta: &Api, source: i64) -> Option<Value> {
    let all = items(
        meta,
        &format!("/api/metadata/schedules?resource_id={source}"),
    )
    .await;
    all.into_iter().find(|one| one["origin"] == "manager")
}

/// Waits until a source's schedule reads these databases.
pub(super) async fn reads(meta: &Api, source: i64, databases: &[&str]) -> Value {
    eventually(&format!("a schedule of {databases:?}"), async || {
        let schedule = kept(meta, source).await?;
        (schedule["databases"] == json!(databases)).then_some(schedule)
    })
    .await
}

/// Waits until `meta` has been told of all that was managed and released.
async fn told(store: &TestStore) {
    let mut admin = store.admin().await;
    let sql = "select count(*) from manager.scan_schedules where told_version < wanted_version";
    eventually("meta to be told", async || {
        let left: i64 = sqlx::query_scalar(sql)
            .fetch_one(&mut admin)
            .await
            .expect("a number");
        (left == 0).then_some(())
    })
    .await;
}

/// Waits until `manager` keeps no schedule of a source.
pub(super) async fn gone(meta: &Api, source: i64) {
    eventually("no schedule", async || {
        kept(meta, source).await.is_none().then_some(())
    })
    .await;
}

async fn release(desk: &IdleDesk, id: &Value) {
    let answer = desk
        .manager
        .admin()
        .delete(&format!("{OBJECTS}/{id}"))
        .await;
    assert_eq!(answer.status, 204, "{}", answer.text);
}

#[tokio::test]
async fn its_databases_are_those_of_what_is_managed() {
    let desk = IdleDesk::new().await;
    let meta = desk.meta.admin();
    let source = desk.register("one").await;
    let other = desk.register("other").await;
    let orders = desk.manage(source, "shop", &["orders"]).await;
    let schedule = reads(&meta, source, &["shop"]).await;
    let expected = json!({ "level": 2, "cron": "30 1 * * *", "time_zone": "UTC", "paused": false });
    assert_has(&schedule, &expected);
    let people = desk.manage(source, "hr", &["people"]).await;
    let changed = reads(&meta, source, &["hr", "shop"]).await;
    assert_eq!(changed["id"], schedule["id"]);
    release(&desk, &orders[0]).await;
    reads(&meta, source, &["hr"]).await;
    release(&desk, &people[0]).await;
    gone(&meta, source).await;
    desk.manage(source, "shop", &["orders"]).await;
    reads(&meta, source, &["shop"]).await;
    assert_eq!(kept(&meta, other).await, None, "nothing of it is managed");
}

#[tokio::test]
async fn meta_is_not_asked_where_no_database_comes_or_goes() {
    let desk = IdleDesk::new().await;
    let source = desk.register("one").await;
    let orders = desk.manage(source, "shop", &["orders"]).await;
    let schedule = reads(&desk.meta.admin(), source, &["shop"]).await;
    let store = desk.meta.installation.store();
    told(store).await;
    let logs = Logs::collect();
    desk.manage(source, "shop", &["customers", "invoices"])
        .await;
    release(&desk, &orders[0]).await;
    told(store).await;
    let text = logs.text();
    assert!(text.contains("managed object released"), "{text}");
    assert!(!text.contains("/api/metadata/schedules"), "{text}");
    drop(logs);
    assert_eq!(kept(&desk.meta.admin(), source).await, Some(schedule));
}

#[tokio::test]
async fn people_may_pause_it_and_give_it_another_time() {
    let desk = IdleDesk::new().await;
    let meta = desk.meta.admin();
    let source = desk.register("one").await;
    desk.manage(source, "shop", &["orders"]).await;
    let schedule = reads(&meta, source, &["shop"]).await;
    let path = format!("/api/metadata/schedules/{}", schedule["id"]);
    let change = json!({ "cron": "0 4 * * *", "paused": true });
    let _ = meta.patch(&path, &change).await.expect(200);
    desk.manage(source, "hr", &["people"]).await;
    let changed = reads(&meta, source, &["hr", "shop"]).await;
    assert_has(&changed, &change);

    // What is deleted comes back when other databases are managed.
    assert_eq!(meta.delete(&path).await.status, 204);
    desk.manage(source, "billing", &["invoices"]).await;
    let again = reads(&meta, source, &["billing", "hr", "shop"]).await;
    assert_has(&again, &json!({ "cron": "30 1 * * *", "paused": false }));
}

#[tokio::test]
async fn what_is_managed_while_meta_is_away_is_told_when_it_is_back() {
    let workers = ("META__WORKERS__CONCURRENCY", "0");
    let meta = Installation::new().await.meta_with(&[workers]).await;
    let door = Door::shut().await;
    let cron = ("MANAGER__SCHEDULE__CRON", "15 5 * * SUN");
    let manager = meta.installation.manager_with(&door.url, &[cron]).await;
    let desk = IdleDesk { manager, meta };
    let source = desk.register("one").await;
    desk.manage(source, "shop", &["orders"]).await;
    desk.manage(source, "hr", &["people"]).await;
    assert_eq!(kept(&desk.meta.admin(), source).await, None);
    door.open_to(&desk.meta);
    let schedule = reads(&desk.meta.admin(), source, &["hr", "shop"]).await;
    assert_eq!(schedule["cron"], "15 5 * * SUN");
}

/// A `manager` that finds `meta` by a wire.
async fn wired() -> (IdleDesk, Wire) {
    let workers = ("META__WORKERS__CONCURRENCY", "0");
    let meta = Installation::new().await.meta_with(&[workers]).await;
    let wire = Wire::to(&meta).await;
    let manager = meta.installation.manager(&wire.url).await;
    (IdleDesk { manager, meta }, wire)
}

#[tokio::test]
async fn what_meta_did_without_an_answer_is_not_left_behind() {
    let (desk, wire) = wired().await;
    let meta = desk.meta.admin();
    let source = desk.register("one").await;
    wire.lose_answer_to("POST /api/metadata/schedules");
    let orders = desk.manage(source, "shop", &["orders"]).await;
    wire.lost().await;
    reads(&meta, source, &["shop"]).await;
    release(&desk, &orders[0]).await;
    wire.pass();
    gone(&meta, source).await;

    desk.manage(source, "shop", &["orders"]).await;
    reads(&meta, source, &["shop"]).await;
    told(desk.meta.installation.store()).await;
    wire.lose_answer_to("PATCH /api/metadata/schedules");
    let people = desk.manage(source, "hr", &["people"]).await;
    wire.lost().await;
    reads(&meta, source, &["hr", "shop"]).await;
    release(&desk, &people[0]).await;
    wire.pass();
    reads(&meta, source, &["shop"]).await;
}

#[tokio::test]
async fn two_replicas_keep_one_schedule_in_step() {
    let mut desk = IdleDesk::new().await;
    let mut other = desk.meta.installation.manager(&desk.meta.url).await;
    let meta = desk.meta.admin();
    let mut sources = Vec::new();
    for name in ["one", "two", "three", "four"] {
        sources.push(desk.register(name).await);
    }
    let logs = Logs::collect();
    let mut objects = Vec::new();
    for database in ["a", "b", "c", "d"] {
        for source in &sources {
            objects.extend(desk.manage(*source, database, &["t"]).await);
            std::mem::swap(&mut desk.manager, &mut other);
        }
    }
    told(desk.meta.installation.store()).await;
    for source in &sources {
        let schedule = kept(&meta, *source).await.expect("a schedule");
        assert_eq!(schedule["databases"], json!(["a", "b", "c", "d"]));
    }
    for id in &objects {
        release(&desk, id).await;
        std::mem::swap(&mut desk.manager, &mut other);
    }
    told(desk.meta.installation.store()).await;
    for source in &sources {
        assert_eq!(kept(&meta, *source).await, None, "nothing is managed");
    }
    let text = logs.text();
    let times = |what| text.matches(what).count();
    assert_eq!(times("schedule of managed databases made"), sources.len());
    assert_eq!(
        times("schedule of managed databases deleted"),
        sources.len()
    );
    for refusal in [
        "status=404",
        "status=409",
        "was refused",
        "reconciling failed",
    ] {
        assert_eq!(times(refusal), 0, "{refusal}: {text}");
    }
}

/// As though the time had passed for which nobody else takes what a replica is at.
async fn expire(store: &TestStore) {
    let sql = "update manager.scan_schedules set next_try_at = now()";
    let done = sqlx::query(sql).execute(&mut store.admin().await).await;
    assert_eq!(done.expect("its time has come").rows_affected(), 1);
}

/// Waits until there have been so many changes to tell of.
async fn wanted(store: &TestStore, changes: i64) {
    let mut admin = store.admin().await;
    let sql = "select wanted_version from manager.scan_schedules";
    eventually(&format!("change {changes}"), async || {
        let wanted: i64 = sqlx::query_scalar(sql)
            .fetch_one(&mut admin)
            .await
            .expect("a number");
        (wanted == changes).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_replica_that_is_too_late_holds_nobody_up() {
    for end in [Wire::pass, Wire::cut] {
        let (desk, wire) = wired().await;
        let meta = desk.meta.admin();
        let store = desk.meta.installation.store();
        let source = desk.register("one").await;
        wire.keep("POST /api/metadata/schedules");
        desk.manage(source, "shop", &["orders"]).await;
        wire.kept().await;
        expire(store).await;
        let logs = Logs::collect();
        let _other = desk.meta.installation.manager(&desk.meta.url).await;
        let schedule = reads(&meta, source, &["shop"]).await;
        told(store).await;
        end(&wire);
        // It learns that it was too late, and meta is told once more.
        wanted(store, 2).await;
        told(store).await;
        desk.manage(source, "hr", &["people"]).await;
        let changed = reads(&meta, source, &["hr", "shop"]).await;
        assert_eq!(changed["id"], schedule["id"]);
        let text = logs.text();
        assert!(!text.contains("was refused"), "{text}");
    }
}

#[tokio::test]
async fn of_two_replicas_that_tell_at_once_neither_has_the_last_word() {
    let (desk, late) = wired().await;
    let meta = desk.meta.admin();
    let store = desk.meta.installation.store();
    let source = desk.register("one").await;
    late.keep("POST /api/metadata/schedules");
    desk.manage(source, "shop", &["orders"]).await;
    late.kept().await;
    desk.manage(source, "hr", &["people"]).await;
    expire(store).await;
    let next = Wire::to(&desk.meta).await;
    next.keep_answer_to("POST /api/metadata/schedules");
    let _other = desk.meta.installation.manager(&next.url).await;
    next.kept().await;
    reads(&meta, source, &["hr", "shop"]).await;
    // What was managed when it began is what it tells, after what is managed now.
    late.pass();
    reads(&meta, source, &["shop"]).await;
    wanted(store, 3).await;
    next.pass();
    wanted(store, 4).await;
    expire(store).await;
    reads(&meta, source, &["hr", "shop"]).await;
}

/// As many databases as one schedule reads, as though they had been managed long ago.
const A_THOUSAND: &str = "
    insert into manager.managed_objects (tenant_id, resource_id, database, wants_scan, managed_by)
    select 1, $1, 'db' || number, false, 'ada' from generate_series(1, 1000) as number";

#[tokio::test]
async fn more_databases_than_one_schedule_reads_are_told_of() {
    let desk = IdleDesk::new().await;
    let source = desk.register("large").await;
    let mut admin = desk.meta.installation.store().admin().await;
    sqlx::query(A_THOUSAND)
        .bind(source)
        .execute(&mut admin)
        .await
        .expect("they fit");
    let logs = Logs::collect();
    desk.manage(source, "db0", &["t"]).await;
    desk.manage(source, "shop", &["t"]).await;
    told(desk.meta.installation.store()).await;
    let schedule = kept(&desk.meta.admin(), source).await.expect("a schedule");
    let databases = schedule["databases"].as_array().expect("databases");
    assert_eq!((databases.len(), &databases[0]), (1000, &json!("db0")));
    let text = logs.text();
    assert!(text.contains("most=1000 left_out=2"), "{text}");
}

#[tokio::test]
async fn what_is_managed_of_a_deleted_source_is_not_told_for_ever() {
    let desk = IdleDesk::new().await;
    let source = desk.register("gone").await;
    let orders = desk.manage(source, "shop", &["orders"]).await;
    reads(&desk.meta.admin(), source, &["shop"]).await;
    let path = format!("/api/metadata/datasources/{source}?confirm=gone");
    assert_eq!(desk.meta.admin().delete(&path).await.status, 204);
    release(&desk, &orders[0]).await;
    told(desk.meta.installation.store()).await;
}

#[tokio::test]
async fn where_it_is_switched_off_it_waits() {
    let workers = ("META__WORKERS__CONCURRENCY", "0");
    let meta = Installation::new().await.meta_with(&[workers]).await;
    let off = ("MANAGER__SCHEDULE__AUTOMATIC", "false");
    let manager = meta.installation.manager_with(&meta.url, &[off]).await;
    let desk = IdleDesk { manager, meta };
    let source = desk.register("one").await;
    desk.manage(source, "shop", &["orders"]).await;
    let IdleDesk { manager, meta } = desk;
    manager.stop().await;
    assert_eq!(kept(&meta.admin(), source).await, None);
    let _on = meta.installation.manager(&meta.url).await;
    reads(&meta.admin(), source, &["shop"]).await;
}

/// What a release had before it kept schedules.
const BEFORE: &str = "
    drop table manager.scan_schedules cascade; -- its function goes with it
    delete from manager._sqlx_migrations where version = 3";

#[tokio::test]
async fn what_an_older_release_managed_gets_its_schedule() {
    let desk = IdleDesk::new().await;
    let source = desk.register("one").await;
    desk.manage(source, "shop", &["orders"]).await;
    let schedule = reads(&desk.meta.admin(), source, &["shop"]).await;
    let IdleDesk { manager, meta } = desk;
    manager.stop().await;
    let path = format!("/api/metadata/schedules/{}", schedule["id"]);
    assert_eq!(meta.admin().delete(&path).await.status, 204);
    let store = meta.installation.store();
    let mut owner = store.connect(StoreLogin::ManagerOwner).await;
    sqlx::raw_sql(BEFORE)
        .execute(&mut owner)
        .await
        .expect("an older store");
    let _newer = meta.installation.manager(&meta.url).await;
    reads(&meta.admin(), source, &["shop"]).await;
}
