//! What may pass is waited for, and what cannot is not.

use serde_json::{Value, json};
use test_support::{Server, eventually};

use super::fleet::{Fleet, Shelf};
use super::killed::compare;
use super::stages::Stage;

pub(super) async fn a_connection_that_is_cut_is_made_again(server: Server) {
    let shelf = Shelf::create(server).await;
    let (undisturbed, fleet) = (Fleet::of(&shelf).await, Fleet::of(&shelf).await);
    shelf.change().await;
    let worker = fleet.worker().await;
    shelf.proxy.cut_after(10_000);
    let scan_id = fleet.start().await;
    eventually("the job to wait", async || {
        (fleet.job(scan_id).await == ("QUEUED".to_owned(), 1)).then_some(())
    })
    .await;
    shelf.proxy.release();
    fleet.ended_well(scan_id).await;
    assert!(
        worker
            .log()
            .contains("the connection was cut while reading"),
        "{}",
        worker.log()
    );
    fleet.nothing_is_left().await;
    compare(&fleet, scan_id, &undisturbed).await;
}

pub(super) async fn a_database_that_is_unknown_fails_at_once(server: Server) {
    let shelf = Shelf::create(server).await;
    let mut fleet = Fleet::of(&shelf).await;
    fleet.databases.push("no_such_database".to_owned());
    let _worker = fleet.worker().await;
    let scan_id = fleet.start().await;
    let status = fleet.meta.ended(scan_id).await;
    assert_eq!(status["status"], "PARTIAL", "{status}");
    assert_eq!(fleet.job(scan_id).await.1, 1);
    assert_eq!(status["failures"][0]["database"], "no_such_database");
    fleet.nothing_is_left().await;
}

pub(super) async fn in_the_last_attempt_it_fails_with_its_cause(server: Server) {
    let shelf = Shelf::create(server).await;
    let fleet = Fleet::of(&shelf).await;
    fleet.meta.installation.only_one_attempt().await;
    let _worker = fleet.worker().await;
    shelf.proxy.cut_after(10_000);
    let scan_id = fleet.start().await;
    let status = fleet.meta.ended(scan_id).await;
    assert!(
        ["FAILED", "PARTIAL"].contains(&status["status"].as_str().expect("text")),
        "{status}"
    );
    let failures = status["failures"].as_array().expect("failures");
    let is_cut = |failure: &Value| {
        let error = failure["error"].as_str().expect("text");
        error.contains("the connection was cut while reading")
    };
    assert!(failures.iter().any(is_cut), "{status}");
    fleet.nothing_is_left().await;
}

/// Nobody is let into one of the databases for now.
pub(super) async fn in_the_last_attempt_the_others_count(server: Server) {
    let shelf = Shelf::create(server).await;
    let fleet = Fleet::of(&shelf).await;
    let beside = &shelf.databases[1];
    let mut admin = shelf.source.admin().await;
    let close = format!("alter database {beside} connection limit 0");
    admin.execute(&close).await;
    let _worker = fleet.worker().await;
    let scan_id = fleet.start().await;
    eventually("the job to wait", async || {
        (fleet.job(scan_id).await == ("QUEUED".to_owned(), 1)).then_some(())
    })
    .await;
    let waiting = fleet.meta.in_state(scan_id, "QUEUED").await;
    assert_eq!(waiting["tables_scanned"], 31, "{waiting}");
    admin
        .execute(&format!("alter database {beside} connection limit -1"))
        .await;
    fleet.ended_well(scan_id).await;

    fleet.meta.installation.only_one_attempt().await;
    admin.execute(&close).await;
    let status = fleet.meta.ended(fleet.start().await).await;
    assert_eq!(
        (&status["status"], &status["tables_scanned"]),
        (&json!("PARTIAL"), &json!(31)),
        "{status}"
    );
    assert_eq!(status["failures"][0]["database"], **beside, "{status}");
}

/// Somebody changes a table after it was listed: the expression of its generated field cannot be printed, and nothing
/// else is missing.
pub(super) async fn a_table_that_is_locked_in_the_middle_fails_alone(server: Server) {
    let shelf = Shelf::create(server).await;
    let sums =
        "create table sums (id int primary key, twice int generated always as (id * 2) stored)";
    shelf.source.execute(sums).await;
    let mut fleet = Fleet::of(&shelf).await.one_by_one();
    let listed = Stage::TABLES;
    fleet.stages.stop_at(&shelf.databases[0], listed).await;
    let _worker = fleet.worker().await;
    let scan_id = fleet.start().await;
    fleet.stages.stopped(listed).await;
    let mut holder = shelf.source.session().await;
    holder
        .execute("begin; lock table sums in access exclusive mode")
        .await;
    fleet.stages.release(listed).await;
    let status = fleet.meta.ended(scan_id).await;
    assert_eq!(status["status"], "PARTIAL", "{status}");
    let failures = status["failures"].as_array().expect("failures");
    let is_of_field = |failure: &&Value| failure["table"] == "field twice of sums in public";
    assert!(
        failures.iter().any(|failure| is_of_field(&failure)),
        "{status}"
    );
    assert_eq!(
        (&status["tables_scanned"], &status["tables_total"]),
        (&json!(34), &json!(34))
    );
}
