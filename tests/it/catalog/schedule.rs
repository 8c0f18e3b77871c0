//! Automatic syncs.

use serde_json::Value;
use test_support::{Installation, Server, Source, eventually};

/// Once a year: whether a source is due does not depend on the minute in which the test runs.
const DUE: [(&str, &str); 2] = [
    ("META__SYNC__AUTOMATIC", "true"),
    ("META__SYNC__SCHEDULE", "0 0 1 1 *"),
];

/// A source that was last read two years ago.
async fn aged() -> (Installation, Source, i64) {
    let source = Source::create(Server::MariaDb).await;
    source.create_tables(2).await;
    let installation = Installation::new().await;
    let meta = installation.meta().await;
    let id = meta.register(&source).await;
    meta.stop().await;
    let mut admin = installation.store().admin().await;
    sqlx::raw_sql(
        "alter table metadata.datasources disable trigger user;
         update metadata.datasources set created_at = now() - interval '2 years';
         update metadata.sync_logs set created_at = now() - interval '2 years'",
    )
    .execute(&mut admin)
    .await
    .expect("time passes");
    (installation, source, id)
}

/// Waits until there are so many runs and none is active.
async fn runs(meta: &test_support::Meta, count: usize) -> Vec<Value> {
    eventually("scheduled runs", async || {
        let logs = meta
            .admin()
            .get("/api/metadata/sync-logs")
            .await
            .expect(200);
        let logs = logs["items"].as_array().expect("items").clone();
        let ended = logs
            .iter()
            .all(|log| !matches!(log["status"].as_str(), Some("QUEUED" | "RUNNING")));
        (logs.len() >= count && ended).then_some(logs)
    })
    .await
}

#[tokio::test]
async fn what_is_due_is_read_again() {
    let (installation, _source, _) = aged().await;
    let meta = installation.meta_with(&DUE).await;
    let logs = runs(&meta, 2).await;
    assert_eq!(
        (
            &logs[0]["sync_type"],
            &logs[0]["sync_level"],
            &logs[0]["status"]
        ),
        (&"auto".into(), &"database".into(), &"SUCCESS".into())
    );
    let jobs = meta.admin().get("/api/metadata/jobs").await.expect(200);
    assert_eq!(
        (
            &jobs["items"][0]["trigger"],
            &jobs["items"][0]["requested_by"]
        ),
        (&"schedule".into(), &Value::Null)
    );
}

#[tokio::test]
async fn level_two_follows_where_it_is_asked_for() {
    let (installation, source, _) = aged().await;
    let meta = installation
        .meta_with(&[DUE[0], DUE[1], ("META__SYNC__LEVEL", "2")])
        .await;
    let logs = runs(&meta, 3).await;
    assert_eq!(logs[0]["sync_level"], "field");
    let read = logs[0]["target_database"].as_str().expect("databases");
    assert!(read.contains(&source.database), "{read}");
}

#[tokio::test]
async fn what_is_paused_is_left_alone() {
    let (installation, _source, id) = aged().await;
    let mut admin = installation.store().admin().await;
    sqlx::raw_sql("update metadata.datasources set paused = true")
        .execute(&mut admin)
        .await
        .expect("it is paused");
    let since = "select count(*) from metadata.datasources_due_for_sync(now(), 10)";
    let due = |sql| sqlx::query_scalar::<_, i64>(sql);
    assert_eq!(due(since).fetch_one(&mut admin).await.expect("a number"), 0);
    let meta = installation.meta_with(&DUE).await;
    let path = format!("/api/metadata/datasources/{id}");
    let resume = serde_json::json!({ "paused": false });
    let _ = meta.admin().patch(&path, &resume).await.expect(200);
    let logs = runs(&meta, 2).await;
    assert_eq!(
        logs.len(),
        2,
        "only the one that follows the resumption: {logs:?}"
    );
}

#[tokio::test]
async fn two_replicas_read_it_once() {
    let (installation, _source, _) = aged().await;
    let (one, two) = tokio::join!(installation.meta_with(&DUE), installation.meta_with(&DUE));
    let logs = runs(&one, 2).await;
    drop(two);
    assert_eq!(logs.len(), 2, "{logs:?}");
}
