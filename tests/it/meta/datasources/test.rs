//! `POST /api/metadata/datasources/test` and `POST /api/metadata/datasources/{id}/test`

use http::Method;
use serde_json::{Value, json};
use test_support::{Installation, Listener, Server, Source, assert_has, refused_port};

use super::{idle, unreachable};
use crate::meta::shop::texts;

const STEPS: [&str; 7] = [
    "resolve",
    "connect",
    "tls",
    "authenticate",
    "version",
    "databases",
    "privileges",
];

/// A request that tests the connection of a source.
fn body(source: &Source) -> Value {
    let mut body = source.registration("x");
    body.as_object_mut().expect("an object").remove("name");
    body
}

fn steps(report: &Value) -> &[Value] {
    report["steps"].as_array().expect("steps")
}

pub(super) async fn reports_every_step(server: Server) {
    let source = Source::create(server).await;
    let meta = idle().await;
    let report = meta
        .admin()
        .post("/api/metadata/datasources/test", &body(&source))
        .await
        .expect(200);
    assert_eq!(report["ok"], true, "{report}");
    assert_eq!(texts(steps(&report), "name"), STEPS);
    assert!(
        steps(&report)
            .iter()
            .all(|step| step["ok"] == true && step["duration_ms"].is_number()),
        "{report}"
    );
    let detail = |name: &str| {
        steps(&report)
            .iter()
            .find(|step| step["name"] == name)
            .expect("a step")["detail"]
            .clone()
    };
    assert!(
        detail("version")
            .as_str()
            .is_some_and(|text| text.starts_with(server.flavor())),
        "{report}"
    );
    let list = meta
        .admin()
        .get("/api/metadata/datasources")
        .await
        .expect(200);
    assert_eq!(list["items"], json!([]), "nothing is saved");
}

/// What may be wrong, the step that it fails, and a part of the advice.
fn mistakes(closed: u16, garbage: u16) -> [(Value, &'static str, &'static str); 6] {
    let (resolve, connect, login) = (STEPS[0], STEPS[1], STEPS[3]);
    [
        (
            json!({ "host": "no-such-host.invalid" }),
            resolve,
            "check the spelling",
        ),
        (
            json!({ "host": "127.0.0.1", "port": closed }),
            connect,
            "check that the server runs",
        ),
        (
            json!({ "host": "127.0.0.1", "port": garbage }),
            connect,
            "check the port",
        ),
        (
            json!({ "password": "wrong" }),
            login,
            "check user name, password",
        ),
        (
            json!({ "username": "nobody_at_all" }),
            login,
            "check user name, password",
        ),
        (
            json!({ "database": "no_such_database" }),
            login,
            "no database no_such_database",
        ),
    ]
}

pub(super) async fn stops_at_the_step_that_fails(server: Server) {
    let source = Source::create(server).await;
    let impatient = [
        ("META__WORKERS__CONCURRENCY", "0"),
        ("META__SOURCES__CONNECT_TIMEOUT_SECONDS", "3"),
    ];
    let meta = Installation::new().await.meta_with(&impatient).await;
    let (_socket, closed) = refused_port();
    let garbage = Listener::saying(b"220 mail.example.org ESMTP\r\n").await;
    for (change, step, advice) in mistakes(closed, garbage.port) {
        let mut body = body(&source);
        for (key, value) in change.as_object().expect("an object") {
            body[key] = value.clone();
        }
        let report = meta
            .admin()
            .post("/api/metadata/datasources/test", &body)
            .await
            .expect(200);
        assert_eq!(report["ok"], false, "{change}: {report}");
        let (last, passed) = steps(&report).split_last().expect("a step");
        assert_has(last, &json!({ "name": step, "ok": false }));
        assert!(
            last["detail"]
                .as_str()
                .is_some_and(|detail| detail.contains(advice)),
            "{change}: {report}"
        );
        assert!(passed.iter().all(|step| step["ok"] == true), "{report}");
        assert_eq!(texts(passed, "name"), STEPS[..passed.len()]);
        assert!(!report.to_string().contains(&source.password), "{report}");
    }
}

pub(super) async fn of_a_registered_source_uses_its_password(server: Server) {
    let source = Source::create(server).await;
    let meta = idle().await;
    let api = meta.admin();
    let created = api
        .post("/api/metadata/datasources", &source.registration("shop"))
        .await
        .expect(201);
    let path = format!(
        "/api/metadata/datasources/{}/test",
        created["datasource"]["id"]
    );
    let report = api.send(Method::POST, &path, None).await.expect(200);
    assert_eq!(
        (&report["ok"], steps(&report).len()),
        (&json!(true), STEPS.len()),
        "{report}"
    );
}

#[tokio::test]
async fn a_password_that_cannot_be_decrypted_is_told() {
    let meta = idle().await;
    let created = meta
        .admin()
        .post("/api/metadata/datasources", &unreachable("shop"))
        .await
        .expect(201);
    let (other, id) = (test_support::key(), created["datasource"]["id"].clone());
    let rekeyed = meta
        .installation
        .meta_with(&[
            ("META__WORKERS__CONCURRENCY", "0"),
            ("META__SECRETS__KEY", &other),
        ])
        .await;
    let path = format!("/api/metadata/datasources/{id}/test");
    let report = rekeyed
        .admin()
        .send(Method::POST, &path, None)
        .await
        .expect(200);
    assert_eq!((&report["ok"], steps(&report).len()), (&json!(false), 1));
    let step = &steps(&report)[0];
    assert_has(step, &json!({ "name": "password", "ok": false }));
    assert!(
        step["detail"]
            .as_str()
            .is_some_and(|detail| detail.contains("give the data source its password anew")),
        "{step}"
    );
}
