//! `/api/metadata/tables`

use serde_json::{Value, json};
use test_support::{Server, assert_has};

use super::shop::{Shop, texts};

/// The element of a list of this name.
fn named<'a>(list: &'a Value, name: &str) -> &'a Value {
    let found = list
        .as_array()
        .and_then(|list| list.iter().find(|one| one["name"] == name));
    found.unwrap_or_else(|| panic!("no {name} in {list}"))
}

pub(super) async fn have_keys_indexes_and_definitions(server: Server) {
    let shop = Shop::scanned(server).await;
    let api = shop.meta.admin();
    let orders = shop.table("orders").await;
    let single = api
        .get(&format!("/api/metadata/tables/{}", orders["id"]))
        .await
        .expect(200);
    assert_has(
        &single,
        &json!({
            "table_type": "TABLE", "field_count": 4, "is_scanned": true, "datasource_id": shop.id,
            "datasource_name": shop.source.database, "database_name": shop.source.database,
        }),
    );
    let keys = &single["details"]["keys"];
    let foreign = named(keys, "orders_customer");
    assert_has(
        foreign,
        &json!({ "kind": "foreign", "columns": ["customer"] }),
    );
    let target = json!({
        "table_schema": server.schema(), "table_name": "customers", "columns": ["id"], "on_delete": "CASCADE",
    });
    assert_has(&foreign["references"], &target);
    let primary = if server == Server::Postgres {
        "orders_pkey"
    } else {
        "PRIMARY"
    };
    assert_has(
        named(keys, primary),
        &json!({ "kind": "primary", "columns": ["id"] }),
    );
    let placed = named(&single["details"]["indexes"], "orders_placed");
    assert_has(placed, &json!({ "unique": false, "primary": false }));
    assert_eq!(
        texts(placed["columns"].as_array().expect("columns"), "name"),
        ["placed", "customer"]
    );

    let view = shop.table("big_orders").await;
    let view = api
        .get(&format!("/api/metadata/tables/{}", view["id"]))
        .await
        .expect(200);
    assert_has(&view, &json!({ "table_type": "VIEW", "row_count": null }));
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
