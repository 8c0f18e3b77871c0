//! `/api/metadata/tree`

use serde_json::{Value, json};
use test_support::{Server, assert_has};

use super::shop::{Shop, texts};

impl Shop {
    /// The entries below one of the tree, which may be the first of a level found by name.
    async fn below(&self, parent: &str) -> Vec<Value> {
        self.list(&format!("tree?parent={parent}")).await
    }
}

fn named<'a>(nodes: &'a [Value], name: &str) -> &'a Value {
    let found = nodes.iter().find(|node| node["name"] == name);
    found.unwrap_or_else(|| panic!("no {name} in {nodes:?}"))
}

fn id(node: &Value) -> &str {
    node["id"].as_str().expect("an id")
}

pub(super) async fn is_walked_level_by_level(server: Server) {
    let shop = Shop::scanned(server).await;
    let roots = shop.list("tree").await;
    assert_eq!(roots.len(), 1, "{roots:?}");
    assert_has(
        &roots[0],
        &json!({ "kind": "datasource", "catalog_id": shop.id }),
    );
    let databases = shop.below(id(&roots[0])).await;
    assert_eq!(roots[0]["child_count"], databases.len(), "{databases:?}");
    let database = named(&databases, &shop.source.database);
    assert_has(database, &json!({ "kind": "database" }));
    let mut below = shop.below(id(database)).await;
    assert_eq!(database["child_count"], below.len(), "{below:?}");
    if server == Server::Postgres {
        let schema = named(&below, "public");
        assert_has(
            schema,
            &json!({ "kind": "schema", "catalog_id": null, "child_count": 3 }),
        );
        below = shop.below(id(schema)).await;
    }
    assert_eq!(texts(&below, "name"), ["big_orders", "customers", "orders"]);
    assert_has(
        named(&below, "orders"),
        &json!({ "kind": "table", "label": "TABLE", "child_count": 4 }),
    );
    let fields = shop.below(id(named(&below, "orders"))).await;
    assert_eq!(
        texts(&fields, "name"),
        ["id", "customer", "total", "placed"]
    );
    assert_has(&fields[0], &json!({ "kind": "field", "child_count": 0 }));
    assert_eq!(shop.below(id(&fields[0])).await, Vec::<Value>::new());
}

pub(super) async fn is_paged_and_shows_what_is_gone_when_asked(server: Server) {
    let shop = Shop::scanned(server).await;
    let database = shop.database(&shop.source.database).await["id"].clone();
    let parent = match server {
        Server::Postgres => format!("schema-{database}-public"),
        Server::MariaDb | Server::MySql => format!("database-{database}"),
    };
    shop.source.execute("drop view big_orders").await;
    shop.scan().await;
    let living = shop.below(&parent).await;
    assert_eq!(texts(&living, "name"), ["customers", "orders"]);
    let api = shop.meta.admin();
    let (mut names, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = api
            .get(&format!(
                "/api/metadata/tree?parent={parent}&include_removed=true&limit=1{cursor}"
            ))
            .await
            .expect(200);
        let items = page["items"].as_array().expect("items");
        names.extend(items.iter().map(|node| node["name"].clone()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(names, ["big_orders", "customers", "orders"]);
}

pub(super) async fn each_level_is_filtered_by_name(server: Server) {
    let shop = Shop::scanned(server).await;
    let database = shop.database(&shop.source.database).await["id"].clone();
    let table = shop.table("orders").await["id"].clone();
    let tables = match server {
        Server::Postgres => format!("parent=schema-{database}-public"),
        Server::MariaDb | Server::MySql => format!("parent=database-{database}"),
    };
    let name = &shop.source.database;
    let (middle, capitals) = (&name[1..name.len() - 1], name.to_uppercase());
    let (source, fields) = (
        format!("parent=datasource-{}", shop.id),
        format!("parent=table-{table}"),
    );
    let mut levels = vec![
        ("", &capitals[1..], json!([name])),
        (&source, middle, json!([name])),
        (&tables, "ORDERS", json!(["big_orders", "orders"])),
        (&fields, "ust", json!(["customer"])),
        // Nothing in it is a pattern.
        (&tables, "_", json!(["big_orders"])),
    ];
    let schemas = format!("parent=database-{database}");
    if server == Server::Postgres {
        levels.push((&schemas, "UBL", json!(["public"])));
    }
    for (parent, q, expected) in levels {
        let found = shop.list(&format!("tree?{parent}&q={q}")).await;
        assert_eq!(json!(texts(&found, "name")), expected, "{parent}: {q}");
        let none = shop.list(&format!("tree?{parent}&q=nowhere")).await;
        assert_eq!(none, Vec::<Value>::new(), "{parent}");
    }
    let found = shop.list(&format!("fields?table_id={table}&q=UST")).await;
    assert_eq!(texts(&found, "field_name"), ["customer"]);
    let path = format!("/api/metadata/fields?table_id={table}&q=UST&with_total=true");
    assert_eq!(shop.meta.admin().get(&path).await.expect(200)["total"], 1);
}

pub(super) async fn refuses_what_is_no_entry(server: Server) {
    let shop = Shop::registered(server).await;
    let api = shop.meta.admin();
    for (parent, kind) in [
        ("datasource-987654", "datasource-not-found"),
        ("database-987654", "database-not-found"),
        ("schema-987654-public", "database-not-found"),
        ("table-987654", "table-not-found"),
    ] {
        let _ = api
            .get(&format!("/api/metadata/tree?parent={parent}"))
            .await
            .problem(404, kind);
    }
    let problem = api
        .get("/api/metadata/tree?parent=index-7")
        .await
        .problem(422, "validation-failed");
    assert_eq!(problem["errors"][0]["pointer"], "/parent", "{problem}");
}
