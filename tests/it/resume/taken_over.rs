//! Workers that are taken for dead and are not.

use std::time::{Duration, Instant};

use rustix::process::Signal;
use test_support::{Program, Server, eventually};

use super::fleet::{Fleet, Shelf};
use super::killed::compare;
use super::stages::Stage;

/// Waits until a worker says that the job is no longer its own.
async fn notices(worker: &Program) {
    eventually("the worker to notice", async || {
        let log = worker.log();
        let said = ["goes back to the queue", "job has ended already"];
        said.iter().any(|it| log.contains(it)).then_some(())
    })
    .await;
}

/// It stands still in the middle of a part, with half of its rows in the store.
pub(super) async fn a_worker_that_comes_back_leaves_no_trace(server: Server) {
    let shelf = Shelf::create(server).await;
    let (undisturbed, fleet) = (Fleet::of(&shelf).await, Fleet::of(&shelf).await);
    shelf.change().await;
    let slow = fleet.worker().await;
    shelf.proxy.hold_after(10_000);
    let scan_id = fleet.start().await;
    // Of both databases, so that neither is in the middle of a transaction that others wait for.
    eventually("all sessions to be held", async || {
        let held = shelf.proxy.held();
        (held > 0 && held == shelf.proxy.connections()).then_some(())
    })
    .await;
    slow.signal(Signal::STOP);
    shelf.proxy.release();
    let next = fleet.worker().await;
    fleet.ended_well(scan_id).await;
    assert_eq!(fleet.job(scan_id).await.1, 2);
    fleet.nothing_is_left().await;
    let (totals, content) = (fleet.totals(scan_id).await, fleet.content().await);
    drop(next);

    slow.signal(Signal::CONT);
    notices(&slow).await;
    fleet.nothing_is_left().await;
    assert_eq!(fleet.totals(scan_id).await, totals);
    content.must_be(&fleet.content().await);
    compare(&fleet, scan_id, &undisturbed).await;
}

/// It stands still between two statements of a transaction that holds the job and rows of the catalog.
pub(super) async fn a_worker_that_stands_still_in_a_transaction_is_not_waited_for(server: Server) {
    let shelf = Shelf::create(server).await;
    let undisturbed = Fleet::of(&shelf).await;
    let mut fleet = Fleet::of(&shelf).await.one_by_one();
    shelf.change().await;
    let stage = Stage::Batch(2);
    fleet.stages.stop_at(&shelf.databases[0], stage).await;
    let slow = fleet.worker().await;
    let scan_id = fleet.start().await;
    fleet.stages.stopped(stage).await;
    slow.signal(Signal::STOP);
    let stopped = Instant::now();
    fleet.stages.release(stage).await;
    let next = fleet.worker().await;
    fleet.ended_well(scan_id).await;
    assert!(stopped.elapsed() < Duration::from_secs(45));
    slow.signal(Signal::CONT);
    notices(&slow).await;
    drop(next);
    assert_eq!(fleet.job(scan_id).await.1, 2);
    fleet.nothing_is_left().await;
    compare(&fleet, scan_id, &undisturbed).await;
}
