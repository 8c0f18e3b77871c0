//! `PATCH /api/metadata/datasources/{id}`

use serde_json::json;
use sqlx::Executor;
use test_support::{Installation, Proxy, Server, Source, eventually, refused_port};

use super::{idle, unreachable};

const PATH: &str = "/api/metadata/datasources";

pub(super) async fn changes_where_scans_connect(server: Server) {
    let source = Source::create(server).await;
    let (_socket, port) = refused_port();
    let mut body = source.registration_through("shop", port);
    body["password"] = "wrong".into();
    let meta = Installation::new().await.meta().await;
    let api = meta.admin();
    let created = api.post(PATH, &body).await.expect(201);
    assert_eq!(
        meta.ended(created["sync_id"].as_i64().expect("a number"))
            .await["status"],
        "FAILED"
    );
    let id = &created["datasource"]["id"];

    let (host, port) = server.address();
    let change = json!({ "host": host, "port": port, "password": source.password });
    let updated = api
        .patch(&format!("{PATH}/{id}"), &change)
        .await
        .expect(200);
    assert_eq!(
        (&updated["host"], &updated["port"]),
        (&json!(host), &json!(port))
    );
    assert_eq!(
        (&updated["datasource_name"], &updated["username"]),
        (&json!("shop"), &json!(source.username))
    );
    // What a sync finds has changed, so one starts by itself.
    assert_eq!(updated["sync_status"], "syncing");
    let logs = api.get("/api/metadata/sync-logs?limit=1").await.expect(200);
    let ended = meta
        .ended(logs["items"][0]["id"].as_i64().expect("a number"))
        .await;
    assert_eq!(ended["status"], "SUCCESS", "{ended}");
    let now = api.get(&format!("{PATH}/{id}")).await.expect(200);
    assert_eq!(
        (&now["sync_status"], &now["error_message"]),
        (&json!("success"), &json!(null))
    );
}

#[tokio::test]
async fn changes_what_is_named_and_nothing_else() {
    let meta = idle().await;
    let api = meta.admin();
    let mut body = unreachable("shop");
    body["options"] = json!({ "max_connections": 3 });
    let before = api.post(PATH, &body).await.expect(201)["datasource"].clone();
    let path = format!("{PATH}/{}", before["id"]);
    let after = api
        .patch(
            &path,
            &json!({ "name": "store", "tls": { "mode": "require" } }),
        )
        .await
        .expect(200);
    for (key, value) in before.as_object().expect("an object") {
        match key.as_str() {
            "datasource_name" => assert_eq!(after[key], "store"),
            "tls" => assert_eq!(after[key], json!({ "mode": "require" })),
            "updated_at" => assert_ne!(&after[key], value),
            _ => assert_eq!(&after[key], value, "{key}"),
        }
    }
    assert_eq!(
        api.patch(&path, &json!({})).await.expect(200)["datasource_name"],
        "store"
    );
}

#[tokio::test]
async fn reads_again_only_where_that_can_bring_something_else() {
    let settings = [
        ("META__WORKERS__CONCURRENCY", "0"),
        ("META__SECRETS__ALLOW_ENV", "SHOP"),
    ];
    let meta = Installation::new().await.meta_with(&settings).await;
    let api = meta.admin();
    let before = api.post(PATH, &unreachable("shop")).await.expect(201);
    let path = format!("{PATH}/{}", before["datasource"]["id"]);
    let mut admin = meta.installation.store().admin().await;
    let end = "update metadata.log_data_jobs set status = 'FAILED', completed_at = now() where status = 'QUEUED';
               update metadata.datasources set sync_status = 'failed'";
    for (change, reads) in [
        (json!({ "name": "store" }), false),
        (json!({ "options": { "max_connections": 1 } }), false),
        (
            json!({ "host": "db.invalid", "port": 3306, "username": "u" }),
            false,
        ),
        (json!({ "paused": true }), false),
        (json!({ "host": "other.invalid" }), false),
        (json!({ "paused": false }), true),
        (json!({ "port": 3307 }), true),
        (json!({ "username": "v" }), true),
        (json!({ "password": "p" }), true),
        (json!({ "password_from": "env:SHOP" }), true),
        (json!({ "tls": { "mode": "require" } }), true),
        (json!({ "database": "start" }), true),
        (
            json!({ "options": { "exclude_databases": ["tmp*"] } }),
            true,
        ),
        (
            json!({ "options": { "exclude_databases": ["tmp*"], "max_connections": 1 } }),
            false,
        ),
    ] {
        sqlx::raw_sql(end)
            .execute(&mut admin)
            .await
            .expect("all have ended");
        let after = api.patch(&path, &change).await.expect(200);
        let expected = if reads { "syncing" } else { "failed" };
        assert_eq!(after["sync_status"], expected, "{change}");
    }
}

#[tokio::test]
async fn a_taken_name_and_wrong_values_are_refused() {
    let meta = idle().await;
    let api = meta.admin();
    let _ = api.post(PATH, &unreachable("one")).await.expect(201);
    let two = api.post(PATH, &unreachable("two")).await.expect(201);
    let path = format!("{PATH}/{}", two["datasource"]["id"]);
    let _ = api
        .patch(&path, &json!({ "name": "one" }))
        .await
        .problem(409, "datasource-name-taken");
    let _ = api
        .patch(&path, &json!({ "name": "two" }))
        .await
        .expect(200);
    let problem = api
        .patch(&path, &json!({ "port": 0, "host": "" }))
        .await
        .problem(422, "validation-failed");
    let pointers: Vec<_> = problem["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|error| &error["pointer"])
        .collect();
    assert_eq!(pointers.len(), 2, "{problem}");
    let _ = api
        .patch(&path, &json!({ "datasource_type": "postgresql" }))
        .await
        .problem(400, "unknown-field");
    let _ = api
        .patch(&format!("{PATH}/424242"), &json!({}))
        .await
        .problem(404, "datasource-not-found");
}

/// Whoever changes a data source locks it, reads it and writes it; a sync that ends meanwhile waits
/// before it touches anything that hangs on it.
#[tokio::test]
async fn changes_a_source_whose_sync_is_ending() {
    let mut source = Source::create(Server::Postgres).await;
    let other = source.add_database().await;
    let hide = format!("alter database {other} rename to {other}_later");
    source.execute(&hide).await;
    let proxy = Proxy::to(Server::Postgres).await;
    let meta = Installation::new().await.meta().await;
    let mut body = source.registration_through("shop", proxy.port);
    // Those of other tests come and go.
    body["options"] = json!({ "include_databases": [source.database, other] });
    let created = meta.admin().post(PATH, &body).await.expect(201);
    let id = meta.registered(created).await;
    // Something new, which refers to the data source.
    let show = format!("alter database {other}_later rename to {other}");
    source.execute(&show).await;
    proxy.hold();
    let again = json!({ "resource_id": id, "force": true });
    let started = meta.admin().post("/api/metadata/sync/auto", &again).await;
    let sync = started.expect(202)["sync_id"].as_i64().expect("a number");
    eventually("the sync to run", async || {
        (proxy.connections() > 0).then_some(())
    })
    .await;

    let mut change = meta.installation.store().admin().await;
    let lock = "begin; select from metadata.datasources for no key update";
    let _ = change.execute(sqlx::raw_sql(lock)).await.expect("a lock");
    proxy.release();
    let mut admin = meta.installation.store().admin().await;
    eventually("the sync to wait for its end", async || {
        let waits = "select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'";
        let waiting: i64 = sqlx::query_scalar(waits)
            .fetch_one(&mut admin)
            .await
            .expect("a count");
        (waiting > 0).then_some(())
    })
    .await;
    let rename = "update metadata.datasources set datasource_name = 'store'; commit";
    let _ = change
        .execute(sqlx::raw_sql(rename))
        .await
        .expect("no deadlock");
    let ended = meta.ended(sync).await;
    assert_eq!(ended["status"], "SUCCESS", "{ended}");
}
