//! Data sources that are left alone.

use serde_json::json;
use test_support::{Installation, Server, Source};

const PATH: &str = "/api/metadata/datasources";

#[tokio::test]
async fn a_paused_source_is_not_scanned_on_request() {
    let source = Source::create(Server::MariaDb).await;
    source.create_tables(1).await;
    let meta = Installation::new().await.meta().await;
    let id = meta.register(&source).await;
    let api = meta.admin();
    let path = format!("{PATH}/{id}");
    let pause = |paused: bool| json!({ "paused": paused });
    let paused = api.patch(&path, &pause(true)).await.expect(200);
    assert_eq!(
        (&paused["paused"], &paused["sync_status"]),
        (&json!(true), &json!("success")),
        "pausing reads nothing"
    );
    let sync = json!({ "resource_id": id, "force": true });
    let deep = json!({ "resource_id": id, "database": source.database });
    for (path, body) in [("sync/auto", &sync), ("scan/deep", &deep)] {
        let problem = api
            .post(&format!("/api/metadata/{path}"), body)
            .await
            .problem(409, "datasource-paused");
        let detail = problem["detail"].as_str().expect("text");
        assert!(detail.contains("resume it"), "{detail}");
    }
    // The connection may still be tried.
    let report = api.post(&format!("{path}/test"), &json!(null)).await;
    assert_eq!(report.expect(200)["ok"], true);
    // A change that wants a sync waits for the resumption too.
    let change = json!({ "password": source.password });
    let changed = api.patch(&path, &change).await.expect(200);
    assert_eq!(changed["sync_status"], "success");

    let resumed = api.patch(&path, &pause(false)).await.expect(200);
    assert_eq!(resumed["paused"], false);
    let status = meta.scan(&deep).await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
}
