//! Bodies and parameters that cannot be taken.

use http::Method;
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use test_support::{Manager, Server};

use super::desk::{Desk, IdleDesk, MANAGE, OBJECTS, items};

/// Each route that takes a body, and its method.
const ROUTES: [(Method, &str); 2] = [
    (Method::POST, MANAGE),
    (Method::PATCH, "/api/manager/managed-objects/1"),
];

/// The pointers of the errors of a body that `POST /manage` refuses.
async fn refused(manager: &Manager, body: &Value) -> Vec<Value> {
    let problem = manager
        .admin()
        .post(MANAGE, body)
        .await
        .problem(422, "validation-failed");
    let errors = problem["errors"].as_array().expect("errors");
    errors
        .iter()
        .map(|error| error["pointer"].clone())
        .collect()
}

#[tokio::test]
async fn malformed_json_is_told_with_its_position() {
    let desk = IdleDesk::new().await;
    for (method, path) in ROUTES {
        let send = async |body: &str| {
            let method = method.clone();
            desk.manager
                .admin()
                .send_text(method, path, "application/json", body.to_owned())
                .await
        };
        let problem = send("{\n  \"database\": \"shop\",,\n}")
            .await
            .problem(400, "malformed-request");
        let detail = problem["detail"].as_str().unwrap_or_default();
        assert!(detail.contains("line 2 column 22"), "{path}: {detail}");
        for body in [
            "",
            "{\"a\":",
            "{} {}",
            "{\"database\": \"a\", \"database\": \"b\"}",
        ] {
            let _ = send(body).await.problem(400, "malformed-request");
        }
        for body in ["null", "[]", "\"x\""] {
            let answer = send(body).await;
            assert!(
                matches!(answer.status, 400 | 422),
                "{body}: {}",
                answer.text
            );
        }
    }
}

#[tokio::test]
async fn what_is_unknown_too_large_or_no_json_is_refused() {
    let desk = IdleDesk::new().await;
    let api = desk.manager.admin();
    for (method, path) in ROUTES {
        let body = json!({ "resource_id": 1, "databse": "x" });
        let problem = api
            .send(method.clone(), path, Some(&body))
            .await
            .problem(400, "unknown-field");
        assert!(problem.to_string().contains("databse"), "{problem}");
        let body = json!({ "database": "x".repeat(2 * 1024 * 1024) });
        let _ = api
            .send(method.clone(), path, Some(&body))
            .await
            .problem(413, "body-too-large");
        let answer = api
            .send_text(method.clone(), path, "text/plain", "{}".to_owned())
            .await;
        let _ = answer.problem(415, "unsupported-media-type");
    }
}

#[tokio::test]
async fn whatever_is_wrong_has_an_entry_of_its_own() {
    let desk = IdleDesk::new().await;
    assert_eq!(
        refused(&desk.manager, &json!({})).await,
        ["/resource_id", "/database"]
    );
    let body = json!({
        "resource_id": "1", "database": "", "tables": ["a", "", 7], "trigger_deep_scan": "yes", "permission": "owner",
    });
    let problem = desk
        .manager
        .admin()
        .post(MANAGE, &body)
        .await
        .problem(422, "validation-failed");
    assert_json_snapshot!("invalid", problem, { ".request_id" => "[id]" });
    assert_eq!(
        items(&desk.manager.admin(), OBJECTS).await,
        Vec::<Value>::new()
    );
}

#[tokio::test]
async fn each_value_has_its_limits() {
    let desk = IdleDesk::new().await;
    let source = desk.register("shop").await;
    let sound = json!({ "resource_id": source, "database": "a", "trigger_deep_scan": false });
    let (long, longer) = ("x".repeat(255), "x".repeat(256));
    let many: Vec<String> = (0..10_001).map(|number| format!("t{number}")).collect();
    for (key, value, pointer) in [
        ("resource_id", json!(0), "/resource_id"),
        ("resource_id", json!(null), "/resource_id"),
        ("database", json!(longer), "/database"),
        ("database", json!("a\u{0}b"), "/database"),
        ("tables", json!([]), "/tables"),
        ("tables", json!("orders"), "/tables"),
        ("tables", json!(many), "/tables"),
        ("tables", json!(["a", "x".repeat(512)]), "/tables/1"),
        ("tables", json!(["a", "b\u{0}"]), "/tables/1"),
        ("permission", json!("READ"), "/permission"),
    ] {
        let mut body = sound.clone();
        body[key] = value;
        assert_eq!(refused(&desk.manager, &body).await, [pointer], "{key}");
    }
    for (key, value) in [
        ("database", json!(long)),
        ("tables", json!(["x".repeat(511), "O'Hara\"; --", "名.%_"])),
    ] {
        let mut body = sound.clone();
        body[key] = value;
        let _ = desk.manager.admin().post(MANAGE, &body).await.expect(202);
    }
    assert_eq!(
        items(&desk.manager.admin(), &format!("{OBJECTS}?q=o'hara%22%3B"))
            .await
            .len(),
        1
    );
}

#[tokio::test]
async fn every_list_checks_its_parameters() {
    let desk = Desk::registered(Server::Postgres).await;
    let api = desk.manager.admin();
    let source = format!("/api/manager/datasources/{}", desk.id);
    for path in [
        "/api/manager/datasources".to_owned(),
        OBJECTS.to_owned(),
        format!("{source}/available-databases"),
        format!(
            "{source}/databases/{}/available-tables",
            desk.source.database
        ),
    ] {
        for limit in ["0", "501", "-1", "x", "1.5", "99999999999", ""] {
            let problem = api
                .get(&format!("{path}?limit={limit}"))
                .await
                .problem(422, "validation-failed");
            assert_eq!(
                problem["errors"][0]["pointer"], "/limit",
                "{path}: {problem}"
            );
        }
        for limit in ["1", "500"] {
            let _ = api.get(&format!("{path}?limit={limit}")).await.expect(200);
        }
        for cursor in ["x", "", "e30"] {
            let _ = api
                .get(&format!("{path}?cursor={cursor}"))
                .await
                .problem(400, "invalid-cursor");
        }
        let problem = api
            .get(&format!("{path}?offset=10"))
            .await
            .problem(400, "unknown-field");
        assert!(problem.to_string().contains("offset"), "{problem}");
    }
    for (query, pointer) in [
        ("status=done", "/status"),
        ("resource_id=x", "/resource_id"),
        ("q=%00", "/q"),
        ("cursor=%00", "/cursor"),
    ] {
        let problem = api
            .get(&format!("{OBJECTS}?{query}"))
            .await
            .problem(422, "validation-failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    for path in [
        "datasources/x/available-databases",
        "datasources/1.5/databases/a/available-tables",
    ] {
        assert_eq!(
            api.get(&format!("/api/manager/{path}")).await.status,
            404,
            "{path}"
        );
    }
}
