//! What a listing of level 1 writes, below the scanner.

use catalog::changes::{self, Subject};
use catalog::databases::{self, Filter, Merged};
use catalog::datasources;
use catalog::removals::{Doubts, Testimony};
use models::change::{Change, ChangeType};
use models::database::Database;
use models::scan::ChangeCounts;
use scan::{DatabaseRecord, NameFilter, Witness};
use serde_json::json;
use test_support::TENANT;

use crate::jobs::Log;

pub(super) fn database(name: &str) -> DatabaseRecord {
    DatabaseRecord {
        name: name.to_owned(),
        charset: Some("UTF8".to_owned()),
        collation: None,
        owner: None,
        table_count: Some(1),
        total_size_bytes: Some(1000),
        inaccessible_reason: None,
        source_identity: None,
    }
}

fn numbered(count: usize) -> Vec<DatabaseRecord> {
    (0..count).map(|n| database(&format!("d{n:02}"))).collect()
}

async fn merge(log: &Log, listed: &[DatabaseRecord]) -> Merged {
    merge_of(log, listed, &NameFilter::default()).await
}

async fn merge_of(log: &Log, listed: &[DatabaseRecord], filter: &NameFilter) -> Merged {
    merge_told(log, listed, filter, &Testimony::default()).await
}

pub(super) async fn merge_told(
    log: &Log,
    listed: &[DatabaseRecord],
    filter: &NameFilter,
    testimony: &Testimony,
) -> Merged {
    let sync = log.sync_log().await;
    let mut tx = log.store.begin(TENANT).await.expect("a transaction");
    let merged = databases::merge(&mut tx, log.datasource, sync, listed, filter, testimony)
        .await
        .expect("a merge");
    tx.commit().await.expect("a commit");
    merged
}

pub(super) async fn list(log: &Log, include_removed: bool) -> Vec<Database> {
    let filter = Filter {
        datasource_id: log.datasource,
        include_removed,
        ..Filter::default()
    };
    let mut tx = log.store.begin(TENANT).await.expect("a transaction");
    databases::list(&mut tx, &filter, None, 100)
        .await
        .expect("the list")
}

pub(super) async fn changes_of(log: &Log) -> Vec<Change> {
    let mut tx = log.store.begin(TENANT).await.expect("a transaction");
    changes::list(
        &mut tx,
        Subject::Datasource(log.datasource),
        None,
        None,
        100,
    )
    .await
    .expect("the changes")
}

fn changes(added: i64, changed: i64, removed: i64) -> Merged {
    Merged {
        changes: ChangeCounts {
            added,
            changed,
            removed,
            renamed: 0,
        },
        doubts: Doubts::default(),
    }
}

#[tokio::test]
async fn what_is_new_different_or_gone_is_written() {
    let log = Log::new().await;
    assert_eq!(merge(&log, &numbered(3)).await, changes(3, 0, 0));
    assert_eq!(merge(&log, &numbered(3)).await, changes(0, 0, 0));
    let before = list(&log, false).await;
    let mut listed = numbered(2);
    listed[1].charset = Some("LATIN1".to_owned());
    assert_eq!(merge(&log, &listed).await, changes(0, 1, 1));
    assert_eq!(
        changes_of(&log).await,
        Vec::<Change>::new(),
        "the first sync has not ended yet"
    );
    let living = list(&log, false).await;
    assert_eq!(living.len(), 2);
    assert_eq!(living[1].charset.as_deref(), Some("LATIN1"));
    let all = list(&log, true).await;
    assert!(
        all.len() == 3 && all[2].removed_at.is_some(),
        "marked, not deleted: {all:?}"
    );
    merge(&log, &numbered(3)).await;
    let ids = |databases: &[Database]| {
        databases
            .iter()
            .map(|database| database.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ids(&list(&log, false).await),
        ids(&before),
        "what returns is revived with its id"
    );
}

#[tokio::test]
async fn unknown_is_not_zero() {
    let log = Log::new().await;
    let mut closed = database("closed");
    (closed.table_count, closed.total_size_bytes) = (None, None);
    closed.inaccessible_reason = Some("no CONNECT".to_owned());
    merge(&log, &[closed]).await;
    let found = &list(&log, false).await[0];
    assert_eq!(
        (
            found.table_count,
            found.total_size_bytes,
            found.is_accessible
        ),
        (None, None, false)
    );
    merge(&log, &[database("closed")]).await;
    let found = &list(&log, false).await[0];
    assert_eq!((found.table_count, found.is_accessible), (Some(1), true));
}

#[tokio::test]
async fn changes_are_told_from_the_second_sync_on() {
    let log = Log::new().await;
    merge(&log, &numbered(3)).await;
    let mut tx = log.store.begin(TENANT).await.expect("a transaction");
    datasources::set_synced(&mut tx, log.datasource, "database", None)
        .await
        .expect("the end of a sync");
    tx.commit().await.expect("a commit");
    let mut listed = vec![database("d00"), database("d01"), database("d03")];
    listed[0].charset = Some("LATIN1".to_owned());
    listed[1].total_size_bytes = Some(2000);
    merge(&log, &listed).await;
    let mut found = changes_of(&log).await;
    found.sort_by(|a, b| a.database_name.cmp(&b.database_name));
    let told: Vec<_> = found
        .iter()
        .map(|change| (change.change_type, change.database_name.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (ChangeType::Changed, "d00"),
            (ChangeType::Removed, "d02"),
            (ChangeType::Added, "d03"),
        ],
        "a size is no structure"
    );
    assert_eq!(found[0].before, Some(json!({ "charset": "UTF8" })));
    assert_eq!(found[0].after, Some(json!({ "charset": "LATIN1" })));
    assert_eq!(found[2].after, Some(json!({ "charset": "UTF8" })));
    merge(&log, &listed).await;
    assert_eq!(changes_of(&log).await.len(), 3);
}

#[tokio::test]
async fn a_server_may_have_ten_thousand_of_them() {
    let log = Log::new().await;
    let listed: Vec<DatabaseRecord> = (0..10_000).map(|n| database(&format!("d{n:05}"))).collect();
    assert_eq!(merge(&log, &listed).await, changes(10_000, 0, 0));
    assert_eq!(merge(&log, &listed).await, changes(0, 0, 0));
    assert_eq!(merge(&log, &listed[100..]).await, changes(0, 0, 100));
}

#[tokio::test]
async fn what_the_patterns_leave_out_goes_without_doubt() {
    let log = Log::new().await;
    merge(&log, &numbered(20)).await;
    let owned = |patterns: &[&str]| patterns.iter().map(|&text| text.to_owned()).collect();
    // d10 to d19 are unwanted, and of the rest one is gone.
    let filter = NameFilter::new(owned(&["d*"]), owned(&["d1?"]));
    let merged = merge_of(&log, &numbered(9), &filter).await;
    assert_eq!((merged.changes.removed, merged.doubts.count), (11, 0));
    assert_eq!(list(&log, false).await.len(), 9);
    // What is unwanted lends no weight to a doubt, nor takes any from it.
    merge(&log, &numbered(20)).await;
    let merged = merge_of(&log, &numbered(5), &filter).await;
    assert_eq!((merged.changes.removed, merged.doubts.count), (10, 5));
    assert_eq!(
        merge(&log, &numbered(20)).await.changes.added,
        10,
        "they come back"
    );
}

#[tokio::test]
async fn from_ten_on_half_of_them_vanishing_is_not_believed() {
    for (had, left, removed, doubted) in [
        (10, 5, 0, 5),
        (10, 6, 4, 0),
        (11, 6, 5, 0),
        (20, 0, 0, 20),
        (9, 0, 9, 0),
    ] {
        let log = Log::new().await;
        merge(&log, &numbered(had)).await;
        let merged = merge(&log, &numbered(left)).await;
        assert_eq!(
            (merged.changes.removed, merged.doubts.count),
            (removed, doubted),
            "{had} to {left}"
        );
        let living = i64::try_from(list(&log, false).await.len()).expect("a small number");
        assert_eq!(
            living,
            i64::try_from(had).expect("a small number") - removed,
            "{had} to {left}"
        );
    }
}

/// From whom the list comes is not who listed them before: one that is missing is enough for a doubt.
#[tokio::test]
async fn what_another_server_does_not_list_is_not_believed_to_be_gone() {
    let log = Log::new().await;
    let all = NameFilter::default();
    let witness = |server: &str| Witness {
        server: Some(server.to_owned()),
        ..Witness::default()
    };
    let known = Testimony::new(witness("a"), None);
    merge_told(&log, &numbered(5), &all, &known).await;
    let other = Testimony::new(witness("b"), Some(&known.witness));
    let merged = merge_told(&log, &numbered(4), &all, &other).await;
    assert_eq!(
        (
            merged.changes.removed,
            merged.doubts.count,
            merged.doubts.reason.as_str()
        ),
        (0, 1, "another server answers at the address")
    );
    // The patterns leave it out: a person wanted that.
    let filter = NameFilter::new(vec![], vec!["d04".to_owned()]);
    let merged = merge_told(&log, &numbered(4), &filter, &other).await;
    assert_eq!((merged.changes.removed, merged.doubts.count), (1, 0));
}
