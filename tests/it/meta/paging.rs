//! Lists: pages, cursors and limits, the same for all.

use serde_json::{Value, json};
use test_support::{Api, Server};

use super::shop::{Shop, texts};

/// Every page of a list, two items at a time; each but the last is full.
async fn pages(api: &Api, path: &str) -> Vec<Value> {
    let separator = if path.contains('?') { '&' } else { '?' };
    let mut items = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = api
            .get(&format!("/api/metadata/{path}{separator}limit=2{cursor}"))
            .await
            .expect(200);
        let found = page["items"].as_array().expect("items");
        items.extend_from_slice(found);
        match page["next_cursor"].as_str() {
            Some(next) => {
                assert_eq!(found.len(), 2, "{path}: only the last page may be short");
                cursor = format!("&cursor={next}");
            }
            None => return items,
        }
    }
}

/// Every list of the API on a source with something in it.
async fn lists(shop: &Shop) -> Vec<String> {
    let database = shop.database(&shop.source.database).await["id"].clone();
    let table = shop.table("orders").await["id"].clone();
    vec![
        "datasources".to_owned(),
        format!("databases?resource_id={}", shop.id),
        format!("databases/{database}/table-names"),
        format!("tables?database_id={database}"),
        format!("fields?table_id={table}"),
        format!("objects?database_id={database}"),
        format!("relations?table_id={table}"),
        format!("changes?database_id={database}"),
        "tree".to_owned(),
        format!("tree?parent=schema-{database}-public"),
        format!("tree?parent=table-{table}"),
        "sync-logs".to_owned(),
        format!("sync-logs?resource_id={}&status=SUCCESS", shop.id),
        "jobs".to_owned(),
        "jobs?type=DEEP_SCAN&status=SUCCESS".to_owned(),
    ]
}

#[tokio::test]
async fn pages_are_the_whole_list_in_order() {
    let shop = Shop::scanned(Server::Postgres).await;
    for _ in 0..2 {
        shop.scan().await;
    }
    let api = shop.meta.admin();
    for name in ["a", "b", "c", "d"] {
        let mut body = shop.source.registration(name);
        body["port"] = 1.into();
        let created = api
            .post("/api/metadata/datasources", &body)
            .await
            .expect(201);
        shop.meta
            .ended(created["sync_id"].as_i64().expect("a number"))
            .await;
    }
    shop.source
        .execute(
            "alter table orders add a int, add b int; create sequence one; create view one_order as select id from orders;
             create view two_orders as select total from orders",
        )
        .await;
    shop.scan().await;
    for path in lists(&shop).await {
        // Other tests make and drop databases on the server.
        let whole = shop.list(&path).await;
        let paged = pages(&api, &path).await;
        assert_eq!(paged, whole, "{path}");
        if !path.starts_with("databases?") {
            assert!(whole.len() > 2, "{path} has several pages");
        }
    }
    totals_are_counted(&shop).await;
    let newest_first = shop.list("jobs").await;
    let mut ids = texts(&newest_first, "id");
    ids.reverse();
    assert!(ids.is_sorted(), "{ids:?}");
}

/// Of the whole list whatever the page, and only on request. The tree has counts of its own, and names
/// that are read live are not counted.
async fn totals_are_counted(shop: &Shop) {
    let api = shop.meta.admin();
    let database = shop.database(&shop.source.database).await["id"].clone();
    let table = shop.table("orders").await["id"].clone();
    let counted = lists(shop).await;
    let counted = counted
        .iter()
        .filter(|path| !path.starts_with("tree") && !path.ends_with("table-names"))
        .cloned();
    let filtered = [
        format!("tables?database_id={database}&type=VIEW"),
        format!("tables?database_id={database}&q=ORDER&include_removed=true"),
        format!("tables?database_id={database}&name=orders"),
        format!("relations?table_id={table}&direction=from"),
        format!("changes?resource_id={}&since=2020-01-01T00:00:00Z", shop.id),
        format!("databases?resource_id={}&q=SOURCE", shop.id),
        format!("objects?database_id={database}&kind=SEQUENCE"),
        "jobs?scope=none".to_owned(),
        format!("jobs?resource_id={}", shop.id),
        "jobs?pipeline_id=7".to_owned(),
    ];
    for path in counted.chain(filtered) {
        let separator = if path.contains('?') { '&' } else { '?' };
        let asked = format!("/api/metadata/{path}{separator}limit=1");
        let page = api.get(&asked).await.expect(200);
        assert!(page.get("total").is_none(), "{path}: {page}");
        let page = api
            .get(&format!("{asked}&with_total=true"))
            .await
            .expect(200);
        let total = page["total"].as_u64().expect("a number");
        // Other tests make and drop databases on the server.
        if !path.starts_with("databases?") {
            let whole = shop.list(&format!("{path}{separator}limit=500")).await;
            assert_eq!(total, whole.len() as u64, "{path}");
        }
    }
}

#[tokio::test]
async fn limits_are_kept() {
    let shop = Shop::scanned(Server::Postgres).await;
    let api = shop.meta.admin();
    for path in lists(&shop).await {
        let separator = if path.contains('?') { '&' } else { '?' };
        for limit in ["0", "501", "-1", "x", "1.5", "99999999999"] {
            let answer = api
                .get(&format!("/api/metadata/{path}{separator}limit={limit}"))
                .await;
            let problem = answer.problem(422, "validation-failed");
            assert_eq!(
                problem["errors"][0]["pointer"], "/limit",
                "{path}: {problem}"
            );
        }
        for limit in ["1", "500"] {
            let _ = api
                .get(&format!("/api/metadata/{path}{separator}limit={limit}"))
                .await
                .expect(200);
        }
    }
}

#[tokio::test]
async fn a_cursor_belongs_to_its_list() {
    let shop = Shop::scanned(Server::Postgres).await;
    let api = shop.meta.admin();
    let database = shop.database(&shop.source.database).await["id"].clone();
    let page = api
        .get(&format!(
            "/api/metadata/tables?database_id={database}&limit=1"
        ))
        .await
        .expect(200);
    let cursor = page["next_cursor"].as_str().expect("there is more");
    for path in [
        format!("tables?database_id={database}&type=VIEW&cursor={cursor}"),
        format!("tables?database_id={database}&q=o&cursor={cursor}"),
        format!("tables?database_id={database}&cursor={cursor}x"),
        format!("tables?database_id={database}&cursor=x"),
        format!("tables?database_id={database}&cursor="),
        format!("databases?resource_id={}&cursor={cursor}", shop.id),
        format!("jobs?cursor={cursor}"),
    ] {
        let answer = api.get(&format!("/api/metadata/{path}")).await;
        assert_eq!(answer.status, 400, "{path}: {}", answer.text);
        let _ = answer.problem(400, "invalid-cursor");
    }
    // Another limit is the same list.
    let next = api
        .get(&format!(
            "/api/metadata/tables?database_id={database}&limit=50&cursor={cursor}"
        ))
        .await
        .expect(200);
    assert_eq!(next["items"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn an_unknown_parameter_is_refused() {
    let shop = Shop::scanned(Server::Postgres).await;
    for path in lists(&shop).await {
        let separator = if path.contains('?') { '&' } else { '?' };
        let answer = shop
            .meta
            .admin()
            .get(&format!("/api/metadata/{path}{separator}offset=10"))
            .await;
        assert_eq!(answer.status, 400, "{path}: {}", answer.text);
    }
    for path in ["databases", "tables", "fields"] {
        let answer = shop
            .meta
            .admin()
            .get(&format!("/api/metadata/{path}"))
            .await;
        let problem = answer.problem(422, "validation-failed");
        assert_eq!(
            problem["errors"].as_array().map(Vec::len),
            Some(1),
            "{problem}"
        );
    }
    let answer = shop
        .meta
        .admin()
        .get("/api/metadata/jobs?status=DONE")
        .await;
    assert_eq!(
        answer.problem(422, "validation-failed")["errors"][0]["pointer"],
        json!("/status")
    );
}
