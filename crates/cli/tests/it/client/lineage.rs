//! `plumb lineage`.

use serde_json::json;

use super::{Desk, ledger};

#[tokio::test]
async fn where_data_come_from_and_go_is_told() {
    let desk = Desk::scanned(ledger().await).await;
    let database = desk.source.database.as_str();
    let target = desk.source.target();
    let server = format!("postgres://{}:{}", target.host, target.port);
    let event = json!({
        "eventType": "COMPLETE", "eventTime": "2026-01-31T08:00:00Z",
        "run": { "runId": "019e0000-0000-7000-8000-000000000001" },
        "job": { "namespace": "nightly", "name": "load" },
        "inputs": [{ "namespace": "s3://lake", "name": "crm/orders" }],
        "outputs": [{ "namespace": server, "name": format!("{database}.public.orders") }],
    });
    let api = desk.meta.admin();
    let _ = api.post("/api/v1/lineage", &event).await.expect(200);

    let shown = desk
        .run(&["lineage", "shop", database, "orders"])
        .await
        .exits(0);
    desk.settings()
        .bind(|| insta::assert_snapshot!("lineage", shown.stdout));
    let one = [
        "lineage", "shop", database, "orders", "--depth", "1", "--format", "json",
    ];
    let document = desk.run(&one).await.exits(0).json();
    let table = &document["nodes"][0]["table"]["table_id"];
    let path = format!("/api/metadata/lineage?table_id={table}&depth=1");
    assert_eq!(document, api.get(&path).await.expect(200));

    let none = ["lineage", "shop", database, "customers"];
    desk.run(&none)
        .await
        .only_says(0, &["no view, pipeline or event tells"]);
    let far = ["lineage", "shop", database, "orders", "--depth", "21"];
    desk.run(&far).await.only_says(2, &["--depth"]);
    let absent = ["lineage", "shop", database, "order"];
    desk.run(&absent)
        .await
        .only_says(1, &["did you mean \"orders\"?"]);
}
