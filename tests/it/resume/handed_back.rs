//! Services that stop: their scans go on elsewhere.

use std::time::{Duration, Instant};

use rustix::process::Signal;
use test_support::{Server, eventually};

use super::fleet::{Fleet, Shelf};
use super::killed::compare;
use super::stages::Stage;

/// Staged tables of the larger database, and finished parts of both.
async fn kept(fleet: &Fleet) -> (i64, i64) {
    let mut admin = fleet.meta.installation.store().admin().await;
    sqlx::query_as(
        "select (select count(*) from metadata.staging_tables where table_name like 't0%'),
            (select count(*) from metadata.scan_checkpoints c, jsonb_object_keys(c.state -> 'parts'))",
    )
    .fetch_one(&mut admin)
    .await
    .expect("what is kept")
}

pub(super) async fn at_sigterm_and_gone_on_with(server: Server) {
    let shelf = Shelf::create(server).await;
    let (undisturbed, mut fleet) = (
        Fleet::of(&shelf).await,
        Fleet::of(&shelf).await.one_by_one(),
    );
    shelf.change().await;
    let mut worker = fleet.worker().await;
    // The tables have arrived by then, and what belongs to them has not.
    let [main, beside] = &shelf.databases;
    fleet.stages.stop_at(main, Stage::TABLES).await;
    let scan_id = fleet.start().await;
    fleet.stages.stopped(Stage::TABLES).await;
    fleet.stages.finished(beside).await;
    shelf.proxy.hold();
    fleet.stages.release(Stage::TABLES).await;
    eventually("the session to be held", async || {
        let is_held = shelf.proxy.held() > 0;
        (is_held && kept(&fleet).await.0 == 29).then_some(())
    })
    .await;
    let before = kept(&fleet).await;
    let began = Instant::now();
    let status = worker.end(Signal::TERM).await;
    let took = began.elapsed();
    assert!(status.success(), "{status}: {}", worker.log());
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert_eq!(fleet.job(scan_id).await, ("QUEUED".to_owned(), 1));
    assert_eq!(kept(&fleet).await, before);

    // What another scan finds abandoned is not this.
    let mut admin = fleet.meta.installation.store().admin().await;
    sqlx::raw_sql("select metadata.clear_abandoned_staging()")
        .execute(&mut admin)
        .await
        .expect("a sweep");
    assert_eq!(kept(&fleet).await, before);

    shelf.proxy.release();
    let next = fleet.worker().await;
    fleet.ended_well(scan_id).await;
    assert_eq!(fleet.job(scan_id).await.1, 2);
    assert!(!next.log().contains("reading it again"), "{}", next.log());
    fleet.nothing_is_left().await;
    compare(&fleet, scan_id, &undisturbed).await;
}

/// As when a scan's data source is deleted, or its job is ended by somebody else, while its worker is dead.
pub(super) async fn what_an_ended_scan_left_is_swept(server: Server) {
    let shelf = Shelf::create(server).await;
    let fleet = Fleet::of(&shelf).await;
    let mut admin = fleet.meta.installation.store().admin().await;
    let left = sqlx::raw_sql(
        "insert into metadata.staging_identities (scan_id, database_id, table_schema, table_name)
             select id, 1, '', 'left' from metadata.sync_logs union all select 4711, 1, '', 'unknown';
         insert into metadata.scan_checkpoints (tenant_id, scan_id, database_name, state)
             select tenant_id, id, 'left', '{}' from metadata.sync_logs",
    )
    .execute(&mut admin)
    .await
    .expect("what a dead worker left");
    assert!(left.rows_affected() > 0);
    let _worker = fleet.worker().await;
    let scan_id = fleet.start().await;
    fleet.ended_well(scan_id).await;
    fleet.nothing_is_left().await;
}
