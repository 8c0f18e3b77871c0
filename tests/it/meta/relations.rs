//! `/api/metadata/relations`

use serde_json::{Value, json};
use test_support::{Server, assert_has};

use super::shop::Shop;

pub(super) async fn tell_who_refers_to_a_table(server: Server) {
    let shop = Shop::scanned(server).await;
    let (customers, orders) = (shop.table("customers").await, shop.table("orders").await);
    let view = shop.table("big_orders").await;
    let to = shop
        .list(&format!("relations?table_id={}", customers["id"]))
        .await;
    assert_eq!(to.len(), 1, "{to:?}");
    let database = &shop.source.database;
    let schema = server.schema();
    assert_has(
        &to[0],
        &json!({
            "kind": "foreign_key", "name": "orders_customer",
            "from": {
                "table_id": orders["id"], "database_name": database, "table_schema": schema,
                "table_name": "orders", "fields": ["customer"],
            },
            "to": {
                "table_id": customers["id"], "database_name": database, "table_schema": schema,
                "table_name": "customers", "fields": ["id"],
            },
        }),
    );
    let from = shop
        .list(&format!("relations?table_id={}&direction=from", view["id"]))
        .await;
    assert_eq!(from.len(), 1, "{from:?}");
    // PostgreSQL tells which columns a view reads, the others tell the table.
    let fields = match server {
        Server::Postgres => json!(["id", "customer", "total", "placed"]),
        Server::MariaDb | Server::MySql => json!([]),
    };
    assert_has(
        &from[0],
        &json!({ "kind": "view_dependency", "name": null }),
    );
    assert_has(
        &from[0]["to"],
        &json!({ "table_id": orders["id"], "table_name": "orders", "fields": fields }),
    );
    let read_by = shop
        .list(&format!("relations?table_id={}", orders["id"]))
        .await;
    assert_eq!(read_by.len(), 1, "{read_by:?}");
    assert_eq!(read_by[0]["from"]["table_id"], view["id"]);
}

pub(super) async fn follow_the_source(server: Server) {
    let shop = Shop::scanned(server).await;
    let customers = shop.table("customers").await["id"].clone();
    let drop = match server {
        Server::Postgres | Server::MariaDb => "alter table orders drop constraint orders_customer",
        Server::MySql => "alter table orders drop foreign key orders_customer",
    };
    shop.source.execute(drop).await;
    shop.scan().await;
    let path = format!("relations?table_id={customers}");
    assert_eq!(shop.list(&path).await, Vec::<Value>::new());
    // What a table that is gone referred to is no reference any more.
    shop.source
        .execute("create table notes (id int primary key, customer int, constraint of_customer foreign key (customer) references customers (id))")
        .await;
    shop.scan().await;
    assert_eq!(shop.list(&path).await.len(), 1);
    shop.source.execute("drop table notes").await;
    shop.scan().await;
    assert_eq!(shop.list(&path).await, Vec::<Value>::new());
    let _ = shop
        .meta
        .admin()
        .get("/api/metadata/relations?table_id=987654")
        .await
        .problem(404, "table-not-found");
}
