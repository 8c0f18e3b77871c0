//! What one tenant has does not exist for another.

use http::Method;
use models::{Role, TenantId};
use serde_json::json;
use test_support::Server;

use super::documents::operations;
use super::shop::Shop;

const OTHER: TenantId = TenantId(2);

#[tokio::test]
async fn ids_of_another_tenant_are_404_on_every_path() {
    let shop = Shop::scanned(Server::Postgres).await;
    let database = shop.database(&shop.source.database).await["id"].to_string();
    let field = &shop.fields("orders").await[0];
    let (field, table) = (field["id"].to_string(), field["table_id"].to_string());
    let scan = shop.list("sync-logs").await[0]["id"].to_string();
    let object = shop.list(&format!("objects?database_id={database}")).await[0]["id"].to_string();
    let schedule = shop.list("schedules").await[0]["id"].to_string();
    let job = shop.list("jobs").await[0]["id"]
        .as_str()
        .expect("text")
        .to_owned();
    let id = |noun: &str| match noun {
        "datasources" => shop.id.to_string(),
        "databases" => database.clone(),
        "tables" => table.clone(),
        "fields" => field.clone(),
        "status" | "scan" => scan.clone(),
        "jobs" => job.clone(),
        "objects" => object.clone(),
        "schedules" => schedule.clone(),
        noun => panic!("tell this test an id of {noun}"),
    };
    let (ours, theirs) = (shop.meta.admin(), shop.meta.user(OTHER, Role::Admin));
    let mut paths = 0;
    let mut operations = operations(&shop.meta).await;
    // Whatever is deleted is not there for another operation.
    operations.sort_by_key(|operation| operation.method == Method::DELETE);
    for operation in operations {
        if !operation.path.contains('{') {
            continue;
        }
        paths += 1;
        let answer = operation.send_with(&theirs, id).await;
        assert_eq!(answer.status, 404, "{operation:?}: {}", answer.text);
        // The same request is sound for whom it belongs to; deleting wants the name, which `send_with` does not know.
        let answer = operation.send_with(&ours, id).await;
        assert!(
            // What has ended is there, and not stopped or done again.
            matches!(answer.status, 200 | 204 | 409 | 422),
            "{operation:?}: {}",
            answer.text
        );
    }
    assert!(paths >= 10, "{paths}");
}

#[tokio::test]
async fn ids_of_another_tenant_are_404_in_queries_and_bodies() {
    let shop = Shop::scanned(Server::Postgres).await;
    let theirs = shop.meta.user(OTHER, Role::Admin);
    let database = shop.database(&shop.source.database).await["id"].clone();
    let table = shop.table("orders").await["id"].clone();
    for (path, noun) in [
        (format!("databases?resource_id={}", shop.id), "datasource"),
        (format!("sync-logs?resource_id={}", shop.id), "datasource"),
        (format!("schedules?resource_id={}", shop.id), "datasource"),
        (format!("tables?database_id={database}"), "database"),
        (format!("fields?table_id={table}"), "table"),
        (format!("objects?database_id={database}"), "database"),
        (format!("relations?table_id={table}"), "table"),
        (format!("changes?table_id={table}"), "table"),
        (format!("changes?database_id={database}"), "database"),
        (format!("changes?resource_id={}", shop.id), "datasource"),
        (format!("tree?parent=datasource-{}", shop.id), "datasource"),
        (format!("tree?parent=database-{database}"), "database"),
        (format!("tree?parent=schema-{database}-public"), "database"),
        (format!("tree?parent=table-{table}"), "table"),
        (
            format!("lookup?source={}", shop.source.database),
            "datasource",
        ),
    ] {
        let _ = theirs
            .get(&format!("/api/metadata/{path}"))
            .await
            .problem(404, &format!("{noun}-not-found"));
    }
    for (path, body) in [
        (
            "scan/deep",
            json!({ "resource_id": shop.id, "database": shop.source.database }),
        ),
        ("sync/auto", json!({ "resource_id": shop.id })),
        (
            "schedules",
            json!({ "resource_id": shop.id, "level": 1, "cron": "@daily" }),
        ),
    ] {
        let _ = theirs
            .post(&format!("/api/metadata/{path}"), &body)
            .await
            .problem(404, "datasource-not-found");
    }
    for list in ["datasources", "jobs", "schedules", "sync-logs", "tree"] {
        assert_eq!(
            theirs
                .get(&format!("/api/metadata/{list}"))
                .await
                .expect(200)["items"],
            json!([]),
            "{list}"
        );
        assert_ne!(shop.list(list).await.len(), 0, "{list}");
    }
}

#[tokio::test]
async fn what_has_become_of_ids_of_another_tenant_is_not_told() {
    let shop = Shop::scanned(Server::Postgres).await;
    let database = shop.database(&shop.source.database).await["id"].clone();
    let table = shop.table("orders").await["id"].clone();
    let ids = json!({ "database_ids": [database], "table_ids": [table] });
    let theirs = shop.meta.user(OTHER, Role::Admin);
    for (api, count) in [(theirs, 0), (shop.meta.admin(), 1)] {
        let found = api.post("/api/metadata/lookup", &ids).await.expect(200);
        let counts = ["databases", "tables"].map(|what| found[what].as_array().map(Vec::len));
        assert_eq!(counts, [Some(count), Some(count)], "{found}");
    }
}
