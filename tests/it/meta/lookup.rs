//! `/api/metadata/lookup`

use serde_json::{Value, json};
use test_support::{Installation, Server, assert_has};

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

/// The ids of entries of an answer, each with its name and whether it is gone.
fn known(entries: &Value, name: &str) -> Vec<(Value, Value, bool)> {
    let entries = entries.as_array().expect("entries").iter();
    let known = entries.map(|one| {
        let gone = !one["removed_at"].is_null();
        (one["id"].clone(), one[name].clone(), gone)
    });
    known.collect()
}

pub(super) async fn ids_tell_what_has_become_of_entries(server: Server) {
    let shop = Shop::scanned(server).await;
    let api = shop.meta.admin();
    let (orders, view) = (shop.table("orders").await, shop.table("big_orders").await);
    let database = shop.database(&shop.source.database).await;
    let ids = json!({
        "database_ids": [database["id"], 424_242], "table_ids": [view["id"], orders["id"], 424_242],
    });
    let look_up = async || api.post("/api/metadata/lookup", &ids).await.expect(200);
    let found = look_up().await;
    let databases = json!([{
        "id": database["id"], "datasource_id": shop.id, "database_name": shop.source.database,
        "last_scan_at": database["last_scan_at"], "removed_at": null,
    }]);
    assert_eq!(found["databases"], databases);
    let mut tables: Vec<Value> = [&orders, &view]
        .map(|table| {
            let kept = [
                "id",
                "database_id",
                "table_schema",
                "table_name",
                "row_count",
                "last_scan_at",
            ];
            let mut entry = json!({ "removed_at": null, "replaced_by": null });
            for key in kept {
                entry[key] = table[key].clone();
            }
            entry
        })
        .to_vec();
    tables.sort_by_key(|table| table["id"].as_i64());
    assert_eq!(found["tables"], json!(tables));

    shop.source.execute("drop view big_orders").await;
    shop.scan().await;
    let mut gone = known(&json!(tables), "table_name");
    for one in &mut gone {
        one.2 = one.0 == view["id"];
    }
    assert_eq!(known(&look_up().await["tables"], "table_name"), gone);
    if server == Server::Postgres {
        // A table gets the name, and keeps what it is.
        let rename = "alter table orders rename to big_orders";
        shop.source.execute(rename).await;
        shop.scan().await;
        let only = json!({ "table_ids": [view["id"]] });
        let found = api.post("/api/metadata/lookup", &only).await.expect(200);
        let mut expected = vec![
            (orders["id"].clone(), json!("big_orders"), false),
            (view["id"].clone(), json!("big_orders"), true),
        ];
        expected.sort_by_key(|one| one.0.as_i64());
        assert_eq!(known(&found["tables"], "table_name"), expected);
        let entries = found["tables"].as_array().expect("tables");
        let replaced = entries.iter().find(|one| one["id"] == view["id"]);
        assert_eq!(replaced.map(|one| &one["replaced_by"]), Some(&orders["id"]));
    }
}

#[tokio::test]
async fn so_many_ids_may_be_asked_for() {
    let meta = Installation::new()
        .await
        .meta_with(&[("META__WORKERS__CONCURRENCY", "0")])
        .await;
    let api = meta.admin();
    let most: Vec<i64> = (1..=5000).collect();
    let ids = json!({ "database_ids": most, "table_ids": most });
    let none = json!({ "databases": [], "tables": [] });
    for asked in [ids, json!({})] {
        let found = api.post("/api/metadata/lookup", &asked).await.expect(200);
        assert_eq!(found, none);
    }
    let many: Vec<i64> = (1..=5001).collect();
    for (asked, pointer) in [
        (json!({ "database_ids": many }), "/database_ids"),
        (json!({ "table_ids": many }), "/table_ids"),
        (json!({ "table_ids": [1, 0] }), "/table_ids/1"),
    ] {
        let answer = api.post("/api/metadata/lookup", &asked).await;
        let problem = answer.problem(422, "validation-failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
}
