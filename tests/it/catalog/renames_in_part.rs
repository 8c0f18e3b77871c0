//! Renames among many tables of which an incremental scan reads a few.

use serde_json::{Value, json};
use test_support::Server;

use super::Scans;
use super::renames::{execute, identified, renamed, scanned, told};

/// Scans what changed alone after some statements; answers with what was recorded.
async fn after(scans: &Scans, statements: &[&str]) -> Vec<String> {
    execute(scans, statements).await;
    let status: Value = scans.scan_well().await;
    assert_eq!(status["mode"], json!("incremental"), "{status}");
    told(scans, &status).await
}

/// More than ten move, and more than half of those that are read; but they are few among all that are there.
/// Tables that are made alike are told apart by their identity alone.
pub(super) async fn some_of_many_swap(server: Server) {
    let tables: Vec<String> = (10..50)
        .map(|n| format!("create table t{n} (id int not null)"))
        .collect();
    let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
    let scans = identified(server, &tables).await;
    let before = scans.tables().await;
    let swaps: Vec<String> = (10..22)
        .step_by(2)
        .flat_map(|n| {
            let (one, other) = (format!("t{n}"), format!("t{}", n + 1));
            [
                format!("alter table {one} rename to x"),
                format!("alter table {other} rename to {one}"),
                format!("alter table x rename to {other}"),
            ]
        })
        .collect();
    let swaps: Vec<&str> = swaps.iter().map(String::as_str).collect();
    let changes = after(&scans, &swaps).await;
    let mut expected: Vec<String> = (10..22)
        .map(|n| renamed(&format!("t{n}"), &format!("t{}", n ^ 1)))
        .collect();
    expected.sort_by_key(|line| line.split(' ').nth(2).map(str::to_owned));
    assert_eq!(changes, expected);
    let mut swapped = before;
    for pair in swapped[..12].chunks_mut(2) {
        let id = pair[0].1;
        pair[0].1 = pair[1].1;
        pair[1].1 = id;
    }
    assert_eq!(scans.tables().await, swapped);
}

/// What is there and was not read counts among what is made alike.
pub(super) async fn a_double_that_is_not_read_is_in_doubt(server: Server) {
    let scans = scanned(
        server,
        &[
            "create table a (id int not null, word varchar(9))",
            "create table b (id int not null, number int)",
            "create table b2 (id int not null, number int)",
            "create table c (id int not null, day date)",
            "create table d (id int not null, hour time)",
        ],
    )
    .await;
    let changes = after(&scans, &["alter table a rename to z"]).await;
    assert_eq!(changes, [renamed("a", "z")]);
    let changes = after(&scans, &["alter table b rename to y"]).await;
    assert_eq!(changes, ["added table y", "removed table b"]);
}
