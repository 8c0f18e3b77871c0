//! `/api/metadata/objects`

use serde_json::{Value, json};
use test_support::{Server, assert_has};

use super::shop::{Shop, texts};

/// A function of the same name and meaning on every server.
fn function(server: Server, factor: u8) -> String {
    match server {
        Server::Postgres => format!(
            "create or replace function times(n integer) returns integer language sql immutable as 'select n * {factor}'"
        ),
        Server::MariaDb | Server::MySql => format!(
            "drop function if exists times; create function times(n int) returns int deterministic return n * {factor}"
        ),
    }
}

async fn function_of(shop: &Shop, filter: &str) -> Vec<Value> {
    let database = shop.database(&shop.source.database).await["id"].clone();
    shop.list(&format!(
        "objects?database_id={database}&kind=FUNCTION{filter}"
    ))
    .await
}

pub(super) async fn are_listed_changed_and_removed(server: Server) {
    let shop = Shop::registered(server).await;
    shop.source.execute(&function(server, 2)).await;
    shop.scan().await;
    let found = function_of(&shop, "").await;
    assert_eq!(texts(&found, "object_name"), ["times"]);
    let single = shop
        .meta
        .admin()
        .get(&format!("/api/metadata/objects/{}", found[0]["id"]))
        .await
        .expect(200);
    assert_eq!(single, found[0]);
    assert_has(&single, &json!({ "object_schema": server.schema() }));
    assert!(
        single["definition"]
            .as_str()
            .is_some_and(|source| source.contains("n * 2")),
        "{single}"
    );
    shop.source.execute(&function(server, 3)).await;
    let status = shop.scan().await;
    assert_has(
        &status["changes"],
        &json!({ "added": 0, "changed": 1, "removed": 0, "renamed": 0 }),
    );
    assert_eq!(function_of(&shop, "").await[0]["id"], single["id"]);
    let changes = shop
        .list(&format!("changes?resource_id={}&limit=1", shop.id))
        .await;
    assert_has(
        &changes[0],
        &json!({ "change_type": "changed", "object_type": "object" }),
    );
    assert!(
        changes[0]["before"]["definition"] != changes[0]["after"]["definition"],
        "{changes:?}"
    );

    let drop = match server {
        Server::Postgres => "drop function times(integer)",
        Server::MariaDb | Server::MySql => "drop function times",
    };
    shop.source.execute(drop).await;
    shop.scan().await;
    assert_eq!(function_of(&shop, "").await, Vec::<Value>::new());
    assert_eq!(function_of(&shop, "&include_removed=true").await.len(), 1);
    shop.source.execute(&function(server, 3)).await;
    shop.scan().await;
    let back = function_of(&shop, "").await;
    assert_eq!(
        back[0]["id"], single["id"],
        "what returns is revived with its id"
    );
}
