//! `/api/metadata/lookup`

use serde_json::{Value, json};
use test_support::{Server, assert_has};

use super::shop::Shop;

/// The path to a table of the shop, with more of the query string behind.
async fn path(shop: &Shop, server: Server, more: &str) -> String {
    let source = shop
        .meta
        .admin()
        .get(&format!("/api/metadata/datasources/{}", shop.id))
        .await
        .expect(200);
    let schema = match server {
        Server::Postgres => "&schema=public",
        Server::MariaDb | Server::MySql => "",
    };
    let name = source["datasource_name"]
        .as_str()
        .expect("a name")
        .to_owned();
    let database = &shop.source.database;
    format!("/api/metadata/lookup?source={name}&database={database}{schema}{more}")
}

pub(super) async fn goes_as_deep_as_the_names(server: Server) {
    let shop = Shop::scanned(server).await;
    let api = shop.meta.admin();
    let orders = shop.table("orders").await;
    let found = api
        .get(&path(&shop, server, "&table=orders&field=total").await)
        .await
        .expect(200);
    assert_has(&found["datasource"], &json!({ "id": shop.id }));
    assert_has(
        &found["database"],
        &json!({ "database_name": shop.source.database }),
    );
    assert_has(
        &found["table"],
        &json!({ "id": orders["id"], "table_name": "orders" }),
    );
    assert!(found["table"]["details"]["keys"].is_array(), "{found}");
    assert_has(
        &found["field"],
        &json!({ "field_name": "total", "table_id": orders["id"] }),
    );
    let name = found["datasource"]["datasource_name"]
        .as_str()
        .expect("a name");
    let shallow = api
        .get(&format!("/api/metadata/lookup?source={name}"))
        .await
        .expect(200);
    assert_eq!(
        shallow.as_object().map(serde_json::Map::len),
        Some(1),
        "{shallow}"
    );
}

pub(super) async fn says_which_name_leads_nowhere(server: Server) {
    let shop = Shop::scanned(server).await;
    let api = shop.meta.admin();
    let table = path(&shop, server, "&table=orders").await;
    for (asked, kind) in [
        (
            "/api/metadata/lookup?source=nobody".to_owned(),
            "datasource-not-found",
        ),
        (
            table.replace("&database=", "&database=x"),
            "database-not-found",
        ),
        (table.replace("orders", "ORDERS"), "table-not-found"),
        (format!("{table}&field=Total"), "field-not-found"),
    ] {
        let _ = api.get(&asked).await.problem(404, kind);
    }
    let without = |word: &str| {
        let (path, query) = table.split_once('?').expect("a query");
        let kept: Vec<&str> = query
            .split('&')
            .filter(|pair| !pair.starts_with(word))
            .collect();
        format!("{path}?{}&field=total", kept.join("&"))
    };
    for word in ["database=", "table="] {
        let _ = api
            .get(&without(word))
            .await
            .problem(422, "validation-failed");
    }
    if server == Server::Postgres {
        let problem = api
            .get(&without("schema="))
            .await
            .problem(422, "validation-failed");
        assert_eq!(problem["errors"][0]["pointer"], "/schema", "{problem}");
    }
}

pub(super) async fn finds_what_is_gone_when_asked(server: Server) {
    let shop = Shop::scanned(server).await;
    let api = shop.meta.admin();
    let view = shop.table("big_orders").await;
    shop.source.execute("drop view big_orders").await;
    shop.scan().await;
    let asked = path(&shop, server, "&table=big_orders").await;
    let _ = api.get(&asked).await.problem(404, "table-not-found");
    let found = api
        .get(&format!("{asked}&include_removed=true"))
        .await
        .expect(200);
    assert_eq!(found["table"]["id"], view["id"]);
    assert_ne!(found["table"]["removed_at"], Value::Null);
}
