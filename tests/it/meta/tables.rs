//! `/api/metadata/tables`

use serde_json::json;
use test_support::Server;

use super::shop::{Shop, texts};

pub(super) async fn have_keys_indexes_and_definitions(server: Server) {
    let shop = Shop::scanned(server).await;
    let api = shop.meta.admin();
    let orders = shop.table("orders").await;
    let single = api
        .get(&format!("/api/metadata/tables/{}", orders["id"]))
        .await
        .expect(200);
    assert_eq!(
        (
            &single["table_type"],
            &single["field_count"],
            &single["is_scanned"]
        ),
        (&json!("TABLE"), &json!(4), &json!(true))
    );
    let keys = single["details"]["keys"].as_array().expect("keys");
    let foreign = keys
        .iter()
        .find(|key| key["kind"] == "foreign")
        .expect("a foreign key");
    assert_eq!(foreign["name"], "orders_customer");
    assert_eq!(foreign["columns"], json!(["customer"]));
    let reference = &foreign["references"];
    assert_eq!(
        (&reference["table_name"], &reference["columns"]),
        (&json!("customers"), &json!(["id"]))
    );
    assert_eq!(
        (&reference["table_schema"], &reference["on_delete"]),
        (&json!(server.schema()), &json!("CASCADE"))
    );
    let primary = keys
        .iter()
        .find(|key| key["kind"] == "primary")
        .expect("a primary key");
    assert_eq!(primary["columns"], json!(["id"]));
    let indexes = single["details"]["indexes"].as_array().expect("indexes");
    let placed = indexes
        .iter()
        .find(|index| index["name"] == "orders_placed")
        .expect("the index");
    assert_eq!(
        texts(placed["columns"].as_array().expect("columns"), "name"),
        ["placed", "customer"]
    );
    assert_eq!(
        (&placed["unique"], &placed["primary"]),
        (&json!(false), &json!(false))
    );

    let view = shop.table("big_orders").await;
    let view = api
        .get(&format!("/api/metadata/tables/{}", view["id"]))
        .await
        .expect(200);
    assert_eq!(
        (&view["table_type"], &view["row_count"]),
        (&json!("VIEW"), &json!(null))
    );
    let definition = view["view_definition"]
        .as_str()
        .expect("a definition")
        .to_lowercase();
    assert!(
        definition.contains("select") && definition.contains("100"),
        "{definition}"
    );
}

pub(super) async fn are_filtered(server: Server) {
    let shop = Shop::scanned(server).await;
    let database = shop.database(&shop.source.database).await["id"].clone();
    let schema = server.schema();
    for (filter, expected) in [
        ("", vec!["big_orders", "customers", "orders"]),
        ("&type=VIEW", vec!["big_orders"]),
        ("&q=ORDER", vec!["big_orders", "orders"]),
        ("&q=%25", vec![]),
        ("&q=_", vec!["big_orders"]),
        ("&name=orders", vec!["orders"]),
        ("&schema=elsewhere", vec![]),
        (
            &format!("&schema={schema}&type=TABLE"),
            vec!["customers", "orders"],
        ),
    ] {
        let found = shop
            .list(&format!("tables?database_id={database}{filter}"))
            .await;
        assert_eq!(texts(&found, "table_name"), expected, "{filter}");
    }
    shop.source.execute("drop view big_orders").await;
    shop.scan().await;
    let living = shop.list(&format!("tables?database_id={database}")).await;
    assert_eq!(texts(&living, "table_name"), ["customers", "orders"]);
    let all = shop
        .list(&format!(
            "tables?database_id={database}&include_removed=true"
        ))
        .await;
    assert_eq!(
        texts(&all, "table_name"),
        ["big_orders", "customers", "orders"]
    );
    assert!(
        all[0]["removed_at"].is_string() && all[1]["removed_at"].is_null(),
        "{all:?}"
    );
}
