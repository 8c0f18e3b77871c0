//! `/api/metadata/fields`

use serde_json::json;
use test_support::Server;

use super::shop::{Shop, texts};

pub(super) async fn have_every_attribute(server: Server) {
    let shop = Shop::scanned(server).await;
    let fields = shop.fields("orders").await;
    assert_eq!(
        texts(&fields, "field_name"),
        ["id", "customer", "total", "placed"]
    );
    let positions: Vec<_> = fields
        .iter()
        .map(|field| field["field_position"].as_i64())
        .collect();
    assert_eq!(positions, [Some(1), Some(2), Some(3), Some(4)]);
    assert_eq!(
        texts(&fields, "data_type"),
        ["integer", "integer", "decimal", "timestamp"]
    );
    let nullable: Vec<_> = fields
        .iter()
        .map(|field| field["is_nullable"].clone())
        .collect();
    assert_eq!(
        nullable,
        [json!(false), json!(false), json!(true), json!(false)]
    );
    assert_eq!(
        (&fields[0]["column_key"], &fields[1]["column_key"]),
        (&json!("PRI"), &fields[1]["column_key"])
    );
    let total = if server == Server::Postgres {
        "numeric(10,2)"
    } else {
        "decimal(10,2)"
    };
    assert_eq!(fields[2]["column_type"], total);
    let single = shop
        .meta
        .admin()
        .get(&format!("/api/metadata/fields/{}", fields[2]["id"]))
        .await
        .expect(200);
    assert_eq!(single, fields[2]);
    let email = &shop.fields("customers").await[2];
    assert_eq!(
        (&email["column_key"], &email["column_default"]),
        (&json!("UNI"), &json!(null))
    );
}

pub(super) async fn of_a_table_that_changed(server: Server) {
    let shop = Shop::scanned(server).await;
    let before = shop.fields("customers").await;
    shop.source.execute("alter table customers drop column name; alter table customers add column phone varchar(20)").await;
    let status = shop.scan().await;
    assert_eq!(status["changes"]["removed"], 1, "{status}");
    let after = shop.fields("customers").await;
    assert_eq!(texts(&after, "field_name"), ["id", "email", "phone"]);
    assert_eq!(
        (&after[0]["id"], &after[1]["id"]),
        (&before[0]["id"], &before[2]["id"]),
        "what stayed keeps its id"
    );
    let id = &after[0]["table_id"];
    let all = shop
        .list(&format!("fields?table_id={id}&include_removed=true"))
        .await;
    let gone: Vec<_> = all
        .iter()
        .filter(|field| !field["removed_at"].is_null())
        .collect();
    assert_eq!(gone.len(), 1);
    assert_eq!(
        (&gone[0]["field_name"], &gone[0]["id"]),
        (&json!("name"), &before[1]["id"])
    );

    shop.source
        .execute("alter table customers add column name varchar(40)")
        .await;
    shop.scan().await;
    let back = shop.fields("customers").await;
    let name = back
        .iter()
        .find(|field| field["field_name"] == "name")
        .expect("it is back");
    assert_eq!(
        name["id"], before[1]["id"],
        "what returns is revived with its id"
    );
    assert_eq!(shop.table("customers").await["field_count"], 4);
}
