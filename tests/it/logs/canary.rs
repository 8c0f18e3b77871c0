//! A password that is registered, while everything fails in turn, is in no output: neither in answers nor in what
//! can be asked for later, in the store, nor in the logs of both programs at their most talkative.

use std::cell::RefCell;

use http::Method;
use models::Role;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use test_support::{
    Answer, Api, Installation, Listener, Program, Server, Source, TENANT, eventually, refused_port,
};

const SOURCES: &str = "/api/metadata/datasources";

/// Both services, and all that they have answered.
struct Case {
    installation: Installation,
    meta: Program,
    manager: Program,
    api: Api,
    said: RefCell<Vec<String>>,
}

impl Case {
    async fn new() -> Self {
        let installation = Installation::new().await;
        let meta = installation.meta_program("trace").await;
        let manager = installation.manager_program(&meta.url, "trace").await;
        let api = manager.api(&installation, installation.token(TENANT, Role::Admin));
        Self {
            installation,
            meta,
            manager,
            api,
            said: RefCell::default(),
        }
    }

    fn note(&self, answer: Answer) -> Answer {
        let headers = format!("{:?}", answer.headers);
        let said = format!("{} {headers} {}", answer.request, answer.text);
        self.said.borrow_mut().push(said);
        answer
    }

    async fn get(&self, path: &str) -> Value {
        self.note(self.api.get(path).await).expect(200)
    }

    async fn post(&self, path: &str, body: &Value) -> Answer {
        self.note(self.api.post(path, body).await)
    }

    /// How a sync or a scan ended.
    async fn ended(&self, scan_id: &Value) -> Value {
        let path = format!("/api/metadata/scan/status/{scan_id}");
        eventually("the end of a scan", async || {
            let status = self.api.get(&path).await.expect(200);
            let active = matches!(status["status"].as_str(), Some("QUEUED" | "RUNNING"));
            (!active).then_some(())
        })
        .await;
        self.get(&path).await
    }
}

pub(super) async fn a_password_is_in_no_output_whatever_fails(server: Server) {
    let source = Source::create(server).await;
    source
        .execute("create table orders (id int primary key)")
        .await;
    let case = Case::new().await;
    connections_fail(&case, &source).await;
    bodies_are_refused(&case, &source).await;
    scans_fail(&case, &source).await;
    read_everything(&case).await;
    let canary = source.password.as_str();
    for said in case.said.take() {
        assert!(!said.contains(canary), "{said}");
    }
    for (program, route) in [
        (&case.meta, SOURCES),
        (&case.manager, "/api/metadata/{*path}"),
    ] {
        let log = program.log();
        assert!(
            log.contains(route) && log.contains("\"level\":\"DEBUG\""),
            "the log was kept"
        );
        let leaks: Vec<&str> = log.lines().filter(|line| line.contains(canary)).collect();
        assert_eq!(leaks, Vec::<&str>::new());
    }
}

/// Ways in which a server cannot be reached, or refuses.
async fn connections_fail(case: &Case, source: &Source) {
    let (_socket, closed) = refused_port();
    let garbage = Listener::hanging_up_after(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    let authority = "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n";
    for (number, change) in [
        json!({ "host": "127.0.0.1", "port": closed }),
        json!({ "host": "127.0.0.1", "port": garbage.port }),
        json!({ "host": "no-such-host.invalid" }),
        json!({ "username": "nobody" }),
        json!({ "database": "no_such_database" }),
        json!({ "tls": { "mode": "verify-full" } }),
        json!({ "tls": { "mode": "verify-ca", "ca_certificate": authority } }),
    ]
    .iter()
    .enumerate()
    {
        let mut body = source.registration(&format!("fails-{number}"));
        merge(&mut body, change);
        let created = case.post(SOURCES, &body).await;
        if created.status == 201 {
            let ended = case.ended(&created.json["sync_id"]).await;
            assert_eq!(ended["status"], "FAILED", "{change}: {ended}");
            let path = format!("{SOURCES}/{}/test", created.json["datasource"]["id"]);
            let report = case.note(case.api.send(Method::POST, &path, None).await);
            assert_eq!(report.expect(200)["ok"], false, "{change}");
        } else {
            // Certificates that cannot be read may be refused at once.
            let _ = created.problem(422, "validation-failed");
        }
        body.as_object_mut().expect("an object").remove("name");
        let _ = case.post(&format!("{SOURCES}/test"), &body).await;
    }
}

fn merge(body: &mut Value, change: &Value) {
    for (key, value) in change.as_object().expect("an object") {
        body[key] = value.clone();
    }
}

/// Bodies that have it in places where it does not belong.
async fn bodies_are_refused(case: &Case, source: &Source) {
    let canary = source.password.as_str();
    let sound = source.registration("refused");
    for change in [
        json!({ "password": [canary] }),
        json!({ "password": { "text": canary } }),
        json!({ "password": canary.repeat(60) }),
        json!({ "passwort": canary }),
        json!({ "port": canary }),
        json!({ "datasource_type": canary }),
        json!({ "tls": canary }),
        json!({ "tls": { "mode": canary } }),
        json!({ "tls": { "ca_certificate": [canary] } }),
        json!({ "options": { "max_connections": canary } }),
        json!({ "host": format!("reader:{canary}@db.example") }),
        json!({ "username": format!("reader\n{canary}") }),
    ] {
        let mut body = sound.clone();
        merge(&mut body, &change);
        for path in [SOURCES, "/api/metadata/datasources/test"] {
            let refused = case.post(path, &body).await;
            assert!(
                matches!(refused.status, 400 | 422),
                "{change}: {}",
                refused.text
            );
        }
    }
    let text = sound.to_string();
    let broken = [
        text.replace("\"password\":", "\"password\" "),
        text.replace(&format!("\"{canary}\""), canary),
        text[..text.find(canary).map_or(0, |start| start + canary.len())].to_owned(),
        text.replace(
            "\"password\":",
            &format!("\"password\":\"{canary}\",\"password\":"),
        ),
        format!("{text}{canary}"),
        format!("\"{canary}\""),
    ];
    for body in broken {
        let sent = case
            .api
            .send_text(Method::POST, SOURCES, "application/json", body.clone());
        let refused = case.note(sent.await);
        assert!(
            matches!(refused.status, 400 | 422),
            "{body}: {}",
            refused.text
        );
    }
    let sent = case
        .api
        .send_text(Method::POST, SOURCES, "text/plain", text);
    let _ = case.note(sent.await).problem(415, "unsupported-media-type");
}

/// A server that could be read and can no longer.
async fn scans_fail(case: &Case, source: &Source) {
    let created = case
        .post(SOURCES, &source.registration("shop"))
        .await
        .expect(201);
    let id = &created["datasource"]["id"];
    assert_eq!(case.ended(&created["sync_id"]).await["status"], "SUCCESS");
    let scan = json!({ "resource_id": id, "database": "no_such_database" });
    let started = case
        .post("/api/metadata/scan/deep", &scan)
        .await
        .expect(202);
    assert_eq!(case.ended(&started["scan_id"]).await["status"], "FAILED");

    let wrong = json!({ "username": "nobody", "password": source.password });
    let changed = case.api.patch(&format!("{SOURCES}/{id}"), &wrong).await;
    let _ = case.note(changed).expect(200);
    let manage = json!({ "resource_id": id, "database": source.database, "tables": ["orders"] });
    let managed = case.post("/api/manager/manage", &manage).await.expect(202);
    assert_eq!(case.ended(&managed["scan_id"]).await["status"], "FAILED");
    eventually("the managed object to have failed", async || {
        let list = case
            .api
            .get("/api/manager/managed-objects")
            .await
            .expect(200);
        (list["items"][0]["status"] == "failed").then_some(())
    })
    .await;
    let live = format!(
        "/api/manager/datasources/{id}/databases/{}/available-tables",
        source.database
    );
    let _ = case.note(case.api.get(&live).await);
}

/// Everything that can be asked for afterwards, and the rows of the store.
async fn read_everything(case: &Case) {
    for list in [
        "datasources",
        "jobs",
        "sync-logs",
        "tree",
        "changes?resource_id=1",
    ] {
        let list = case.get(&format!("/api/metadata/{list}")).await;
        for item in list["items"].as_array().expect("items") {
            if let Some(job) = item["job_id"].as_str() {
                let _ = case.get(&format!("/api/metadata/jobs/{job}")).await;
            }
        }
    }
    let _ = case.get("/api/manager/managed-objects").await;
    let _ = case.get("/api/manager/datasources").await;
    for service in [&case.meta, &case.manager] {
        let metrics = case
            .installation
            .api(&service.url, None)
            .get("/metrics")
            .await;
        assert!(metrics.text.contains("/api/m"), "{}", metrics.text);
        let _ = case.note(metrics);
    }
    let mut admin = case.installation.store().admin().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('metadata', 'manager', 'graphile_worker') and c.relkind in ('r', 'p')",
    )
    .fetch_all(&mut admin)
    .await
    .expect("the list of tables");
    for table in tables {
        let sql = AssertSqlSafe(format!("select to_jsonb(t)::text from {table} t"));
        let rows: Vec<String> = sqlx::query_scalar(sql)
            .fetch_all(&mut admin)
            .await
            .expect("rows");
        case.said.borrow_mut().extend(rows);
    }
}
