//! `/api/metadata/*` through `manager`

use models::{Role, TenantId};
use serde_json::{Value, json};
use test_support::{Answer, Server, TENANT};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::desk::{Desk, IdleDesk, items};

const SOURCES: &str = "/api/metadata/datasources";

fn body(name: &str) -> Value {
    json!({
        "name": name, "datasource_type": "mysql", "host": "db.invalid", "port": 3306, "username": "u",
        "password": "p",
    })
}

/// A problem without the id of its request.
fn anonymous(answer: Answer) -> Value {
    assert_eq!(
        answer.header("content-type"),
        "application/problem+json",
        "{}",
        answer.text
    );
    assert_eq!(
        answer.json["request_id"],
        answer.header("x-request-id"),
        "one id in both logs"
    );
    let mut problem = answer.json;
    problem
        .as_object_mut()
        .expect("an object")
        .remove("request_id");
    problem
}

#[tokio::test]
async fn sources_can_be_seen_made_changed_and_deleted() {
    let desk = IdleDesk::new().await;
    let (through, direct) = (desk.manager.admin(), desk.meta.admin());
    let answer = through.post(SOURCES, &body("纳管")).await;
    let path = answer.header("location").to_owned();
    let id = answer.expect(201)["datasource"]["id"].clone();
    assert_eq!(path, format!("{SOURCES}/{id}"));
    let made = direct.get(&path).await.expect(200);
    assert_eq!(made["datasource_name"], "纳管");
    assert_eq!(through.get(&path).await.expect(200), made);
    let changed = through
        .patch(&path, &json!({ "port": 3307 }))
        .await
        .expect(200);
    assert_eq!(changed["port"], 3307);
    assert_eq!(direct.get(&path).await.expect(200), changed);
    let refused = through.delete(&format!("{path}?confirm=other")).await;
    let _ = refused.problem(422, "validation-failed");
    let deleted = through
        .delete(&format!("{path}?confirm=%E7%BA%B3%E7%AE%A1"))
        .await;
    assert_eq!((deleted.status, deleted.text.as_str()), (204, ""));
    let _ = direct.get(&path).await.problem(404, "datasource-not-found");
}

#[tokio::test]
async fn a_source_registered_through_manager_is_scanned_and_read() {
    let desk = Desk::registered(Server::MariaDb).await;
    let api = desk.manager.admin();
    let request = desk.request(&json!({}));
    let started = api
        .post("/api/metadata/scan/deep", &request)
        .await
        .expect(202);
    desk.meta
        .ended(started["scan_id"].as_i64().expect("a scan"))
        .await;
    let status = api
        .get(&format!("/api/metadata/scan/status/{}", started["scan_id"]))
        .await
        .expect(200);
    assert_eq!(status["status"], "SUCCESS");
    let databases = format!(
        "/api/metadata/databases?resource_id={}&name={}",
        desk.id, desk.source.database
    );
    let found = items(&api, &databases).await;
    assert_eq!(found.len(), 1, "the query goes along: {found:?}");
    let tables = format!(
        "/api/metadata/tables?database_id={}&q=order&limit=1",
        found[0]["id"]
    );
    let page = api.get(&tables).await.expect(200);
    assert_eq!(page, desk.meta.admin().get(&tables).await.expect(200));
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1));
    assert!(page["next_cursor"].is_string(), "{page}");
}

#[tokio::test]
async fn problems_come_as_meta_tells_them() {
    let desk = IdleDesk::new().await;
    let (through, direct) = (desk.manager.admin(), desk.meta.admin());
    let _ = direct.post(SOURCES, &body("shop")).await.expect(201);
    for (path, body, status) in [
        (SOURCES, body("shop"), 409),
        (SOURCES, json!({ "name": "", "port": 0 }), 422),
        (SOURCES, json!({ "nmae": "x" }), 400),
        (
            "/api/metadata/scan/deep",
            json!({ "resource_id": 424_242, "database": "a" }),
            404,
        ),
        ("/api/metadata/nothing", json!({}), 404),
    ] {
        let (told, original) = (
            through.post(path, &body).await,
            direct.post(path, &body).await,
        );
        assert_eq!(
            (told.status, original.status),
            (status, status),
            "{path}: {}",
            told.text
        );
        assert_eq!(anonymous(told), anonymous(original), "{path}");
    }
    let told = through.get(&format!("{SOURCES}/424242")).await;
    let original = direct.get(&format!("{SOURCES}/424242")).await;
    assert_eq!(anonymous(told), anonymous(original));
    let method = through.delete(SOURCES).await;
    assert!(
        method.header("allow").contains("GET"),
        "headers come along: {:?}",
        method.headers
    );
    let _ = method.problem(405, "method-not-allowed");
}

#[tokio::test]
async fn meta_decides_by_the_callers_own_token() {
    let desk = IdleDesk::new().await;
    let viewer = desk.manager.user(TENANT, Role::Viewer);
    let problem = viewer
        .post(SOURCES, &body("shop"))
        .await
        .problem(403, "forbidden");
    assert_eq!(problem["detail"], "this needs the role admin");
    let other = desk.manager.user(TenantId(2), Role::Admin);
    let _ = other.post(SOURCES, &body("theirs")).await.expect(201);
    assert_eq!(items(&viewer, SOURCES).await, Vec::<Value>::new());
    assert_eq!(items(&other, SOURCES).await.len(), 1);
    let direct = desk.meta.user(TenantId(2), Role::Admin);
    let jobs = items(&direct, "/api/metadata/jobs").await;
    assert_eq!((jobs.len(), &jobs[0]["requested_by"]), (1, &json!("ada")));
}

#[tokio::test]
async fn without_a_sound_token_nothing_is_passed_on() {
    let desk = IdleDesk::new().await;
    let answer = desk.manager.anonymous().post(SOURCES, &body("shop")).await;
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    let _ = answer.problem(401, "unauthorized");
    let forged = desk
        .manager
        .installation
        .api(&desk.manager.url, Some("x.y.z".to_owned()));
    let _ = forged.get(SOURCES).await.problem(401, "unauthorized");
    assert_eq!(
        items(&desk.meta.admin(), SOURCES).await,
        Vec::<Value>::new()
    );
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let desk = IdleDesk::new().await;
    let large = json!({ "name": "x".repeat(2 * 1024 * 1024) });
    let _ = desk
        .manager
        .admin()
        .post(SOURCES, &large)
        .await
        .problem(413, "body-too-large");
}

/// Asks for a path as it is written: clients would resolve it themselves.
async fn raw(desk: &IdleDesk, path: &str) -> (u16, String) {
    let address = desk.manager.url.strip_prefix("http://").expect("our URL");
    let mut connection = TcpStream::connect(address).await.expect("manager listens");
    let token = desk.manager.installation.token(TENANT, Role::Admin);
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
    );
    connection
        .write_all(request.as_bytes())
        .await
        .expect("manager listens");
    let mut answer = String::new();
    connection
        .read_to_string(&mut answer)
        .await
        .expect("manager answers");
    let status = answer
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    (
        status.unwrap_or_else(|| panic!("no status in {answer}")),
        answer,
    )
}

#[tokio::test]
async fn no_path_leads_out_of_the_api() {
    let desk = IdleDesk::new().await;
    let (status, answer) = raw(&desk, "/api/metadata/datasources?limit=1").await;
    assert!(
        status == 200 && answer.contains("\"items\""),
        "such a request works: {answer}"
    );
    for path in [
        "/api/metadata/../../metrics",
        "/api/metadata/..",
        "/api/metadata/%2e%2e/%2E%2e/metrics",
        "/api/metadata/.%2e/%2e./health/live",
        "/api/metadata/datasources/../../../docs/",
        "/api/metadata/..%5c..%5cmetrics",
        "/api/metadata/..\\..\\metrics",
    ] {
        let (status, answer) = raw(&desk, path).await;
        assert!(matches!(status, 400 | 404), "{path}: {answer}");
        assert!(
            !answer.contains("plumbline_http_requests_total"),
            "{path}: {answer}"
        );
    }
}
