//! Bodies that cannot be read.

use http::Method;
use serde_json::{Value, json};
use test_support::{Installation, Meta};

/// Each route that takes a body, and its method.
const ROUTES: [(Method, &str); 5] = [
    (Method::POST, "/api/metadata/datasources"),
    (Method::POST, "/api/metadata/datasources/test"),
    (Method::PATCH, "/api/metadata/datasources/1"),
    (Method::POST, "/api/metadata/sync/auto"),
    (Method::POST, "/api/metadata/scan/deep"),
];

async fn idle() -> Meta {
    Installation::new()
        .await
        .meta_with(&[("META__WORKERS__CONCURRENCY", "0")])
        .await
}

#[tokio::test]
async fn malformed_json_is_told_with_its_position() {
    let meta = idle().await;
    for (method, path) in ROUTES {
        let body = "{\n  \"name\": \"shop\",,\n}".to_owned();
        let answer = meta
            .admin()
            .send_text(method, path, "application/json", body)
            .await;
        let problem = answer.problem(400, "malformed-request");
        let detail = problem["detail"].as_str().unwrap_or_default();
        assert!(
            detail.contains("line 2") && detail.contains("column 18"),
            "{path}: {detail}"
        );
    }
    for body in [
        "",
        "null",
        "[]",
        "\"x\"",
        "{\"a\":",
        "\u{feff}{}",
        "{} {}",
        &"[".repeat(10_000),
    ] {
        let answer = meta
            .admin()
            .send_text(
                Method::POST,
                ROUTES[0].1,
                "application/json",
                body.to_owned(),
            )
            .await;
        let short: String = body.chars().take(20).collect();
        assert!(
            matches!(answer.status, 400 | 422),
            "{short}: {}",
            answer.text
        );
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{short}"
        );
    }
}

#[tokio::test]
async fn an_unknown_field_is_named() {
    let meta = idle().await;
    for (method, path) in ROUTES {
        let answer = meta
            .admin()
            .send(
                method,
                path,
                Some(&json!({ "resource_id": 1, "nmae": "x" })),
            )
            .await;
        let problem = answer.problem(400, "unknown-field");
        assert!(problem.to_string().contains("nmae"), "{path}: {problem}");
    }
}

#[tokio::test]
async fn a_body_of_two_mebibytes_is_refused() {
    let meta = idle().await;
    for (method, path) in ROUTES {
        let body = json!({ "name": "x".repeat(2 * 1024 * 1024) });
        let _ = meta
            .admin()
            .send(method, path, Some(&body))
            .await
            .problem(413, "body-too-large");
    }
}

#[tokio::test]
async fn what_is_not_json_is_refused() {
    let meta = idle().await;
    for (method, path) in ROUTES {
        for kind in [
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
        ] {
            let answer = meta
                .admin()
                .send_text(method.clone(), path, kind, "{}".to_owned())
                .await;
            let _ = answer.problem(415, "unsupported-media-type");
        }
    }
}

/// What is wrong with a deep scan's request, and the place that the answer must name.
fn wrong_requests() -> Vec<(Value, &'static str)> {
    let target = json!({ "database": "a" });
    let with = |members: Value| {
        let mut body = json!({ "resource_id": 1, "database": "a" });
        for (name, member) in members.as_object().expect("members") {
            body[name] = member.clone();
        }
        body
    };
    vec![
        (
            with(json!({ "include_statistics": true })),
            "/include_statistics",
        ),
        (with(json!({ "include_tables": false })), "/include_tables"),
        (with(json!({ "database": "" })), "/database"),
        (with(json!({ "targets": [target] })), "/targets"),
        (with(json!({ "tables": [] })), "/tables"),
        (with(json!({ "tables": ["x", ""] })), "/tables/1"),
        (with(json!({ "mode": "quick" })), "/mode"),
        (with(json!({ "resource_id": "1" })), "/resource_id"),
        (with(json!({ "resource_id": 0 })), "/resource_id"),
        (json!({ "database": "a" }), "/resource_id"),
        (json!({ "resource_id": 1 }), "/database"),
        (json!({ "resource_id": 1, "targets": [] }), "/targets"),
        (
            json!({ "resource_id": 1, "targets": [target, target] }),
            "/targets/1/database",
        ),
        (
            json!({ "resource_id": 1, "tables": ["x"], "targets": [target] }),
            "/tables",
        ),
    ]
}

#[tokio::test]
async fn a_deep_scan_says_what_it_cannot_do() {
    let meta = idle().await;
    let api = meta.admin();
    for (body, pointer) in wrong_requests() {
        let problem = api
            .post("/api/metadata/scan/deep", &body)
            .await
            .problem(422, "validation-failed");
        let errors = problem["errors"].as_array().expect("errors");
        assert_eq!(
            (errors.len(), &errors[0]["pointer"]),
            (1, &json!(pointer)),
            "{body}: {problem}"
        );
    }
    let body = json!({ "resource_id": 424_242, "database": "a" });
    let _ = api
        .post("/api/metadata/scan/deep", &body)
        .await
        .problem(404, "datasource-not-found");
    let body = json!({ "resource_id": 424_242 });
    let _ = api
        .post("/api/metadata/sync/auto", &body)
        .await
        .problem(404, "datasource-not-found");
}

#[tokio::test]
async fn unknown_paths_and_methods_are_problems() {
    let meta = idle().await;
    let api = meta.admin();
    let _ = api
        .get("/api/metadata/nothing")
        .await
        .problem(404, "route-not-found");
    let _ = api.get("/nothing").await.problem(404, "route-not-found");
    let answer = api.delete("/api/metadata/datasources").await;
    let allowed = answer.header("allow").to_owned();
    let _ = answer.problem(405, "method-not-allowed");
    assert!(
        allowed.contains("GET") && allowed.contains("POST"),
        "{allowed}"
    );
}
