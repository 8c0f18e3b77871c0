//! `plumb manage` and `plumb object`.

use models::Role;
use serde_json::{Value, json};

use super::{Desk, ledger};

/// The members of an item that tests compare.
fn told(item: &Value) -> Value {
    json!([item["table"], item["status"], item["permission"]])
}

#[tokio::test]
async fn what_is_managed_becomes_ready() {
    let desk = Desk::registered(ledger().await).await;
    let database = desk.source.database.as_str();
    let tables = [
        "--tables",
        "customers,public.orders",
        "--permission",
        "write",
    ];
    let manage = [&["manage", "shop", database, "--follow"], &tables[..]].concat();
    let managed = desk.run(&manage).await.exits(0);
    desk.settings()
        .bind(|| insta::assert_snapshot!("managed", managed.stdout));
    assert!(
        managed.stderr.contains("2 of 2 ready or failed"),
        "{managed}"
    );

    // Repeating it changes nothing.
    let again = [&manage[..], &["--format", "json"]].concat();
    let again = desk.run(&again).await.exits(0).json();
    let items = again["items"].as_array().expect("items");
    let expected = [
        json!(["customers", "ready", "write"]),
        json!(["public.orders", "ready", "write"]),
    ];
    assert_eq!(
        items.iter().map(told).collect::<Vec<_>>(),
        expected,
        "{again}"
    );

    let list = desk
        .run(&["object", "list", "--format", "json"])
        .await
        .exits(0);
    let api = desk
        .manager
        .admin()
        .get("/api/manager/managed-objects")
        .await;
    assert_eq!(list.json(), api.expect(200));
    let shown = desk
        .run(&["object", "list", "--source", "shop", "-q", "cust"])
        .await;
    let shown = shown.exits(0);
    assert_eq!(shown.stdout.lines().count(), 2, "{shown}");
    let failed = desk.run(&["object", "list", "--status", "failed"]).await;
    failed.only_says(0, &["nothing is managed"]);
}

#[tokio::test]
async fn the_exit_status_tells_what_failed() {
    let desk = Desk::registered(ledger().await).await;
    let database = desk.source.database.as_str();
    let manage = async |table: &[&str]| {
        let line = [&["manage", "shop", database, "--follow"], table].concat();
        desk.run(&line).await
    };
    let some = manage(&["--table", "orders", "--table", "absent"])
        .await
        .exits(3);
    assert!(
        some.stdout.contains("ready") && some.stdout.contains("failed"),
        "{some}"
    );
    let none = manage(&["--table", "absent"]).await.exits(1);
    assert!(none.stdout.contains("failed"), "{none}");
    let nowhere = desk.run(&["manage", "shop", "nowhere"]).await;
    nowhere.only_says(1, &["(404)", "plumb sync"]);
    let both = desk
        .run(&["manage", "shop", database, "--no-scan", "--follow"])
        .await;
    both.only_says(2, &["--no-scan"]);
    let viewer = desk
        .run_as(Role::Viewer, &["manage", "shop", database])
        .await;
    viewer.only_says(1, &["(403)"]);
}

#[tokio::test]
async fn rows_of_what_is_managed_are_shown() {
    let desk = Desk::registered(ledger().await).await;
    let grant = format!(
        "grant usage on schema public to {0}; grant select on customers to {0}",
        desk.source.username
    );
    desk.source.execute(&grant).await;
    let database = desk.source.database.as_str();
    let manage = [
        "manage",
        "shop",
        database,
        "--table",
        "customers",
        "--follow",
    ];
    desk.run(&manage).await.exits(0);
    let list = desk.run(&["object", "list", "--format", "json"]).await;
    let id = list.exits(0).json()["items"][0]["id"].to_string();
    let preview = ["object", "preview", &id];
    let shown = desk.run_as(Role::Viewer, &preview).await.exits(0);
    let mut lines: Vec<_> = shown.stdout.lines().map(str::trim_end).collect();
    lines[1..].sort_unstable();
    assert_eq!(lines, ["id  name", "1   a", "2   b"], "{shown}");
    let more = [
        &preview[..],
        &[
            "--columns",
            "name",
            "--where",
            "id > 1 or name = 'a'",
            "--limit",
            "1",
        ],
    ]
    .concat();
    let shown = desk.run(&more).await.exits(0);
    assert_eq!(shown.stdout.lines().count(), 2, "{shown}");
    assert!(shown.stderr.contains("there are more rows"), "{shown}");
    let document = [&preview[..], &["--where", "id = 2", "--format", "json"]].concat();
    let document = desk.run(&document).await.exits(0).json();
    assert_eq!(document["rows"], json!([[2, "b"]]), "{document}");
    let wrong = [&preview[..], &["--where", "nmae = 'a'"]].concat();
    let wrong = desk.run(&wrong).await;
    wrong.only_says(1, &["(422)", "near to it is name"]);
}

#[tokio::test]
async fn objects_are_released() {
    let desk = Desk::registered(ledger().await).await;
    let database = desk.source.database.as_str();
    let manage = [
        "manage",
        "shop",
        database,
        "--no-scan",
        "--tables",
        "customers,orders",
    ];
    let managed = desk.run(&manage).await.exits(0);
    assert!(managed.stdout.contains("pending"), "{managed}");
    assert!(managed.stderr.contains("plumb object list"), "{managed}");
    let document = [&manage[..], &["--format", "json"]].concat();
    let document = desk.run(&document).await.exits(0).json();
    assert_eq!(document["status"], "accepted", "{document}");
    let id = |index: usize| document["managed_objects"][index]["id"].to_string();

    let release = desk.run(&["object", "release", &id(0)]).await.exits(0);
    assert_eq!(
        release.stdout,
        format!("object {} has been released\n", id(0))
    );
    let gone = desk.run(&["object", "release", &id(0)]).await;
    gone.only_says(1, &["(404)", "plumb object list"]);
    let release = ["object", "release", &id(1), "--format", "json"];
    desk.run(&release).await.only_says(0, &[]);
    desk.run(&["object", "list"])
        .await
        .only_says(0, &["nothing is managed"]);
}
