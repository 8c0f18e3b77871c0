//! The `OpenAPI` document and what is open to everyone.

use insta::assert_snapshot;
use serde_json::{Value, json};
use test_support::{Installation, Meta};

use crate::contract::document::all_operations;

async fn idle() -> Meta {
    Installation::new()
        .await
        .meta_with(&[("META__WORKERS__CONCURRENCY", "0")])
        .await
}

#[tokio::test]
async fn the_document_has_these_operations() {
    let meta = idle().await;
    let list: Vec<String> = all_operations(&meta.anonymous())
        .await
        .iter()
        .map(|one| format!("{} {}", one.method, one.path))
        .collect();
    assert_snapshot!("operations", list.join("\n"));
}

#[tokio::test]
async fn every_operation_is_described_whole() {
    let meta = idle().await;
    let document = meta
        .anonymous()
        .get("/api-docs/openapi.json")
        .await
        .expect(200);
    assert!(
        document["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.1")),
        "{}",
        document["openapi"]
    );
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let name = format!("{method} {path}");
            assert!(
                operation["summary"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty()),
                "{name} has no summary"
            );
            let responses = operation["responses"].as_object().expect("responses");
            assert!(
                responses.keys().any(|status| status.starts_with('2')),
                "{name} never succeeds"
            );
            let is_open = operation["security"] == json!([{}]);
            let refusals = if is_open {
                &["500"][..]
            } else {
                &["401", "403", "500"]
            };
            for status in refusals {
                let content = &responses[*status]["content"]["application/problem+json"];
                assert!(content.is_object(), "{name} has no problem for {status}");
            }
            assert_eq!(
                path.contains('{'),
                responses.contains_key("404") && path.contains('{'),
                "{name}"
            );
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(parameter["description"].is_string(), "{name}: {parameter}");
            }
            if matches!(method.as_str(), "post" | "patch") && operation["requestBody"].is_object() {
                let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
                assert!(schema.is_object(), "{name} has no schema of its body");
            }
        }
    }
}

/// A reference to a schema that is not there makes the document useless to generators.
#[tokio::test]
async fn every_reference_in_the_document_leads_somewhere() {
    let meta = idle().await;
    let document = meta
        .anonymous()
        .get("/api-docs/openapi.json")
        .await
        .expect(200);
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
    let meta = idle().await;
    let api = meta.anonymous();
    let _ = api.get("/health/live").await.expect(200);
    let _ = api.get("/health/ready").await.expect(200);
    let _ = meta
        .admin()
        .get("/api/metadata/datasources")
        .await
        .expect(200);
    let metrics = api.get("/metrics").await;
    assert_eq!(metrics.status, 200);
    assert!(
        metrics.text.contains("/api/metadata/datasources"),
        "requests are counted by route: {}",
        metrics.text
    );
    let page = api.get("/docs/").await;
    assert_eq!((page.status, page.text.contains("swagger")), (200, true));
}

#[tokio::test]
async fn every_answer_has_a_request_id() {
    let meta = idle().await;
    for path in ["/health/live", "/api/metadata/datasources", "/nothing"] {
        assert!(
            !meta
                .admin()
                .get(path)
                .await
                .header("x-request-id")
                .is_empty(),
            "{path}"
        );
    }
}
