//! `POST /api/metadata/sync/auto`

use serde_json::json;
use test_support::{Installation, Server, Source};

use super::shop::Shop;

pub(super) async fn is_started_by_request(server: Server) {
    let shop = Shop::registered(server).await;
    shop.source
        .execute("create table another (id int primary key)")
        .await;
    let api = shop.meta.admin();
    let answer = api
        .post(
            "/api/metadata/sync/auto",
            &json!({ "resource_id": shop.id, "force": true }),
        )
        .await;
    let location = answer.header("location").to_owned();
    let started = answer.expect(202);
    assert_eq!(
        location,
        format!("/api/metadata/scan/status/{}", started["sync_id"])
    );
    assert_eq!(started["status"], "QUEUED");
    let status = shop
        .meta
        .ended(started["sync_id"].as_i64().expect("a number"))
        .await;
    // On PostgreSQL databases of other tests come and go, many at once perhaps, which makes a sync doubt.
    let doubtful = server == Server::Postgres && status["status"] == "PARTIAL";
    assert!(doubtful || status["status"] == "SUCCESS", "{status}");
    assert_eq!(status["progress"], 1.0, "{status}");
    assert_eq!(shop.database(&shop.source.database).await["table_count"], 4);
    let log = &shop
        .list(&format!("sync-logs?resource_id={}", shop.id))
        .await[0];
    assert_eq!(
        (&log["id"], &log["sync_type"]),
        (&started["sync_id"], &json!("manual"))
    );
}

pub(super) async fn answers_with_a_fresh_result(server: Server) {
    let shop = Shop::registered(server).await;
    let first = shop.list("sync-logs").await[0].clone();
    let answered = shop
        .meta
        .admin()
        .post(
            "/api/metadata/sync/auto",
            &json!({ "resource_id": shop.id }),
        )
        .await
        .expect(202);
    assert_eq!(
        (&answered["sync_id"], &answered["status"]),
        (&first["id"], &json!("SUCCESS")),
        "{answered}"
    );
    assert!(
        answered["message"]
            .as_str()
            .is_some_and(|message| message.contains("force")),
        "{answered}"
    );
    assert_eq!(shop.list("sync-logs").await.len(), 1);
}

pub(super) async fn finds_what_came_and_went(server: Server) {
    let mut source = Source::create(server).await;
    let second = source.add_database().await;
    let meta = Installation::new().await.meta().await;
    let id = meta.register(&source).await;
    let shop = Shop { meta, source, id };
    let before = shop.database(&second).await;
    let sync = json!({ "resource_id": id, "force": true });
    let drop_it = format!("drop database {second}");
    shop.source.admin().await.execute(&drop_it).await;
    let started = shop
        .meta
        .admin()
        .post("/api/metadata/sync/auto", &sync)
        .await
        .expect(202);
    let ended = shop
        .meta
        .ended(started["sync_id"].as_i64().expect("a number"))
        .await;
    assert_eq!(ended["status"], "SUCCESS", "{ended}");
    let path = format!("databases?resource_id={id}&name={second}");
    assert_eq!(shop.list(&path).await.len(), 0);
    let removed = shop.list(&format!("{path}&include_removed=true")).await;
    assert!(
        removed[0]["removed_at"].is_string(),
        "marked, not deleted: {removed:?}"
    );

    let make = format!("create database {second}");
    shop.source.admin().await.execute(&make).await;
    let started = shop
        .meta
        .admin()
        .post("/api/metadata/sync/auto", &sync)
        .await
        .expect(202);
    shop.meta
        .ended(started["sync_id"].as_i64().expect("a number"))
        .await;
    assert_eq!(
        shop.database(&second).await["id"],
        before["id"],
        "what returns is revived with its id"
    );
}
