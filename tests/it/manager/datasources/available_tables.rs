//! `GET /api/manager/datasources/{id}/databases/{database}/available-tables`

use serde_json::{Value, json};
use test_support::{Api, Installation, Proxy, Server};

use crate::manager::desk::{Desk, ledger, refs, settled, values};

fn path(id: i64, database: &str) -> String {
    format!("/api/manager/datasources/{id}/databases/{database}/available-tables")
}

async fn tables(api: &Api, path: &str) -> (Value, Vec<Value>) {
    let page = api.get(path).await.expect(200);
    let tables = page["tables"].as_array().expect("tables").clone();
    (page, tables)
}

/// A table of which only the name is known.
fn live(server: Server, table: &str, is_managed: bool) -> Value {
    json!({
        "table_id": null, "table_schema": server.schema(), "table_name": table, "table_type": null,
        "row_count": null, "table_comment": null, "is_scanned": false, "is_managed": is_managed,
    })
}

pub(super) async fn are_live_until_the_database_is_scanned(server: Server) {
    let desk = Desk::registered(server).await;
    let (api, name) = (desk.manager.admin(), desk.source.database.as_str());
    let path = path(desk.id, name);
    let live = |table: &str, is_managed: bool| live(server, table, is_managed);
    let (page, found) = tables(&api, &path).await;
    assert_eq!(
        page,
        json!({
            "resource_id": desk.id, "resource_name": name, "database_name": name, "source": "live",
            "tables": found, "next_cursor": null,
        })
    );
    assert_eq!(
        found,
        [
            live("big_orders", false),
            live("customers", false),
            live("orders", false)
        ]
    );

    // A scan of one table does not hide the others.
    let managed = desk
        .manage(&json!({ "tables": ["orders"] }))
        .await
        .expect(202);
    settled(&api, &refs(&managed)[0]["id"]).await;
    desk.source
        .execute("create table newer (id int primary key)")
        .await;
    let (page, found) = tables(&api, &path).await;
    assert_eq!(page["source"], "live");
    let expected = [
        live("big_orders", false),
        live("customers", false),
        live("newer", false),
        live("orders", true),
    ];
    assert_eq!(found, expected);

    let managed = desk.manage(&json!({})).await.expect(202);
    settled(&api, &refs(&managed)[0]["id"]).await;
    desk.source
        .execute("create table later (id int primary key)")
        .await;
    are_those_of_the_catalog(&api, &path).await;
}

/// All are read and managed with their database; one that came since is not among them.
async fn are_those_of_the_catalog(api: &Api, path: &str) {
    let (page, found) = tables(api, path).await;
    assert_eq!(page["source"], "catalog");
    assert_eq!(
        values(&found, "table_name"),
        ["big_orders", "customers", "newer", "orders"]
    );
    assert_eq!(
        values(&found, "table_type"),
        ["VIEW", "TABLE", "TABLE", "TABLE"]
    );
    assert_eq!(
        (&found[1]["row_count"], &found[3]["row_count"]),
        (&json!(2), &json!(1))
    );
    assert!(
        found.iter().all(|table| table["is_managed"] == true
            && table["is_scanned"] == true
            && table["table_id"].is_i64()),
        "managed with their database: {found:?}"
    );
}

#[tokio::test]
async fn a_list_stays_where_it_began() {
    let desk = Desk::registered(Server::Postgres).await;
    let api = desk.manager.admin();
    let path = path(desk.id, &desk.source.database);
    let page = api.get(&format!("{path}?limit=1")).await.expect(200);
    let live = page["next_cursor"].as_str().expect("there is more");
    desk.scan().await;
    let (page, found) = tables(&api, &format!("{path}?limit=5&cursor={live}")).await;
    assert_eq!(
        (&page["source"], &page["next_cursor"]),
        (&json!("live"), &json!(null))
    );
    assert_eq!(values(&found, "table_name"), ["customers", "orders"]);
    let page = api.get(&format!("{path}?limit=2")).await.expect(200);
    let catalog = page["next_cursor"].as_str().expect("there is more");
    let (page, found) = tables(&api, &format!("{path}?limit=2&cursor={catalog}")).await;
    assert_eq!(
        (&page["source"], values(&found, "table_name")),
        (&json!("catalog"), vec![json!("orders")])
    );
    for query in [
        format!("cursor={catalog}&q=o"),
        "cursor=x".to_owned(),
        format!("cursor={live}x"),
    ] {
        let _ = api
            .get(&format!("{path}?{query}"))
            .await
            .problem(400, "invalid-cursor");
    }
}

#[tokio::test]
async fn names_can_be_searched_in_both() {
    let desk = Desk::registered(Server::MariaDb).await;
    let api = desk.manager.admin();
    let path = path(desk.id, &desk.source.database);
    for source in ["live", "catalog"] {
        for (q, expected) in [
            ("ORDERS", vec!["big_orders", "orders"]),
            ("custom", vec!["customers"]),
            ("zzz", vec![]),
        ] {
            let (page, found) = tables(&api, &format!("{path}?q={q}")).await;
            assert_eq!(
                (&page["source"], values(&found, "table_name")),
                (
                    &json!(source),
                    expected.into_iter().map(Value::from).collect()
                ),
                "{q}"
            );
        }
        if source == "live" {
            desk.scan().await;
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_404_and_a_source_that_is_away_502() {
    let source = ledger(Server::Postgres).await;
    let proxy = Proxy::to(Server::Postgres).await;
    let meta = Installation::new().await.meta().await;
    let body = source.registration_through("cut", proxy.port);
    let created = meta
        .admin()
        .post("/api/metadata/datasources", &body)
        .await
        .expect(201);
    let id = meta.registered(created).await;
    let manager = meta.installation.manager(&meta.url).await;
    let api = manager.admin();
    let unknown = api.get(&path(id, "no%20such%2Fdatabase")).await;
    let problem = unknown.problem(404, "database-not-found");
    assert!(
        problem["detail"]
            .as_str()
            .is_some_and(|detail| detail.contains("no such/database")),
        "{problem}"
    );
    let _ = api
        .get(&path(424_242, &source.database))
        .await
        .problem(404, "datasource-not-found");
    proxy.cut();
    let problem = api
        .get(&path(id, &source.database))
        .await
        .problem(502, "datasource-unreachable");
    assert!(!problem.to_string().contains(&source.password), "{problem}");
}
