//! What is managed of a data source that is paused.

use serde_json::json;
use test_support::Server;

use super::desk::{Desk, object, refs, settled};

#[tokio::test]
async fn it_waits_until_the_source_is_resumed() {
    let desk = Desk::registered(Server::MariaDb).await;
    let source = format!("/api/metadata/datasources/{}", desk.id);
    let api = desk.manager.admin();
    let pause = json!({ "paused": true });
    let _ = api.patch(&source, &pause).await.expect(200);
    let managed = desk.manage(&json!({})).await.expect(202);
    assert!(managed["scan_id"].is_null(), "{managed}");
    let id = refs(&managed)[0]["id"].clone();
    let waiting = object(&api, &id).await;
    assert_eq!(waiting["status"], "pending");
    let reason = waiting["last_error"].as_str().expect("a reason");
    assert!(reason.contains("paused"), "{reason}");

    let resume = json!({ "paused": false });
    let _ = api.patch(&source, &resume).await.expect(200);
    let ready = settled(&api, &id).await;
    assert_eq!(
        (&ready["status"], &ready["last_error"]),
        (&json!("ready"), &json!(null))
    );
}
