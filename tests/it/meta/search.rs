//! `/api/metadata/search`

use serde_json::{Value, json};
use test_support::{Server, assert_has};

use super::shop::{Shop, texts};

/// 订单 in an address.
const ORDERS: &str = "%E8%AE%A2%E5%8D%95";

/// A statement that gives the table of orders this comment.
fn comment_on_orders(server: Server, comment: &str) -> String {
    match server {
        Server::Postgres => format!("comment on table orders is '{comment}'"),
        Server::MariaDb | Server::MySql => format!("alter table orders comment = '{comment}'"),
    }
}

pub(super) async fn finds_names_and_comments(server: Server) {
    let shop = Shop::registered(server).await;
    let comment = comment_on_orders(server, "客户订单表");
    shop.source.execute(&comment).await;
    shop.scan().await;
    let id = shop.id;
    let found = shop
        .list(&format!("search?q=customer&resource_id={id}"))
        .await;
    // In orders and in the view on it, whose fields have the same names.
    let of_orders = ["customer", "customer"];
    let names = texts(&found, "name");
    assert_eq!(names[..2], of_orders, "{found:?}");
    assert!(names.contains(&"customers"), "{found:?}");
    assert_has(
        &found[0],
        &json!({ "kind": "field", "comment": null, "highlights": { "name": [[0, 8]] } }),
    );
    assert_has(
        &found[0]["path"],
        &json!({
            "datasource_id": id, "database_name": shop.source.database, "table_schema": server.schema(),
        }),
    );
    let typed_wrong = shop
        .list(&format!("search?q=custmers&kind=table&resource_id={id}"))
        .await;
    assert_eq!(texts(&typed_wrong, "name"), ["customers"]);
    assert_has(&typed_wrong[0]["highlights"], &json!({ "name": [[0, 9]] }));
    let chinese = shop
        .list(&format!("search?q={ORDERS}&resource_id={id}"))
        .await;
    assert_eq!(texts(&chinese, "name"), ["orders"]);
    assert_has(
        &chinese[0],
        &json!({
            "kind": "table", "id": shop.table("orders").await["id"], "comment": "客户订单表",
            "highlights": { "comment": [[2, 4]] },
        }),
    );
    let databases = format!(
        "search?q={}&kind=database&resource_id={id}",
        shop.source.database
    );
    let databases = shop.list(&databases).await;
    assert_eq!(databases[0]["name"], shop.source.database);
    assert_eq!(databases[0]["path"].get("table_id"), None);
}

pub(super) async fn follows_the_source(server: Server) {
    let shop = Shop::scanned(server).await;
    let path = format!("search?q=big_orders&kind=table&resource_id={}", shop.id);
    assert_eq!(texts(&shop.list(&path).await, "name"), ["big_orders"]);
    shop.source.execute("drop view big_orders").await;
    shop.scan().await;
    assert_eq!(shop.list(&path).await, Vec::<Value>::new());
    let comment = comment_on_orders(server, "What was promised");
    shop.source.execute(&comment).await;
    shop.scan().await;
    let path = format!("search?q=promised&resource_id={}", shop.id);
    assert_eq!(texts(&shop.list(&path).await, "name"), ["orders"]);
}

pub(super) async fn refuses_what_is_no_query(server: Server) {
    let shop = Shop::registered(server).await;
    let api = shop.meta.admin();
    for q in ["", "%20", &"a".repeat(1001)] {
        let path = format!("/api/metadata/search?q={q}");
        let problem = api.get(&path).await.problem(422, "validation-failed");
        assert_eq!(problem["errors"][0]["pointer"], "/q", "{problem}");
    }
    let _ = api
        .get("/api/metadata/search?q=orders&resource_id=987654")
        .await
        .problem(404, "datasource-not-found");
    // Signs alone name nothing.
    assert_eq!(shop.list("search?q=%25_%25").await, Vec::<Value>::new());
}
