//! The `OpenAPI` document and what is open to everyone; and the list of operations for other tests.

use http::Method;
use insta::assert_snapshot;
use serde_json::{Value, json};
use test_support::{Answer, Api, Installation, Meta};

/// One operation of the API, as the document has it.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub(super) method: Method,
    /// With names in braces.
    pub(super) path: String,
    /// What the document says of it.
    pub(super) says: String,
}

impl Operation {
    /// Sends it with ids that nobody has and a sound body.
    pub(super) async fn send(&self, api: &Api) -> Answer {
        self.send_with(api, |_| "424242".to_owned()).await
    }

    /// Sends it with the ids that `id` gives for the part of the path before it, and a sound body.
    pub(super) async fn send_with(&self, api: &Api, id: impl Fn(&str) -> String) -> Answer {
        let mut path = String::new();
        for part in self.path.split('/').skip(1) {
            let own = if part.starts_with('{') {
                id(path.rsplit('/').next().unwrap_or_default())
            } else {
                part.to_owned()
            };
            path = format!("{path}/{own}");
        }
        if path.contains("/jobs/424242") {
            path = path.replace("424242", "019e0000-0000-7000-8000-000000000000");
        }
        let query = match path.rsplit('/').next() {
            Some("databases") => "?resource_id=424242",
            Some("tables") => "?database_id=424242",
            Some("fields") => "?table_id=424242",
            _ => "",
        };
        let query = if self.method == Method::DELETE {
            "?confirm=x"
        } else {
            query
        };
        api.send(
            self.method.clone(),
            &format!("{path}{query}"),
            self.body().as_ref(),
        )
        .await
    }

    fn body(&self) -> Option<Value> {
        match (self.method.as_str(), self.path.as_str()) {
            ("POST", "/api/metadata/datasources") => Some(json!({
                "name": test_support::unique("made"), "datasource_type": "mysql", "host": "db.invalid", "port": 1,
                "username": "u", "password": "p",
            })),
            ("POST", "/api/metadata/datasources/test") => Some(json!({
                "datasource_type": "mysql", "host": "db.invalid", "port": 1, "username": "u", "password": "p",
            })),
            ("POST", "/api/metadata/schedules") => Some(json!({
                "resource_id": 424_242, "level": 1, "cron": "@daily",
            })),
            ("PATCH", _) => Some(json!({})),
            ("POST", "/api/metadata/sync/auto") => Some(json!({ "resource_id": 424_242 })),
            ("POST", "/api/metadata/lookup") => Some(json!({ "table_ids": [424_242] })),
            ("POST", "/api/metadata/scan/deep") => {
                Some(json!({ "resource_id": 424_242, "database": "a" }))
            }
            _ => None,
        }
    }
}

/// Every operation that the served document has.
pub(super) async fn operations(meta: &Meta) -> Vec<Operation> {
    let document = meta
        .anonymous()
        .get("/api-docs/openapi.json")
        .await
        .expect(200);
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let method = method.to_uppercase().parse().expect("a method");
            let says = format!(
                "{} {}",
                operation["summary"].as_str().unwrap_or_default(),
                operation["description"]
            );
            operations.push(Operation {
                method,
                path: path.clone(),
                says,
            });
        }
    }
    assert!(operations.len() >= 17, "{operations:?}");
    operations
}

async fn idle() -> Meta {
    Installation::new()
        .await
        .meta_with(&[("META__WORKERS__CONCURRENCY", "0")])
        .await
}

#[tokio::test]
async fn the_document_has_these_operations() {
    let meta = idle().await;
    let list: Vec<String> = operations(&meta)
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
            for status in ["401", "403", "500"] {
                let content = &responses[status]["content"]["application/problem+json"];
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
