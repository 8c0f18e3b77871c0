//! `plumb db list`, `table list`, `table show`, `field list` and `lookup`.

use serde_json::Value;
use test_support::Server;

use super::Desk;
use crate::scan::shop;

/// The table that `customers` of the fixture is: it has a schema where there are schemas.
fn orders(server: Server) -> &'static str {
    match server {
        Server::Postgres => "sales.orders",
        Server::MariaDb | Server::MySql => "orders",
    }
}

pub(super) async fn the_catalog_is_shown(server: Server) {
    let desk = Desk::scanned(shop(server).await).await;
    let database = desk.source.database.as_str();
    let list = ["db", "list", "shop", "-q", database];
    let tables = ["table", "list", "shop", database];
    let page = ["table", "show", "shop", database, "customers"];
    let fields = ["field", "list", "shop", database, orders(server)];
    let lookup = ["lookup", "shop", database, orders(server), "customer_id"];
    let mut shown = String::new();
    for line in [&list[..], &tables, &page, &fields, &lookup] {
        let ran = desk.run(line).await.exits(0);
        assert_eq!(ran.stderr, "", "{ran}");
        shown.extend(["$ plumb ", &line.join(" "), "\n", &ran.stdout, "\n"]);
    }
    let view = ["table", "show", "shop", database, "recent"];
    shown.push_str(&desk.run(&view).await.exits(0).stdout);
    desk.settings()
        .bind(|| insta::assert_snapshot!("shown", shown));
}

pub(super) async fn json_is_what_the_api_answers(server: Server) {
    let desk = Desk::scanned(shop(server).await).await;
    let api = desk.meta.admin();
    let database = desk.source.database.as_str();
    let json = async |line: &[&str]| {
        let ran = desk
            .run(&[line, &["--format", "json"]].concat())
            .await
            .exits(0);
        assert_eq!(ran.stderr, "", "{ran}");
        ran.json()
    };
    let same = async |line: &[&str], path: &str| {
        let answer = api.get(&format!("/api/metadata/{path}")).await.expect(200);
        assert_eq!(json(line).await, answer, "{line:?} as {path}");
        answer
    };
    let path = format!("databases?resource_id={}&limit=500", desk.id);
    same(&["db", "list", "shop"], &path).await;
    let id = desk.id.to_string();
    same(&["source", "show", &id], &format!("datasources/{id}")).await;
    let query = format!("databases?resource_id={id}&name={database}");
    let found = api.get(&format!("/api/metadata/{query}")).await.expect(200);
    let path = format!("tables?database_id={}", found["items"][0]["id"]);
    let tables = same(&["table", "list", "shop", database], &path).await;
    let is_customers = |table: &&Value| table["table_name"] == "customers";
    let tables = tables["items"].as_array().expect("items");
    let table = tables.iter().find(is_customers).expect("the table");
    let (table_id, schema) = (&table["id"], &table["table_schema"]);
    let path = format!("fields?table_id={table_id}");
    let fields = same(&["field", "list", "shop", database, "customers"], &path).await;

    let mut page = json(&["table", "show", "shop", database, "customers"]).await;
    let beside = page.as_object_mut().expect("an object");
    assert_eq!(beside.remove("fields"), Some(fields["items"].clone()));
    let path = format!("/api/metadata/relations?table_id={table_id}");
    let relations = api.get(&path).await.expect(200);
    assert_eq!(
        beside.remove("referenced_by"),
        Some(relations["items"].clone())
    );
    let path = format!("/api/metadata/tables/{table_id}");
    assert_eq!(page, api.get(&path).await.expect(200));

    let schema = schema.as_str().filter(|schema| !schema.is_empty());
    let schema = schema
        .map(|schema| format!("&schema={schema}"))
        .unwrap_or_default();
    let path = format!("lookup?source=shop&database={database}&table=customers&field=id{schema}");
    same(&["lookup", "shop", database, "customers", "id"], &path).await;
}
