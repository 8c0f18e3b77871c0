//! How many connections a data source may be asked for at once.

use serde_json::{Value, json};
use test_support::{Installation, Proxy, Server, Source, eventually};

const PATH: &str = "/api/metadata/datasources";

pub(super) async fn holds_over_levels_and_replicas(server: Server) {
    let mut source = Source::create(server).await;
    let mut databases = vec![source.database.clone()];
    for _ in 0..3 {
        databases.push(source.add_database().await);
    }
    let proxy = Proxy::to(server).await;
    let installation = Installation::new().await;
    let (one, two) = tokio::join!(installation.meta(), installation.meta());
    let other = one.register(&source).await;
    let in_between = json!({ "resource_id": other, "database": source.database });

    // Whoever connects is kept waiting, so that all there ever will be are there.
    proxy.hold();
    let mut body = source.registration_through("shop", proxy.port);
    body["options"] = json!({ "max_connections": 1, "include_databases": databases });
    let created = one.admin().post(PATH, &body).await.expect(201);
    let id = &created["datasource"]["id"];
    let targets: Vec<Value> = databases
        .iter()
        .map(|database| json!({ "database": database }))
        .collect();
    let deep = json!({ "resource_id": id, "targets": targets });
    let started = two.admin().post("/api/metadata/scan/deep", &deep).await;
    let level_two = started.expect(202)["scan_id"].as_i64().expect("a number");
    eventually("a connection", async || {
        (proxy.connections() > 0).then_some(())
    })
    .await;
    assert_eq!(two.scan(&in_between).await["status"], "SUCCESS");
    assert_eq!(proxy.connections(), 1, "of both levels on both replicas");
    proxy.release();
    let level_one = created["sync_id"].as_i64().expect("a number");
    for scan in [level_one, level_two] {
        let ended = one.ended(scan).await;
        assert_eq!(ended["status"], "SUCCESS", "{ended}");
    }

    let wider = json!({ "options": { "max_connections": 3, "include_databases": databases } });
    let _ = one
        .admin()
        .patch(&format!("{PATH}/{id}"), &wider)
        .await
        .expect(200);
    eventually("good-byes", async || {
        (proxy.connections() == 0).then_some(())
    })
    .await;
    proxy.hold();
    let started = two.admin().post("/api/metadata/scan/deep", &deep).await;
    let scan = started.expect(202)["scan_id"].as_i64().expect("a number");
    eventually("three connections", async || {
        (proxy.connections() >= 3).then_some(())
    })
    .await;
    assert_eq!(one.scan(&in_between).await["status"], "SUCCESS");
    assert_eq!(proxy.connections(), 3, "of four databases");
    proxy.release();
    let ended = two.ended(scan).await;
    assert_eq!(ended["status"], "SUCCESS", "{ended}");
}
