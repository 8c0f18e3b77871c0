//! Servers that crash and come back: the store, and the one that is scanned.

use serde_json::{Value, json};
use test_support::{Cluster, Installation, Program, Server, TestStore};

use super::fleet::{Fleet, Shelf};
use super::killed::compare;
use super::stages::Stage;

/// The store loses what is staged, and nothing else.
async fn store_crashes_at(server: Server, stage: Stage) -> (Program, Value) {
    let shelf = Shelf::create(server).await;
    let mut cluster = Cluster::start().await;
    let installation = Installation::on(TestStore::create_on(&cluster).await);
    let mut fleet = Fleet::on(installation, &shelf).await.one_by_one();
    let undisturbed = Fleet::of(&shelf).await;
    shelf.change().await;
    fleet.stages.stop_at(&shelf.databases[0], stage).await;
    let worker = fleet.worker().await;
    let scan_id = fleet.start().await;
    fleet.stages.stopped(stage).await;
    fleet.stages.finished(&shelf.databases[1]).await;
    fleet.stages.forget(stage).await;
    cluster.crash().await;
    cluster.start_again().await;
    let status = fleet.ended_well(scan_id).await;
    assert!(fleet.job(scan_id).await.1 > 1);
    fleet.nothing_is_left().await;
    compare(&fleet, scan_id, &undisturbed).await;
    (worker, status)
}

pub(super) async fn a_store_that_crashes_while_parts_are_read(server: Server) {
    let (worker, _) = store_crashes_at(server, Stage::Part(5)).await;
    assert!(worker.log().contains("what was staged is lost"));
}

/// What was merged before is found unchanged, and counted once.
pub(super) async fn a_store_that_crashes_while_batches_are_merged(server: Server) {
    let (worker, _) = store_crashes_at(server, Stage::Batch(4)).await;
    assert!(worker.log().contains("what was staged is lost"));
}

/// Nothing is staged any more by then.
pub(super) async fn a_store_that_crashes_while_the_job_ends(server: Server) {
    let (worker, _) = store_crashes_at(server, Stage::End).await;
    assert!(!worker.log().contains("what was staged is lost"));
}

pub(super) async fn a_source_that_crashes_is_waited_for(_: Server) {
    let mut cluster = Cluster::start().await;
    let mut source = cluster.connect("postgres").await;
    sqlx::raw_sql("create table one (id int primary key); create table two (id int primary key)")
        .execute(&mut source)
        .await
        .expect("tables");
    let url = cluster.url();
    let body = json!({
        "name": "crashing", "datasource_type": "postgresql", "host": "127.0.0.1", "port": url.port(),
        "username": url.username(), "password": url.password(), "database": "postgres",
    });
    let databases = vec!["postgres".to_owned()];
    let mut fleet = Fleet::scanned(Installation::new().await, &body, databases).await;
    let stage = Stage::Part(4);
    fleet.stages.stop_at("postgres", stage).await;
    let worker = fleet.worker().await;
    let scan_id = fleet.start().await;
    fleet.stages.stopped(stage).await;
    cluster.crash().await;
    fleet.stages.release(stage).await;
    cluster.start_again().await;
    let status = fleet.ended_well(scan_id).await;
    assert_eq!(status["tables_scanned"], 2, "{status}");
    assert!(fleet.job(scan_id).await.1 > 1);
    assert!(worker.log().contains("postgres: "), "{}", worker.log());
    fleet.nothing_is_left().await;
}
