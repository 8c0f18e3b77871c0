//! `/api/metadata/changes`

use serde_json::{Value, json};
use test_support::{Server, assert_has};

use super::shop::Shop;

impl Shop {
    /// What a list of changes shows under a filter, newest first.
    async fn changes(&self, filter: &str) -> Vec<Value> {
        self.list(&format!("changes?limit=500&{filter}")).await
    }

    /// The changes that one more scan finds, in the order in which they were written.
    async fn found_after(&self, sql: &str) -> Vec<Value> {
        self.source.execute(sql).await;
        let status = self.scan().await;
        assert_eq!(status["status"], "SUCCESS", "{status}");
        let mut found = self.changes(&format!("resource_id={}", self.id)).await;
        found.retain(|change| change["scan_id"] == status["scan_id"]);
        found.reverse();
        found
    }
}

/// `added table orders.note` and the like, without the schema.
fn words(changes: &[Value]) -> Vec<String> {
    let mut words: Vec<String> = changes
        .iter()
        .map(|change| {
            let text = |key: &str| change[key].as_str().unwrap_or_default().to_owned();
            let field = match change["field_name"].as_str() {
                Some(field) => format!(".{field}"),
                None => String::new(),
            };
            let (what, kind) = (text("change_type"), text("object_type"));
            format!("{what} {kind} {}{field}", text("object_name"))
        })
        .collect();
    words.sort();
    words
}

/// The change of a field, or of a table where the field is ''.
fn of<'a>(changes: &'a [Value], table: &str, field: &str) -> &'a Value {
    let found = changes.iter().find(|change| {
        change["object_name"] == table && change["field_name"].as_str().unwrap_or_default() == field
    });
    found.unwrap_or_else(|| panic!("no change of {table}.{field} in {changes:?}"))
}

pub(super) async fn begin_with_a_baseline(server: Server) {
    let shop = Shop::registered(server).await;
    let database = shop.database(&shop.source.database).await["id"].clone();
    let filter = format!("database_id={database}");
    assert_eq!(shop.changes(&filter).await, Vec::<Value>::new());
    // A scan of some tables is no baseline, and tells no changes.
    let some =
        json!({ "resource_id": shop.id, "database": shop.source.database, "tables": ["orders"] });
    shop.meta.scan(&some).await;
    assert_eq!(shop.changes(&filter).await, Vec::<Value>::new());
    let status = shop.scan().await;
    let found = shop.changes(&filter).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_has(
        &found[0],
        &json!({
            "change_type": "baseline", "object_type": "database", "database_name": shop.source.database,
            "scan_id": status["scan_id"], "before": null,
        }),
    );
    assert_has(&found[0]["after"], &json!({ "tables": 3, "fields": 11 }));
    shop.scan().await;
    assert_eq!(shop.changes(&filter).await, found, "nothing has changed");
}

pub(super) async fn tell_what_was_added_changed_and_removed(server: Server) {
    let shop = Shop::scanned(server).await;
    let postgres = server == Server::Postgres;
    let widen = if postgres {
        "alter table customers alter name type varchar(90)"
    } else {
        "alter table customers modify name varchar(90) not null"
    };
    let found = shop
        .found_after(&format!(
            "{widen}; alter table customers drop column email; create table notes (id int primary key, note text);
             alter table orders add note varchar(20) default 'x'; drop view big_orders"
        ))
        .await;
    let expected = [
        "added field orders.note",
        "added table notes",
        "changed field customers.name",
        "changed table customers",
        "removed field customers.email",
        "removed table big_orders",
    ];
    assert_eq!(words(&found), expected);

    let name = of(&found, "customers", "name");
    let before = json!({ "column_type": name["before"]["column_type"] });
    assert_eq!(name["before"], before, "only what differs: {name}");
    assert!(
        name["before"]["column_type"]
            .as_str()
            .is_some_and(|text| text.contains("40"))
            && name["after"]["column_type"]
                .as_str()
                .is_some_and(|text| text.contains("90")),
        "{name}"
    );
    let added = of(&found, "orders", "note");
    assert_eq!(added["before"], Value::Null);
    assert_has(
        &added["after"],
        &json!({ "field_position": 5, "is_nullable": true }),
    );
    let gone = of(&found, "customers", "email");
    assert_eq!(gone["after"], Value::Null);
    assert_has(&gone["before"], &json!({ "field_position": 3 }));
    assert_has(
        &of(&found, "notes", "")["after"],
        &json!({ "table_type": "TABLE", "field_count": 2 }),
    );
    // The index of the dropped column went with it; the others are not told.
    let indexes = &of(&found, "customers", "")["before"]["indexes"];
    assert_eq!(indexes.as_array().map(Vec::len), Some(1), "{indexes}");
    assert_eq!(indexes[0]["name"], "customers_email");
    of_one_table(&shop, &found).await;
}

/// Each list shows its own, and `since` leaves out what came before.
async fn of_one_table(shop: &Shop, found: &[Value]) {
    let orders = shop.table("orders").await["id"].clone();
    let of_table = shop.changes(&format!("table_id={orders}")).await;
    assert!(!of_table.is_empty());
    assert!(
        of_table.iter().all(|change| change["table_id"] == orders),
        "{of_table:?}"
    );
    let moment = found[0]["changed_at"].as_str().expect("a time");
    let database = shop.database(&shop.source.database).await["id"].clone();
    let since = shop
        .changes(&format!("database_id={database}&since={moment}"))
        .await;
    assert!(
        since.len() >= found.len() && since.iter().all(|one| one["change_type"] != "baseline"),
        "{since:?}"
    );
}

pub(super) async fn tell_what_is_back(server: Server) {
    let shop = Shop::scanned(server).await;
    let view = shop.table("big_orders").await["id"].clone();
    shop.found_after("drop view big_orders").await;
    let found = shop
        .found_after("create view big_orders as select id, customer, total, placed from orders where total > 100")
        .await;
    assert_eq!(words(&found), ["added table big_orders"]);
    assert_eq!(found[0]["table_id"], view, "with its id");
    assert_has(&found[0]["after"], &json!({ "is_back": true }));
}

pub(super) async fn are_counted(server: Server) {
    let shop = Shop::scanned(server).await;
    shop.source
        .execute("create table more (id int primary key, word varchar(3)); drop view big_orders")
        .await;
    let status = shop.scan().await;
    assert_eq!(
        status["changes"],
        json!({ "added": 3, "changed": 0, "removed": 1, "renamed": 0 }),
        "a table with its two fields, and a view: {status}"
    );
    let logs = shop
        .list(&format!("sync-logs?resource_id={}&limit=1", shop.id))
        .await;
    assert_has(
        &logs[0],
        &json!({ "added_count": 3, "changed_count": 0, "removed_count": 1, "renamed_count": 0 }),
    );
}

pub(super) async fn want_exactly_one_id(server: Server) {
    let shop = Shop::registered(server).await;
    let api = shop.meta.admin();
    for query in ["", "?table_id=1&resource_id=1"] {
        let problem = api
            .get(&format!("/api/metadata/changes{query}"))
            .await
            .problem(422, "validation-failed");
        assert!(
            problem["detail"]
                .as_str()
                .is_some_and(|detail| detail.contains("exactly one of")),
            "{problem}"
        );
    }
    for since in [
        "yesterday",
        "2026-11-22",
        "2026-11-22T00:00:00Zx",
        "2026-13-01T00:00:00Z",
        "",
    ] {
        let problem = api
            .get(&format!(
                "/api/metadata/changes?resource_id=1&since={since}"
            ))
            .await
            .problem(422, "validation-failed");
        let detail = "must be a time as RFC 3339 has it, such as 2026-01-31T12:00:00Z";
        assert_eq!(
            problem["errors"],
            json!([{ "pointer": "/since", "detail": detail }]),
            "{since}"
        );
    }
    for (id, kind) in [
        ("table_id", "table-not-found"),
        ("database_id", "database-not-found"),
        ("resource_id", "datasource-not-found"),
    ] {
        let _ = api
            .get(&format!("/api/metadata/changes?{id}=987654"))
            .await
            .problem(404, kind);
    }
}
