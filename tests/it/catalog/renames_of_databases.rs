//! Databases that are given another name stay what they are.

use catalog::databases::Merged;
use catalog::datasources;
use catalog::removals::Testimony;
use models::change::ChangeType;
use scan::{DatabaseRecord, NameFilter, Witness};
use serde_json::json;
use test_support::{Server, TENANT};

use super::databases::{changes_of, database, list, merge_told};
use super::{Scans, source};
use crate::jobs::Log;

/// Databases with their identities.
fn identified(databases: &[(&str, i64)]) -> Vec<DatabaseRecord> {
    let databases = databases.iter().map(|(name, identity)| DatabaseRecord {
        source_identity: Some(*identity),
        ..database(name)
    });
    databases.collect()
}

fn from(server: Option<&str>) -> Testimony {
    let witness = Witness {
        server: server.map(str::to_owned),
        ..Witness::default()
    };
    Testimony::new(witness, None)
}

async fn merge(log: &Log, databases: &[(&str, i64)], server: Option<&str>) -> Merged {
    let all = NameFilter::default();
    merge_told(log, &identified(databases), &all, &from(server)).await
}

/// All databases by name, each with its id; a removed one in brackets.
async fn ids(log: &Log) -> Vec<(String, i64)> {
    let databases = list(log, true).await.into_iter();
    let named = databases.map(|database| match database.removed_at {
        None => (database.database_name, database.id),
        Some(_) => (format!("[{}]", database.database_name), database.id),
    });
    named.collect()
}

/// A data source with some databases, which was synchronised before.
async fn synced(databases: &[(&str, i64)]) -> (Log, Vec<i64>) {
    let log = Log::new().await;
    merge(&log, databases, Some("one")).await;
    let mut tx = log.store.begin(TENANT).await.expect("a transaction");
    datasources::set_synced(&mut tx, log.datasource, "database", None)
        .await
        .expect("the end of a sync");
    tx.commit().await.expect("a commit");
    let found = ids(&log).await.into_iter().map(|(_, id)| id).collect();
    (log, found)
}

fn named(names: &[&str], ids: &[i64]) -> Vec<(String, i64)> {
    let names = names.iter().map(|&name| name.to_owned());
    names.zip(ids.iter().copied()).collect()
}

#[tokio::test]
async fn a_renamed_database_keeps_its_id() {
    let (log, before) = synced(&[("a", 1), ("b", 2)]).await;
    let merged = merge(&log, &[("b", 2), ("z", 1)], Some("one")).await;
    let counts = merged.changes;
    assert_eq!(
        (counts.added, counts.changed, counts.removed, counts.renamed),
        (0, 0, 0, 1)
    );
    assert_eq!(ids(&log).await, named(&["b", "z"], &[before[1], before[0]]));
    let told = &changes_of(&log).await[0];
    assert_eq!(
        (told.change_type, told.database_name.as_str()),
        (ChangeType::Renamed, "z")
    );
    assert_eq!(told.before, Some(json!({ "database_name": "a" })));
    assert_eq!(told.after, Some(json!({ "database_name": "z" })));
}

#[tokio::test]
async fn databases_swap_names() {
    let (log, before) = synced(&[("a", 1), ("b", 2), ("c", 3)]).await;
    merge(&log, &[("a", 2), ("b", 1), ("c", 3)], Some("one")).await;
    let swapped = [before[1], before[0], before[2]];
    assert_eq!(ids(&log).await, named(&["a", "b", "c"], &swapped));
    let merged = merge(&log, &[("a", 1), ("b", 3), ("c", 2)], Some("one")).await;
    assert_eq!(merged.changes.renamed, 3);
    let turned = [before[0], before[2], before[1]];
    assert_eq!(ids(&log).await, named(&["a", "b", "c"], &turned));
}

/// A name stays with the database that had it: what was known of it is kept under it.
#[tokio::test]
async fn a_name_that_another_had_goes_by_its_name() {
    let (log, before) = synced(&[("a", 1), ("b", 2)]).await;
    let merged = merge(&log, &[("a", 2)], Some("one")).await;
    assert_eq!((merged.changes.renamed, merged.changes.removed), (0, 1));
    assert_eq!(ids(&log).await, named(&["a", "[b]"], &before));
    // Nor does one that follows such a one move.
    let (log, before) = synced(&[("a", 1), ("b", 2), ("c", 3)]).await;
    merge(&log, &[("a", 2), ("b", 3)], Some("one")).await;
    assert_eq!(ids(&log).await, named(&["a", "b", "[c]"], &before));
}

#[tokio::test]
async fn one_that_was_gone_comes_back_renamed() {
    let (log, before) = synced(&[("a", 1), ("b", 2)]).await;
    merge(&log, &[("b", 2)], Some("one")).await;
    assert_eq!(ids(&log).await, named(&["[a]", "b"], &before));
    merge(&log, &[("b", 2), ("z", 1)], Some("one")).await;
    assert_eq!(ids(&log).await, named(&["b", "z"], &[before[1], before[0]]));
}

/// What another server, or one that nobody knows, calls its databases says nothing.
#[tokio::test]
async fn identities_of_another_server_say_nothing() {
    for server in [Some("two"), None] {
        let (log, before) = synced(&[("a", 1), ("b", 2)]).await;
        let merged = merge(&log, &[("b", 2), ("z", 1)], server).await;
        assert_eq!((merged.changes.renamed, merged.changes.added), (0, 1));
        let found = ids(&log).await;
        assert_eq!(found[..2], named(&["[a]", "b"], &before), "{server:?}");
        // The one that was known before has not given these.
        let merged = merge(&log, &[("b", 2), ("y", 1)], Some("one")).await;
        assert_eq!(merged.changes.renamed, 0, "{server:?}");
    }
}

/// On a server: two databases swap their names, and are scanned under those.
pub(super) async fn swapped_databases_keep_their_ids(server: Server) {
    let mut source = source(server).await;
    let (one, two) = (source.add_database().await, source.add_database().await);
    let scans = Scans::of(source).await;
    let id = async |name: &str| {
        let sql = format!("select id from metadata.databases where database_name = '{name}'");
        scans.rows(&sql).await
    };
    let before = (id(&one).await, id(&two).await);
    let mut admin = scans.source.admin().await;
    let away = format!("{one}_away");
    for (from, to) in [(&one, &away), (&two, &one), (&away, &two)] {
        admin
            .execute(&format!("alter database {from} rename to {to}"))
            .await;
    }
    let sync = json!({ "resource_id": scans.id, "force": true });
    let api = scans.meta.admin();
    let started = api.post("/api/metadata/sync/auto", &sync).await.expect(202);
    let sync = started["sync_id"].as_i64().expect("a number");
    let status = scans.meta.ended(sync).await;
    assert_eq!(
        (&status["status"], &status["changes"]["renamed"]),
        (&json!("SUCCESS"), &json!(2)),
        "{status}"
    );
    assert_eq!((id(&two).await, id(&one).await), before);
    let request = json!({ "resource_id": scans.id, "database": one });
    let status = scans.meta.scan(&request).await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
}
