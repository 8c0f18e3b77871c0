//! The `OpenAPI` document and what is open to everyone.

use insta::assert_snapshot;
use serde_json::{Value, json};
use test_support::Manager;

use super::desk::IdleDesk;
use crate::contract::document::all_operations;

async fn document(manager: &Manager) -> Value {
    manager
        .anonymous()
        .get("/api-docs/openapi.json")
        .await
        .expect(200)
}

#[tokio::test]
async fn the_document_has_these_operations() {
    let desk = IdleDesk::new().await;
    let operations = all_operations(&desk.manager.anonymous()).await;
    let list: Vec<String> = operations
        .iter()
        .map(|one| format!("{} {}", one.method, one.path))
        .collect();
    assert_snapshot!("operations", list.join("\n"));
}

#[tokio::test]
async fn every_operation_is_described_whole() {
    let desk = IdleDesk::new().await;
    let document = document(&desk.manager).await;
    let version = document["openapi"].as_str().unwrap_or_default();
    assert!(version.starts_with("3.1"), "{version}");
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let name = format!("{method} {path}");
            for key in ["summary", "description"] {
                assert!(
                    operation[key].as_str().is_some_and(|text| !text.is_empty()),
                    "{name}: {key}"
                );
            }
            let responses = operation["responses"].as_object().expect("responses");
            let succeeds = |status: &String| status.starts_with('2') || status == "default";
            assert!(responses.keys().any(succeeds), "{name} never succeeds");
            for status in ["401", "403", "500", "503"] {
                let content = &responses[status]["content"]["application/problem+json"];
                assert!(content.is_object(), "{name} has no problem for {status}");
            }
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(parameter["description"].is_string(), "{name}: {parameter}");
            }
        }
    }
}

/// A reference to a schema that is not there makes the document useless to generators.
#[tokio::test]
async fn every_reference_in_the_document_leads_somewhere() {
    let desk = IdleDesk::new().await;
    let document = document(&desk.manager).await;
    let mut open = vec![&document];
    let mut references = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(target)) = object.get("$ref") {
                    references += 1;
                    let pointer = target
                        .strip_prefix('#')
                        .expect("a reference inside the document");
                    assert!(document.pointer(pointer).is_some(), "{target} is not there");
                }
                open.extend(object.values());
            }
            Value::Array(array) => open.extend(array),
            _ => {}
        }
    }
    assert!(references > 20, "{references}");
}

#[tokio::test]
async fn health_metrics_and_documents_are_open() {
    let desk = IdleDesk::new().await;
    let api = desk.manager.anonymous();
    assert_eq!(
        api.get("/health/live").await.expect(200),
        json!({ "status": "ok" })
    );
    let ready = api.get("/health/ready").await.expect(200);
    assert_eq!(
        (&ready["status"], &ready["checks"][1]["name"]),
        (&json!("ok"), &json!("meta"))
    );
    let _ = desk
        .manager
        .admin()
        .get("/api/manager/managed-objects/424242")
        .await
        .problem(404, "managed-object-not-found");
    let metrics = api.get("/metrics").await;
    assert_eq!(
        (metrics.status, metrics.header("content-type")),
        (200, "text/plain; version=0.0.4; charset=utf-8")
    );
    let counted = r#"plumbline_http_requests_total{service="manager",method="GET",route="/api/manager/managed-objects/{id}",status="404"}"#;
    assert!(
        metrics.text.contains(counted),
        "requests are counted by route: {}",
        metrics.text
    );
    assert!(!metrics.text.contains("424242"), "{}", metrics.text);
    let page = api.get("/docs/").await;
    assert_eq!((page.status, page.text.contains("swagger")), (200, true));
}

#[tokio::test]
async fn every_answer_has_a_request_id() {
    let desk = IdleDesk::new().await;
    let api = desk.manager.admin();
    for path in [
        "/health/live",
        "/api/manager/datasources",
        "/api/metadata/datasources",
        "/nothing",
    ] {
        assert!(
            !api.get(path).await.header("x-request-id").is_empty(),
            "{path}"
        );
    }
    for path in ["/nothing", "/api/manager/nothing", "/api/nothing"] {
        let _ = api.get(path).await.problem(404, "route-not-found");
    }
    let answer = api.delete("/api/manager/manage").await;
    assert!(
        answer.header("allow").contains("POST"),
        "{:?}",
        answer.headers
    );
    let _ = answer.problem(405, "method-not-allowed");
}
