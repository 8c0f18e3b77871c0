//! One line for each request, by which it can be found in both logs.

use http::Method;
use models::Role;
use serde_json::{Value, json};
use test_support::{Installation, Listener, Program, Server, Source, TENANT, eventually};
use tokio::io::AsyncWriteExt as _;

/// The lines that tell how a request ended.
fn ended(program: &Program) -> Vec<Value> {
    let is_end = |line: &Value| {
        let said = line["message"].as_str().unwrap_or_default();
        said == "request finished" || said == "request abandoned"
    };
    program.lines().into_iter().filter(is_end).collect()
}

/// The one line of this log on the request with this id.
async fn one_line(program: &Program, id: &str) -> Value {
    let of_it = |line: &Value| line["span"]["request_id"] == id;
    eventually("a line on the request", async || {
        ended(program).iter().any(of_it).then_some(())
    })
    .await;
    let mut lines: Vec<Value> = ended(program).into_iter().filter(of_it).collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines.remove(0)
}

/// What is asked, and the status and the route that the line must name.
fn requests() -> Vec<(Method, &'static str, Option<Value>, u16, &'static str)> {
    let sources = "/api/metadata/datasources";
    vec![
        (
            Method::GET,
            "/api/metadata/databases?resource_id=7&q=secret",
            None,
            404,
            "/api/metadata/databases",
        ),
        (
            Method::GET,
            "/api/metadata/datasources/7",
            None,
            404,
            "/api/metadata/datasources/{id}",
        ),
        (
            Method::POST,
            sources,
            Some(json!({ "name": 7 })),
            422,
            sources,
        ),
        (
            Method::POST,
            sources,
            Some(json!({ "nmae": 7 })),
            400,
            sources,
        ),
        (Method::GET, "/api/metadata/nothing", None, 404, "unmatched"),
        (Method::DELETE, sources, None, 405, sources),
    ]
}

#[tokio::test]
async fn each_request_has_one_line() {
    let installation = Installation::new().await;
    let meta = installation.meta_program("info").await;
    let admin = meta.api(&installation, installation.token(TENANT, Role::Admin));
    for (index, (method, path, body, status, route)) in requests().into_iter().enumerate() {
        let id = format!("of-a-caller-{index}");
        let api = admin.clone().with_header("x-request-id", &id);
        let answer = api.send(method.clone(), path, body.as_ref()).await;
        assert_eq!(
            (answer.status, answer.header("x-request-id")),
            (status, &*id),
            "{}",
            answer.text
        );
        let line = one_line(&meta, &id).await;
        let span = &line["span"];
        let expected = [
            json!(method.as_str()),
            json!(route),
            json!(TENANT.0),
            json!("ada"),
        ];
        let found = ["method", "route", "tenant", "subject"].map(|key| span[key].clone());
        // What is no route is told before anybody is asked for a token.
        let known = if route == "unmatched" { 2 } else { 4 };
        assert_eq!(found[..known], expected[..known], "{line}");
        assert_eq!(
            (&line["status"], &line["level"]),
            (&json!(status), &json!("INFO")),
            "{line}"
        );
        assert!(
            line["duration_ms"].as_f64().is_some_and(|ms| ms > 0.0),
            "{line}"
        );
    }
    // Without a credential there is no tenant, and health checks are not worth a line.
    let anonymous = installation
        .api(&meta.url, None)
        .with_header("x-request-id", "nobody");
    let _ = anonymous
        .get("/api/metadata/datasources")
        .await
        .problem(401, "unauthorized");
    assert_eq!(one_line(&meta, "nobody").await["span"].get("tenant"), None);
    assert_eq!(ended(&meta).len(), requests().len() + 1, "{}", meta.log());
    assert!(!meta.log().contains("q=secret"), "{}", meta.log());
}

/// Between a request's head and its answer the other side may go away.
#[tokio::test]
async fn a_request_that_nobody_waits_for_has_its_line() {
    let installation = Installation::new().await;
    let meta = installation.meta_program("info").await;
    let silent = Listener::silent().await;
    let body = json!({
        "datasource_type": "mysql", "host": "127.0.0.1", "port": silent.port, "username": "u", "password": "p",
    })
    .to_string();
    let address = meta.url.strip_prefix("http://").expect("a URL");
    let mut caller = tokio::net::TcpStream::connect(address)
        .await
        .expect("it listens");
    let head = format!(
        "POST /api/metadata/datasources/test HTTP/1.1\r\nhost: meta\r\ncontent-type: application/json\r\n\
         x-request-id: impatient\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n\r\n",
        installation.token(TENANT, Role::Admin),
        body.len()
    );
    caller
        .write_all(format!("{head}{body}").as_bytes())
        .await
        .expect("it reads");
    silent.connected().await;
    drop(caller);
    let line = one_line(&meta, "impatient").await;
    assert_eq!(line["message"], "request abandoned", "{line}");
    assert_eq!(
        (&line["span"]["tenant"], line.get("status")),
        (&json!(1), None),
        "{line}"
    );
    let of_audit = |line: &Value| line["target"] == "audit" && line["request_id"] == "impatient";
    let mut lines: Vec<Value> = meta.lines().into_iter().filter(of_audit).collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    let line = lines.remove(0);
    let found = (&line["message"], &line["tenant"], line.get("status"));
    assert_eq!(
        found,
        (&json!("change abandoned"), &json!(1), None),
        "{line}"
    );
}

/// The routes of the requests with this id.
fn routes(program: &Program, id: &str) -> Vec<Value> {
    let lines = ended(program).into_iter();
    let lines = lines.filter(|line| line["span"]["request_id"] == id);
    lines.map(|line| line["span"]["route"].clone()).collect()
}

#[tokio::test]
async fn an_id_is_the_same_in_both_logs() {
    let source = Source::create(Server::Postgres).await;
    source
        .execute("create table orders (id int primary key)")
        .await;
    let installation = Installation::new().await;
    let meta = installation.meta_program("info").await;
    let manager = installation.manager_program(&meta.url, "info").await;
    let api = manager.api(&installation, installation.token(TENANT, Role::Admin));

    // Passed on as it came.
    let passed = api.clone().with_header("x-request-id", "passed-on");
    let body = source.registration("shop");
    let created = passed
        .post("/api/metadata/datasources", &body)
        .await
        .expect(201);
    let id = &created["datasource"]["id"];
    for (program, route) in [
        (&manager, "/api/metadata/{*path}"),
        (&meta, "/api/metadata/datasources"),
    ] {
        let line = one_line(program, "passed-on").await;
        let found = (&line["span"]["route"], &line["span"]["tenant"]);
        assert_eq!(found, (&json!(route), &json!(1)), "{line}");
    }
    let path = format!("/api/metadata/datasources/{id}");
    eventually("level 1", async || {
        (api.get(&path).await.expect(200)["sync_status"] == "success").then_some(())
    })
    .await;

    // Asked for the caller: several calls of one request.
    let managing = api.with_header("x-request-id", "managing");
    let body = json!({ "resource_id": id, "database": source.database, "tables": ["orders"] });
    let _ = managing
        .post("/api/manager/manage", &body)
        .await
        .expect(202);
    let _ = one_line(&manager, "managing").await;
    let asked = routes(&meta, "managing");
    assert!(
        asked.contains(&json!("/api/metadata/scan/deep")),
        "{asked:?}"
    );
    the_reconciler_has_an_id(&meta, &manager, id).await;
}

/// Of its own, by which `meta` knows what it asks.
async fn the_reconciler_has_an_id(meta: &Program, manager: &Program, resource_id: &Value) {
    let line = eventually("the reconciler's line", async || {
        let mut lines = manager.lines().into_iter();
        lines.find(|line| line["message"] == "scan of managed objects ended")
    })
    .await;
    let span = &line["span"];
    let found = (&span["name"], &span["tenant"], &span["resource_id"]);
    assert_eq!(
        found,
        (&json!("reconcile"), &json!(1), resource_id),
        "{line}"
    );
    let own = span["request_id"].as_str();
    let asked = routes(meta, own.unwrap_or_else(|| panic!("no id: {line}")));
    assert!(
        asked.contains(&json!("/api/metadata/scan/status/{scan_id}")),
        "{asked:?}"
    );
}
