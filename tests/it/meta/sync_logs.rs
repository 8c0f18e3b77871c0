//! `GET /api/metadata/sync-logs`

use insta::assert_json_snapshot;
use serde_json::json;
use test_support::Server;

use super::shop::Shop;

#[tokio::test]
async fn newest_first_and_filtered() {
    let shop = Shop::scanned(Server::Postgres).await;
    let logs = shop.list("sync-logs").await;
    assert_eq!(logs.len(), 2);
    assert_eq!(
        (&logs[0]["sync_level"], &logs[1]["sync_level"]),
        (&json!("field"), &json!("database"))
    );
    assert_json_snapshot!("deep", logs[0], {
        ".server_identity" => "[identity]",
        ".job_id" => "[uuid]", ".target_database" => "[name]", ".started_at" => "[time]", ".completed_at" => "[time]",
        ".created_at" => "[time]", ".duration_seconds" => "[seconds]", ".cost.seconds" => "[seconds]",
        ".cost.bytes" => "[bytes]",
    });
    for (filter, expected) in [
        (format!("resource_id={}", shop.id), 2),
        ("status=SUCCESS".to_owned(), 2),
        ("status=FAILED".to_owned(), 0),
        (format!("resource_id={}&status=QUEUED", shop.id), 0),
    ] {
        assert_eq!(
            shop.list(&format!("sync-logs?{filter}")).await.len(),
            expected,
            "{filter}"
        );
    }
}
