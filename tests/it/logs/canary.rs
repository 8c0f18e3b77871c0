//! A password, while everything fails in turn, is in no output: neither in answers nor in what can be asked for later, in
//! the store, in any process's arguments, nor in the logs of both programs at their most talkative. So it is whether it was
//! given or is kept in a variable or a file.

mod case;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use http::Method;
use reqwest::Url;
use rustix::process::Signal;
use serde_json::{Value, json};
use test_support::{Canary, Listener, Proxy, Server, Source, eventually, refused_port};

use self::case::{Case, Way, merge};

const SOURCES: &str = "/api/metadata/datasources";

pub(super) async fn a_password_that_is_given_is_in_no_output(server: Server) {
    is_in_no_output(server, Way::Given).await;
}

/// How `meta` comes by a password is the same for each server.
#[tokio::test]
async fn a_password_of_a_variable_is_in_no_output() {
    is_in_no_output(Server::MariaDb, Way::Variable).await;
}

#[tokio::test]
async fn a_password_of_a_file_is_in_no_output() {
    is_in_no_output(Server::MariaDb, Way::File).await;
}

async fn is_in_no_output(server: Server, way: Way) {
    let canary = Canary::new();
    let mut source = Source::create(server).await;
    source.set_password(&canary.password).await;
    source.create_tables(150).await;
    let mut case = Case::new(way, canary).await;
    connections_fail(&case, &source).await;
    if way == Way::Given {
        bodies_are_refused(&case, &source).await;
    }
    let id = scans_fail(&case, &source).await;
    processes_hold_on(&case, &source).await;
    case.read_everything().await;
    cannot_be_had(&mut case, &id).await;
    case.read_everything().await;
    case.assert_absent();
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
        let mut body = case.registration(source, &format!("fails-{number}"));
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

/// Bodies that have it in places where it does not belong.
async fn bodies_are_refused(case: &Case, source: &Source) {
    let canary = source.password.as_str();
    let sound = case.registration(source, "refused");
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
    let (text, quoted) = (sound.to_string(), json!(canary).to_string());
    let start = text.find(&quoted).expect("it is there");
    let broken = [
        text.replace("\"password\":", "\"password\" "),
        text.replace(&quoted, canary),
        text[..start + quoted.len() - 1].to_owned(),
        text.replace(
            "\"password\":",
            &format!("\"password\":{quoted},\"password\":"),
        ),
        format!("{text}{canary}"),
        quoted,
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

/// A server that could be read and can no longer. Answers with the id of the data source.
async fn scans_fail(case: &Case, source: &Source) -> Value {
    let proxy = Proxy::to(source.server).await;
    let mut body = case.registration(source, "shop");
    merge(
        &mut body,
        &json!({ "host": "127.0.0.1", "port": proxy.port }),
    );
    let created = case.post(SOURCES, &body).await.expect(201);
    let id = created["datasource"]["id"].clone();
    let ended = case.ended(&created["sync_id"]).await;
    assert_eq!(ended["status"], "SUCCESS", "{ended}");
    let scan_fails = async |path: &str, request: Value, id: &str| {
        let started = case.post(path, &request).await.expect(202);
        let ended = case.ended(&started[id]).await;
        assert_eq!(ended["status"], "FAILED", "{request}: {ended}");
    };
    let deep = "/api/metadata/scan/deep";
    let scan = |database: &str| json!({ "resource_id": id, "database": database });
    scan_fails(deep, scan("no_such_database"), "scan_id").await;
    // In the middle of it, and then the server is gone.
    proxy.cut_after(30_000);
    scan_fails(deep, scan(&source.database), "scan_id").await;
    proxy.cut();
    let sync = json!({ "resource_id": id, "force": true });
    scan_fails("/api/metadata/sync/auto", sync, "sync_id").await;
    proxy.release();

    // A wrong login, with the password given again.
    let path = format!("{SOURCES}/{id}");
    let mut wrong = case.credential();
    merge(&mut wrong, &json!({ "username": "nobody" }));
    let _ = case.note(case.api.patch(&path, &wrong).await).expect(200);
    let manage = json!({ "resource_id": id, "database": source.database, "tables": ["t001"] });
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
    id
}

/// While they connect, programs have the password at hand.
async fn processes_hold_on(case: &Case, source: &Source) {
    let silent = Listener::silent().await;
    let mut body = case.registration(source, "silent");
    merge(
        &mut body,
        &json!({ "host": "127.0.0.1", "port": silent.port }),
    );
    let created = case.post(SOURCES, &body).await.expect(201);
    silent.connected().await;
    case.look_at_processes();
    // Whoever waits for it is told that it was cut, or that it is in no time to be had.
    drop(silent);
    assert_eq!(case.ended(&created["sync_id"]).await["status"], "FAILED");
}

/// Another key under another id, and nothing that tenants may name: a replica with other settings.
async fn cannot_be_had(case: &mut Case, id: &Value) {
    let _ = case.meta.end(Signal::TERM).await;
    let key = test_support::key();
    let settings = [
        ("META__SECRETS__KEY_ID", "k9"),
        ("META__SECRETS__KEY", &key),
    ];
    let other = case
        .installation
        .meta_program_with("trace", &settings)
        .await;
    case.replace_meta(other);
    let word = match case.way {
        Way::Given => "encrypted under key id k1, which this service does not have",
        Way::Variable => "secrets.allow_env",
        Way::File => "secrets.allow_files_in",
    };
    let path = format!("{SOURCES}/{id}/test");
    let report = case.note(case.api.send(Method::POST, &path, None).await);
    let step = &report.expect(200)["steps"][0];
    assert_eq!(
        (&step["name"], &step["ok"]),
        (&json!("password"), &json!(false))
    );
    assert!(
        step["detail"]
            .as_str()
            .is_some_and(|detail| detail.contains(word)),
        "{step}"
    );
    for (path, request, key) in [
        (
            "sync/auto",
            json!({ "resource_id": id, "force": true }),
            "sync_id",
        ),
        (
            "scan/deep",
            json!({ "resource_id": id, "database": "x" }),
            "scan_id",
        ),
    ] {
        let started = case.post(&format!("/api/metadata/{path}"), &request).await;
        let ended = case.ended(&started.expect(202)[key]).await;
        assert_eq!(ended["status"], "FAILED", "{ended}");
        let said = ended["error_message"].as_str().expect("a message");
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn a_canary_is_found_in_every_form() {
    let canary = Canary::new();
    let password = canary.password.as_str();
    let request = json!({ "password": password }).to_string();
    let bytes = password.as_bytes();
    let hex = |byte: &u8| format!("{byte:02x}");
    for text in [
        password.to_owned(),
        request.clone(),
        json!({ "message": request }).to_string(),
        format!("{password:?}"),
        format!("{:?}", json!({ "password": password })),
        format!("{bytes:?}"),
        bytes.escape_ascii().to_string(),
        bytes.iter().map(hex).collect(),
        Url::parse_with_params("http://h", [("p", password)])
            .expect("a URL")
            .to_string(),
        STANDARD.encode(password),
        URL_SAFE.encode(format!("u:{password}")),
        STANDARD.encode(format!("user:{password}")),
        STANDARD.encode(format!("a\0{request}")),
    ] {
        assert!(canary.find(&text).is_some(), "{text}");
    }
    assert_eq!(canary.find("nothing of the kind"), None);
}
