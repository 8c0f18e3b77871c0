//! Sources that cannot be read: the job fails and says what to do, and the catalog keeps what it had.

use serde_json::{Value, json};
use test_support::{Installation, Listener, Meta, Proxy, Server, Source, refused_port};

use super::shop::Shop;

/// Registers by a body whose first sync must fail. Answers with what the job says of it.
async fn failing(meta: &Meta, body: &Value) -> String {
    let api = meta.admin();
    let created = api
        .post("/api/metadata/datasources", body)
        .await
        .expect(201);
    let status = meta
        .ended(created["sync_id"].as_i64().expect("a number"))
        .await;
    assert_eq!(status["status"], "FAILED", "{status}");
    let path = format!(
        "/api/metadata/jobs/{}",
        created["job_id"].as_str().expect("text")
    );
    let job = api.get(&path).await.expect(200);
    assert_eq!(job["status"], "FAILED");
    let details = job["error_details"].as_str().expect("details").to_owned();
    let id = &created["datasource"]["id"];
    let source = api
        .get(&format!("/api/metadata/datasources/{id}"))
        .await
        .expect(200);
    assert_eq!(
        (&source["sync_status"], &source["error_message"]),
        (&json!("failed"), &json!(details))
    );
    assert_eq!(status["error_message"], details);
    let databases = api
        .get(&format!("/api/metadata/databases?resource_id={id}"))
        .await
        .expect(200);
    assert_eq!(databases["items"], json!([]));
    details
}

async fn meta() -> Meta {
    Installation::new()
        .await
        .meta_with(&[("META__SOURCES__CONNECT_TIMEOUT_SECONDS", "3")])
        .await
}

pub(super) async fn a_refused_login_fails_the_job(server: Server) {
    let source = Source::create(server).await;
    let mut body = source.registration("refused");
    body["password"] = "wrong-password".into();
    let details = failing(&meta().await, &body).await;
    let said = format!("the server refused the login {}", source.username);
    assert!(
        details.contains(&said) && details.contains("check user name, password"),
        "{details}"
    );
    assert!(!details.contains("wrong-password"), "{details}");
}

pub(super) async fn a_refused_port_fails_the_job(server: Server) {
    let source = Source::create(server).await;
    let (_socket, port) = refused_port();
    let details = failing(&meta().await, &source.registration_through("absent", port)).await;
    let said = format!("cannot connect to 127.0.0.1:{port}");
    assert!(
        details.contains(&said) && details.contains("check that the server runs"),
        "{details}"
    );
}

pub(super) async fn a_port_that_is_no_database_fails_the_job(server: Server) {
    let source = Source::create(server).await;
    let listener = Listener::saying(b"220 mail.example.org ESMTP\r\n").await;
    let details = failing(
        &meta().await,
        &source.registration_through("web", listener.port),
    )
    .await;
    let said = format!("127.0.0.1:{} does not speak the protocol of", listener.port);
    assert!(
        details.contains(&said) && details.contains("check the port"),
        "{details}"
    );
}

pub(super) async fn a_silent_port_fails_the_job(server: Server) {
    let source = Source::create(server).await;
    let listener = Listener::silent().await;
    let details = failing(
        &meta().await,
        &source.registration_through("silent", listener.port),
    )
    .await;
    assert!(
        details.contains("longer than 3 s") || details.contains("within 3 s"),
        "{details}"
    );
}

async fn staging_is_cleared(shop: &Shop) {
    let mut admin = shop.meta.installation.store().admin().await;
    for table in [
        "staging_tables",
        "staging_fields",
        "staging_details",
        "staging_objects",
        "staging_identities",
        "scan_checkpoints",
    ] {
        let left: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "select count(*) from metadata.{table}"
        )))
        .fetch_one(&mut admin)
        .await
        .expect("a count");
        assert_eq!(left, 0, "{table} is cleared");
    }
}

pub(super) async fn a_connection_cut_in_the_middle_leaves_the_catalog_as_it_was(server: Server) {
    let source = Source::create(server).await;
    source.create_tables(150).await;
    let proxy = Proxy::to(server).await;
    // So that both scans ask for the same.
    let settings = [("META__DEEP_SCAN__FULL_EVERY", "1")];
    let meta = Installation::new().await.meta_with(&settings).await;
    let body = source.registration_through("cut", proxy.port);
    let id = meta
        .registered(
            meta.admin()
                .post("/api/metadata/datasources", &body)
                .await
                .expect(201),
        )
        .await;
    let shop = Shop { meta, source, id };
    let status = shop.scan().await;
    assert_eq!(
        (&status["status"], &status["tables_scanned"]),
        (&json!("SUCCESS"), &json!(150)),
        "{status}"
    );
    let before = shop.catalog().await;
    // Another attempt would go on, and read it all in the end.
    shop.meta.installation.only_one_attempt().await;

    // The tables have arrived by then and their fields have not: something would be lost if parts were believed.
    shop.source
        .execute("drop table t001; create table t999 (id int primary key)")
        .await;
    proxy.cut_after(30_000);
    let status = shop.scan().await;
    assert_eq!(status["status"], "FAILED", "{status}");
    let said = status["error_message"].as_str().expect("a message");
    assert!(
        said.contains("the connection was cut while reading") && said.contains("scan again"),
        "{said}"
    );
    assert_eq!(shop.catalog().await, before);
    staging_is_cleared(&shop).await;

    proxy.release();
    let status = shop.scan().await;
    assert_eq!(
        (&status["status"], &status["tables_scanned"]),
        (&json!("SUCCESS"), &json!(150)),
        "{status}"
    );
    // The table and its 3 fields; the new one and its field.
    assert_eq!(
        (&status["changes"]["removed"], &status["changes"]["added"]),
        (&json!(1), &json!(2)),
        "{status}"
    );
}

pub(super) async fn a_server_that_goes_away_during_level_one_leaves_the_catalog_as_it_was(
    server: Server,
) {
    let source = Source::create(server).await;
    source.create_tables(2).await;
    let proxy = Proxy::to(server).await;
    let meta = Installation::new().await.meta().await;
    let body = source.registration_through("cut", proxy.port);
    let id = meta
        .registered(
            meta.admin()
                .post("/api/metadata/datasources", &body)
                .await
                .expect(201),
        )
        .await;
    let shop = Shop { meta, source, id };
    let before = shop.database(&shop.source.database).await;
    proxy.cut();
    let sync = json!({ "resource_id": id, "force": true });
    let started = shop
        .meta
        .admin()
        .post("/api/metadata/sync/auto", &sync)
        .await
        .expect(202);
    let status = shop
        .meta
        .ended(started["sync_id"].as_i64().expect("a number"))
        .await;
    assert_eq!(status["status"], "FAILED", "{status}");
    assert_eq!(shop.database(&shop.source.database).await, before);
}
