//! A password that a caller gives is told to the data source and to nobody else.

use std::fmt::Write as _;

use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;
use test_support::{Installation, Logs, Server, Source};

use super::shop::SHOP;

/// Every row of every table of the store that holds rows of `meta`, as text.
async fn all_rows(admin: &mut PgConnection) -> String {
    let tables: Vec<String> = sqlx::query_scalar(
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('metadata', 'graphile_worker') and c.relkind in ('r', 'p')",
    )
    .fetch_all(&mut *admin)
    .await
    .expect("the list of tables");
    let mut text = String::new();
    for table in tables {
        let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!(
            "select to_jsonb(t)::text from {table} t"
        )))
        .fetch_all(&mut *admin)
        .await
        .expect("its rows");
        text.push_str(&rows.join("\n"));
    }
    text
}

/// How a text looks in a column of bytes.
fn hexadecimal(text: &str) -> String {
    let mut digits = String::new();
    for byte in text.bytes() {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

pub(super) async fn a_password_is_nowhere_but_at_the_source(server: Server) {
    let source = Source::create(server).await;
    source.execute(SHOP).await;
    // From here on: making the login was the test's own affair.
    let logs = Logs::collect();
    let meta = Installation::new().await.meta().await;
    let id = meta.register(&source).await;
    let api = meta.admin();
    let mut said = vec![
        meta.scan(&serde_json::json!({ "resource_id": id, "database": source.database }))
            .await
            .to_string(),
    ];
    let path = format!("/api/metadata/datasources/{id}");
    let change = serde_json::json!({ "password": source.password, "username": "nobody" });
    said.push(api.patch(&path, &change).await.text);
    // The sync that it starts must be out of the way of the one below.
    let syncs = api.get("/api/metadata/sync-logs?limit=1").await.expect(200);
    let _ = meta
        .ended(syncs["items"][0]["id"].as_i64().expect("a number"))
        .await;
    let test = format!("{path}/test");
    said.push(api.send(http::Method::POST, &test, None).await.text);
    for (port, password) in [
        (1, source.password.as_str()),
        (source.server.address().1, &source.password),
    ] {
        let mut body = source.registration_through("x", port);
        body.as_object_mut().expect("an object").remove("name");
        body["username"] = "nobody".into();
        body["password"] = password.into();
        said.push(api.post("/api/metadata/datasources/test", &body).await.text);
        // Refused bodies are repeated by no message either.
        body["unknown"] = true.into();
        said.push(api.post("/api/metadata/datasources/test", &body).await.text);
        body["port"] = password.into();
        said.push(api.post("/api/metadata/datasources", &body).await.text);
    }
    let sync = serde_json::json!({ "resource_id": id, "force": true });
    let failed = api.post("/api/metadata/sync/auto", &sync).await.expect(202);
    let failed = meta
        .ended(failed["sync_id"].as_i64().expect("a number"))
        .await;
    assert_eq!(failed["status"], "FAILED", "{failed}");
    for list in ["datasources", "jobs", "sync-logs"] {
        said.push(api.get(&format!("/api/metadata/{list}")).await.text);
    }
    said.push(all_rows(&mut meta.installation.store().admin().await).await);
    let canary = source.password.as_str();
    let hex = hexadecimal(canary);
    for text in &said {
        assert!(!text.contains(canary) && !text.contains(&hex), "{text}");
    }
    let log = logs.text();
    assert!(
        log.contains("/api/metadata/datasources"),
        "the log was collected"
    );
    let leak: Vec<&str> = log.lines().filter(|line| line.contains(canary)).collect();
    assert_eq!(leak, Vec::<&str>::new());
}
