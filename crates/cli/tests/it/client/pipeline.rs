//! `plumb pipeline` and `plumb overview`.

use models::Role;
use serde_json::{Value, json};
use test_support::eventually;

use super::{Desk, ledger};

/// The id of a table of the source's own database.
async fn table(desk: &Desk, name: &str) -> Value {
    let line = [
        "table",
        "show",
        "shop",
        &desk.source.database,
        name,
        "--format",
        "json",
    ];
    let page = desk.run(&line).await.exits(0).json();
    page["id"].clone()
}

/// A file with a definition, whose fill is run outside.
async fn definition(desk: &Desk, name: &str) -> String {
    let body = json!({
        "name": name, "sync_table_id": table(desk, "customers").await, "biz_table_id": table(desk, "orders").await,
        "fill": { "kind": "external" }, "etl": { "kind": "http", "url": "https://etl.example.org/run" },
        "delta": { "method": "key", "sync_column": "id", "biz_column": "customer" },
        "target": { "etl_seconds": 3600 }, "threshold": 500,
    });
    file(desk, &format!("{name}.json"), &body)
}

fn file(desk: &Desk, name: &str, body: &Value) -> String {
    let path = desk.home.beside(name);
    std::fs::write(&path, body.to_string()).expect("a file");
    path.to_str().expect("a path").to_owned()
}

#[tokio::test]
async fn pipelines_are_made_shown_and_changed() {
    let desk = Desk::scanned(ledger().await).await;
    let file_name = definition(&desk, "orders").await;
    let made = desk.run(&["pipeline", "add", &file_name]).await.exits(0);
    let show = desk.run(&["pipeline", "show", "orders"]).await.exits(0);
    let list = desk.run(&["pipeline", "list"]).await.exits(0);
    let overview = desk.run(&["overview"]).await.exits(0);
    let mut settings = desk.settings();
    settings.add_filter(r"(?m)^\d+  orders", "ID  orders");
    settings.add_filter(r"\(\d+\)", "(ID)");
    // PostgreSQL lists databases of other tests too.
    settings.add_filter(r"(shop  postgresql  success  TIME)  .*", "$1  FIGURES");
    settings.bind(|| {
        insta::assert_snapshot!("pipeline_made", made.stdout);
        insta::assert_snapshot!("pipeline_shown", show.stdout);
        insta::assert_snapshot!("pipelines_listed", list.stdout);
        insta::assert_snapshot!("overview", overview.stdout);
    });

    let change = file(
        &desk,
        "change.json",
        &json!({ "threshold": null, "name": "all" }),
    );
    let edit = ["pipeline", "edit", "orders", &change, "--format", "json"];
    let changed = desk.run(&edit).await.exits(0).json();
    assert_eq!(
        (&changed["threshold"], &changed["name"]),
        (&Value::Null, &json!("all"))
    );
    let id = changed["id"].to_string();
    for named in ["all", &id] {
        let show = ["pipeline", "show", named, "--format", "json"];
        assert_eq!(desk.run(&show).await.exits(0).json(), changed);
    }
    let removed = desk.run(&["pipeline", "remove", "all"]).await.exits(0);
    assert_eq!(removed.stdout, "pipeline all has been removed\n");
    let none = desk.run(&["pipeline", "list"]).await.exits(0);
    assert!(none.stderr.contains("plumb pipeline add"), "{none}");
}

#[tokio::test]
async fn new_rows_are_seen_and_processed() {
    let source = ledger().await;
    let grant = format!("grant all on customers, orders to {}", source.username);
    source.execute(&grant).await;
    let desk = Desk::scanned(source).await;
    let writable = ["source", "edit", "shop", "--writable"];
    desk.run(&writable).await.exits(0);
    let orders = definition(&desk, "orders").await;
    desk.run(&["pipeline", "add", &orders]).await.exits(0);
    let statement = "insert into orders select id + 1000, id from customers where id not in (select customer from orders)";
    let etl = json!({ "etl": { "kind": "sql", "statement": statement }, "threshold": null });
    let etl = file(&desk, "etl.json", &etl);
    desk.run(&["pipeline", "edit", "orders", &etl])
        .await
        .exits(0);
    // One of the two that were there has an order.
    let rows = "insert into customers select id, 'new' from generate_series(3, 513) id";
    desk.source.execute(rows).await;
    let measure = ["pipeline", "measure", "orders", "--follow"];
    desk.run(&measure).await.exits(0);
    let standing = async || {
        let overview = desk.run(&["overview", "--format", "json"]).await.exits(0);
        overview.json()["pipelines"][0].clone()
    };
    assert_eq!(standing().await["pending_rows"], 512);
    let run = [
        "pipeline", "run-etl", "orders", "--follow", "--format", "json",
    ];
    let job = desk.run_as(Role::Operator, &run).await.exits(0).json();
    assert_eq!(job["records_processed"], 512);
    let after = eventually("what waits to be counted anew", async || {
        Some(standing().await).filter(|it| it["pending_rows"] == 0)
    })
    .await;
    assert_eq!(after["last_processed_at"], job["completed_at"]);
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    let desk = Desk::scanned(ledger().await).await;
    let orders = definition(&desk, "orders").await;
    desk.run(&["pipeline", "add", &orders]).await.exits(0);
    desk.run(&["pipeline", "add", "not-there.json"])
        .await
        .only_says(2, &["not-there.json cannot be read"]);
    let odd = file(&desk, "odd.json", &json!({ "name": "orders" }));
    desk.run(&["pipeline", "add", &odd])
        .await
        .only_says(2, &["is not what is needed", "sync_table_id"]);
    desk.run(&["pipeline", "show", "order"])
        .await
        .only_says(1, &["there is no pipeline", "did you mean \"orders\"?"]);
    desk.run(&["pipeline", "sync", "orders"])
        .await
        .only_says(1, &["plumb job run", "outside"]);
    let empty = file(&desk, "empty.json", &json!({}));
    desk.run(&["pipeline", "edit", "orders", &empty])
        .await
        .only_says(2, &["nothing to change"]);
    let measure = ["pipeline", "measure", "orders"];
    desk.run_as(Role::Viewer, &measure)
        .await
        .only_says(1, &["(403)"]);
    let started = desk.run_as(Role::Operator, &measure).await.exits(0);
    assert!(started.stderr.contains("plumb job watch"), "{started}");
}
