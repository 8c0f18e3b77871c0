//! What a listing of level 1 writes, below the scanner.

use catalog::databases::{self, Filter, Merged};
use models::database::Database;
use models::scan::ChangeCounts;
use scan::DatabaseRecord;
use test_support::TENANT;

use crate::jobs::Log;

fn database(name: &str) -> DatabaseRecord {
    DatabaseRecord {
        name: name.to_owned(),
        charset: Some("UTF8".to_owned()),
        collation: None,
        owner: None,
        table_count: Some(1),
        total_size_bytes: Some(1000),
        inaccessible_reason: None,
    }
}

fn numbered(count: usize) -> Vec<DatabaseRecord> {
    (0..count).map(|n| database(&format!("d{n:02}"))).collect()
}

async fn merge(log: &Log, listed: &[DatabaseRecord]) -> Merged {
    let mut tx = log.store.begin(TENANT).await.expect("a transaction");
    let merged = databases::merge(&mut tx, log.datasource, listed)
        .await
        .expect("a merge");
    tx.commit().await.expect("a commit");
    merged
}

async fn list(log: &Log, include_removed: bool) -> Vec<Database> {
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

fn changes(added: i64, changed: i64, removed: i64) -> Merged {
    Merged {
        changes: ChangeCounts {
            added,
            changed,
            removed,
        },
        doubted: 0,
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
            (merged.changes.removed, merged.doubted),
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
