//! One line for each change that somebody asks for, whatever else is logged.

use http::Method;
use models::Role;
use serde_json::{Value, json};
use test_support::{Answer, Api, Installation, Program, TENANT, eventually};

use crate::contract::document::operations;

/// Nothing is logged but what the programs say themselves, by which tests find them.
const SILENT: &str = "off,meta=info,manager=info";

/// The audit lines of the request with this id, once there is one of a request that comes later.
async fn lines(program: &Program, later: &Api, id: &str) -> Vec<Value> {
    let marker = format!("after-{id}");
    let marking = later.clone().with_header("x-request-id", &marker);
    let _ = marking.delete("/api/metadata/schedules/424242").await;
    let of = |line: &Value, id: &str| line["target"] == "audit" && line["request_id"] == id;
    eventually("a later line", async || {
        program
            .lines()
            .iter()
            .any(|line| of(line, &marker))
            .then_some(())
    })
    .await;
    let lines = program.lines().into_iter();
    lines.filter(|line| of(line, id)).collect()
}

struct Both {
    installation: Installation,
    meta: Program,
    manager: Program,
}

impl Both {
    async fn new() -> Self {
        let installation = Installation::new().await;
        let meta = installation.meta_program(SILENT).await;
        let manager = installation.manager_program(&meta.url, SILENT).await;
        Self {
            installation,
            meta,
            manager,
        }
    }

    fn api(&self, program: &Program, role: Role) -> Api {
        program.api(&self.installation, self.installation.token(TENANT, role))
    }
}

fn assert_told(line: &Value, service: &str, route: &str, path: &str, answer: &Answer) {
    let method = answer.request.split(' ').next();
    let outcome = match answer.status {
        ..400 => "change done",
        400..500 => "change refused",
        _ => "change failed",
    };
    for (key, expected) in [
        ("level", json!("INFO")),
        ("message", json!(outcome)),
        ("service", json!(service)),
        ("tenant", json!(TENANT.0)),
        ("subject", json!("ada")),
        ("on_behalf_of", Value::Null),
        ("credential", json!("token")),
        ("method", json!(method)),
        ("route", json!(route)),
        ("path", json!(path)),
        ("status", json!(answer.status)),
        ("request_id", json!(answer.header("x-request-id"))),
        ("address", json!("127.0.0.1")),
    ] {
        assert_eq!(line[key], expected, "{key}: {line}");
    }
    assert!(line["timestamp"].is_string(), "{line}");
}

#[tokio::test]
async fn each_change_has_one_line_and_reads_have_none() {
    let both = Both::new().await;
    let (mut changes, mut reads) = (0, 0);
    for (program, service) in [(&both.meta, "meta"), (&both.manager, "manager")] {
        let viewer = both.api(program, Role::Viewer);
        for (index, operation) in operations(&viewer).await.into_iter().enumerate() {
            let parts = operation.path.split('/');
            let parts = parts.map(|part| {
                if part.starts_with('{') {
                    "424242"
                } else {
                    part
                }
            });
            let path = parts.collect::<Vec<_>>().join("/");
            if operation.says["security"] == json!([{}]) {
                continue; // nobody is known to ask
            }
            // A viewer is refused, an administrator has sent nothing sound; but introspection asks for no more.
            let changes_nothing = path.ends_with("/auth/introspect");
            for role in [Role::Viewer, Role::Admin] {
                let id = format!("{service}-{index}-{role:?}").to_lowercase();
                let api = both.api(program, role).with_header("x-request-id", &id);
                let asked = format!("{path}?confirm=canary");
                let body =
                    (operation.method != Method::GET).then(|| json!({ "password": "canary" }));
                let answer = api
                    .send(operation.method.clone(), &asked, body.as_ref())
                    .await;
                let found = lines(program, &viewer, &id).await;
                if operation.method == Method::GET || changes_nothing {
                    assert!(found.is_empty(), "{found:?}");
                    reads += 1;
                } else {
                    assert_eq!(found.len(), 1, "{} {asked}: {found:?}", operation.method);
                    assert_told(&found[0], service, &operation.path, &path, &answer);
                    changes += 1;
                }
            }
        }
    }
    assert!(changes > 30 && reads > 30, "{changes} {reads}");
    for log in [both.meta.log(), both.manager.log()] {
        assert!(
            !log.contains("canary") && !log.contains("request finished"),
            "{log}"
        );
    }
}

#[tokio::test]
async fn what_is_passed_on_has_a_line_in_each_log() {
    let both = Both::new().await;
    let admin = both.api(&both.manager, Role::Admin);
    let source = json!({
        "name": "shop", "datasource_type": "mysql", "host": "db.invalid", "port": 1, "username": "u",
        "password": "canary",
    });
    let sources = "/api/metadata/datasources";
    let made = admin.clone().with_header("x-request-id", "made");
    let made = made.post(sources, &source).await;
    let id = made.json["datasource"]["id"].clone();
    let path = format!("{sources}/{id}");
    let deleted = admin.clone().with_header("x-request-id", "deleted");
    let deleted = deleted.delete(&format!("{path}?confirm=shop")).await;
    assert_eq!((made.status, deleted.status), (201, 204));
    for (answer, id, path, route) in [
        (made, "made", sources, sources),
        (
            deleted,
            "deleted",
            path.as_str(),
            "/api/metadata/datasources/{id}",
        ),
    ] {
        for (program, service, route) in [
            (&both.meta, "meta", route),
            (&both.manager, "manager", "/api/metadata/{*path}"),
        ] {
            let found = lines(program, &admin, id).await;
            assert_eq!(found.len(), 1, "{found:?}");
            assert_told(&found[0], service, route, path, &answer);
        }
    }
    assert!(!both.meta.log().contains("canary"), "{}", both.meta.log());
}

#[tokio::test]
async fn a_service_acts_for_somebody_and_nobody_for_himself() {
    let both = Both::new().await;
    let meta = &both.meta;
    let viewer = both.api(meta, Role::Viewer);
    let service = meta.api(&both.installation, both.installation.service_token(TENANT));
    let scan = json!({ "resource_id": 424_242, "database": "a" });
    let asked = service.clone().with_header("x-request-id", "scan");
    let answer = asked.post("/api/metadata/scan/deep", &scan).await;
    assert_eq!(answer.status, 404);
    let found = lines(meta, &viewer, "scan").await;
    assert_eq!(found.len(), 1, "{found:?}");
    let line = &found[0];
    assert_eq!(line["on_behalf_of"], "ada", "{line}");
    assert_eq!(line["credential"], "service", "{line}");
    assert!(line.get("subject").is_none(), "{line}");

    // To look something up changes nothing, though it is a POST.
    let asked = service.with_header("x-request-id", "lookup");
    let _ = asked
        .post("/api/metadata/lookup", &json!({ "table_ids": [1] }))
        .await
        .expect(200);
    assert!(lines(meta, &viewer, "lookup").await.is_empty());

    // Without a valid credential there is nobody to name; it is counted.
    for token in [None, Some("x.y.z".to_owned())] {
        let nobody = both.installation.api(&meta.url, token);
        let nobody = nobody.with_header("x-request-id", "nobody");
        let answer = nobody.post("/api/metadata/scan/deep", &scan).await;
        let _ = answer.problem(401, "unauthorized");
    }
    assert!(lines(meta, &viewer, "nobody").await.is_empty());
    let metrics = both.installation.api(&meta.url, None).get("/metrics").await;
    let counted = r#"method="POST",route="/api/metadata/scan/deep",status="401"} 2"#;
    assert!(metrics.text.contains(counted), "{}", metrics.text);
}

/// The address that the programs name of a request through manager.
async fn addresses(manager_trusts: &str, meta_trusts: &str) -> [Value; 2] {
    let installation = Installation::new().await;
    let trusted = ("META__SERVER__TRUSTED_PROXIES", meta_trusts);
    let meta = installation.meta_program_with(SILENT, &[trusted]).await;
    let trusted = ("MANAGER__SERVER__TRUSTED_PROXIES", manager_trusts);
    let manager = installation
        .manager_program_with(&meta.url, SILENT, &[trusted])
        .await;
    let viewer = manager.api(&installation, installation.token(TENANT, Role::Viewer));
    let asked = viewer.clone().with_header("x-request-id", "from-afar");
    // The proxy in front adds whom it saw to what the caller claims.
    let asked = asked.with_header("x-forwarded-for", "203.0.113.9, 198.51.100.7");
    let _ = asked.delete("/api/metadata/schedules/1").await;
    let mut found = Vec::new();
    for program in [&manager, &meta] {
        let lines = lines(program, &viewer, "from-afar").await;
        assert_eq!(lines.len(), 1, "{lines:?}");
        found.push(lines[0]["address"].clone());
    }
    found.try_into().expect("two")
}

#[tokio::test]
async fn a_proxy_tells_where_a_request_comes_from_if_it_is_trusted() {
    let (near, far) = ("127.0.0.1", "198.51.100.7");
    assert_eq!(addresses("", "").await, [near, near]);
    assert_eq!(addresses("127.0.0.0/8", "").await, [far, near]);
    assert_eq!(addresses("127.0.0.0/8", "127.0.0.1").await, [far, far]);
    // What the caller claims is not passed on.
    assert_eq!(addresses("", "127.0.0.1").await, [near, near]);
}

#[tokio::test]
async fn an_operator_may_do_without() {
    let installation = Installation::new().await;
    let off = ("META__LOG__AUDIT", "false");
    let meta = installation.meta_program_with("info", &[off]).await;
    let viewer = meta.api(&installation, installation.token(TENANT, Role::Viewer));
    let _ = viewer.delete("/api/metadata/schedules/1").await;
    eventually("the line of the request", async || {
        let finished = |line: &Value| line["span"]["method"] == "DELETE";
        meta.lines().iter().any(finished).then_some(())
    })
    .await;
    assert!(!meta.log().contains("\"audit\""), "{}", meta.log());
}
