//! Which databases and schemas are in the catalog, by patterns.

use serde_json::{Value, json};
use test_support::{Installation, Meta, Server, Source};

const PATH: &str = "/api/metadata/datasources";

/// The names of a list of the API.
async fn names(meta: &Meta, path: &str, key: &str) -> Vec<String> {
    let page = meta.admin().get(&format!("/api/metadata/{path}")).await;
    let page = page.expect(200);
    let items = page["items"].as_array().expect("items").iter();
    items
        .map(|item| item[key].as_str().expect("a name").to_owned())
        .collect()
}

async fn databases(meta: &Meta, id: i64) -> Vec<String> {
    let path = format!("databases?resource_id={id}&limit=500");
    names(meta, &path, "database_name").await
}

/// Changes the options of a source and waits for the sync that follows.
async fn set_options(meta: &Meta, id: i64, options: Value) {
    let change = json!({ "options": options });
    let changed = meta.admin().patch(&format!("{PATH}/{id}"), &change).await;
    assert_eq!(changed.expect(200)["sync_status"], "syncing");
    let logs = format!("/api/metadata/sync-logs?resource_id={id}&limit=1");
    let log = meta.admin().get(&logs).await.expect(200)["items"][0].clone();
    let ended = meta.ended(log["id"].as_i64().expect("a number")).await;
    assert_eq!(ended["status"], "SUCCESS", "{ended}");
}

pub(super) async fn choose_the_databases(server: Server) {
    let mut source = Source::create(server).await;
    let (own, other) = (source.database.clone(), source.add_database().await);
    let meta = Installation::new().await.meta().await;
    let api = meta.admin();
    let mut body = source.registration("shop");
    body["options"] = json!({ "include_databases": [own, other] });
    let id = meta
        .registered(api.post(PATH, &body).await.expect(201))
        .await;
    let mut both = vec![own.clone(), other.clone()];
    both.sort();
    assert_eq!(databases(&meta, id).await, both);

    // What is left out goes at once and comes back with its id.
    let list = format!("/api/metadata/databases?resource_id={id}&name={other}");
    let before = api.get(&list).await.expect(200)["items"][0]["id"].clone();
    let (rest, end) = other.split_at(other.len() - 1);
    set_options(
        &meta,
        id,
        json!({ "include_databases": [own, format!("{rest}?")], "exclude_databases": [format!("*{end}")] }),
    )
    .await;
    let left = if own.ends_with(end) {
        vec![]
    } else {
        vec![own.clone()]
    };
    assert_eq!(databases(&meta, id).await, left);
    let deep = json!({ "resource_id": id, "database": other });
    let refused = api.post("/api/metadata/scan/deep", &deep).await;
    let problem = refused.problem(422, "validation-failed");
    assert_eq!(problem["errors"][0]["pointer"], "/database");
    set_options(
        &meta,
        id,
        json!({ "include_databases": ["source*", own, other] }),
    )
    .await;
    let after = api.get(&list).await.expect(200)["items"][0]["id"].clone();
    assert_eq!(after, before);
}

#[tokio::test]
async fn choose_the_schemas() {
    let source = Source::create(Server::Postgres).await;
    source
        .execute(
            "create schema app; create schema app_old; create table app.a (id int); create table app_old.b (id int);
             create table c (id int); create function app_old.f() returns int language sql as 'select 1'",
        )
        .await;
    let meta = Installation::new().await.meta().await;
    let api = meta.admin();
    let id = meta.register(&source).await;
    let deep = json!({ "resource_id": id, "database": source.database });
    assert_eq!(meta.scan(&deep).await["tables_scanned"], 3);
    let own = source.database.clone();
    set_options(
        &meta,
        id,
        json!({ "include_databases": [own], "include_schemas": ["app*"], "exclude_schemas": ["*\\_old"] }),
    )
    .await;
    let path = format!("/api/metadata/databases?resource_id={id}&name={own}");
    let database = api.get(&path).await.expect(200)["items"][0].clone();
    assert_eq!(database["table_count"], 1, "level 1 counts the same tables");

    let status = meta.scan(&deep).await;
    assert_eq!(
        (&status["status"], &status["tables_scanned"]),
        (&json!("SUCCESS"), &json!(1)),
        "{status}"
    );
    let database = &database["id"];
    let tables = names(
        &meta,
        &format!("tables?database_id={database}"),
        "table_name",
    )
    .await;
    assert_eq!(tables, ["a"]);
    let kinds = names(
        &meta,
        &format!("objects?database_id={database}"),
        "object_name",
    )
    .await;
    assert_eq!(
        kinds,
        ["plpgsql", "app"],
        "neither the function nor the other schemas"
    );
    let live = format!("databases/{database}/table-names");
    assert_eq!(names(&meta, &live, "table_name").await, ["a"]);
    let selected = json!({ "resource_id": id, "database": own, "tables": ["app_old.b"] });
    let status = meta.scan(&selected).await;
    let error = status["failures"][0]["error"].as_str().expect("a failure");
    assert!(error.contains("patterns leave out its schema"), "{error}");
}

#[tokio::test]
async fn that_no_server_can_have_are_refused() {
    let meta = super::idle().await;
    let api = meta.admin();
    let mut body = super::unreachable("shop");
    for (options, pointer) in [
        (
            json!({ "include_schemas": ["a"] }),
            "/options/include_schemas",
        ),
        (
            json!({ "exclude_schemas": ["a"] }),
            "/options/exclude_schemas",
        ),
        (
            json!({ "include_databases": ["a", ""] }),
            "/options/include_databases/1",
        ),
        (
            json!({ "exclude_databases": ["a\\"] }),
            "/options/exclude_databases/0",
        ),
        (
            json!({ "exclude_databases": ["a\0"] }),
            "/options/exclude_databases/0",
        ),
        (
            json!({ "include_databases": vec!["a"; 101] }),
            "/options/include_databases",
        ),
    ] {
        body["options"] = options;
        let problem = api
            .post(PATH, &body)
            .await
            .problem(422, "validation-failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    body["options"] = json!({ "exclude_databases": ["a\\\\"] });
    let created = api.post(PATH, &body).await.expect(201);
    let path = format!("{PATH}/{}", created["datasource"]["id"]);
    let change = json!({ "options": { "include_schemas": ["a"] } });
    let problem = api
        .patch(&path, &change)
        .await
        .problem(422, "validation-failed");
    assert_eq!(problem["errors"][0]["pointer"], "/options/include_schemas");
}
