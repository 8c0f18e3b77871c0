//! Names, ports, hosts and passwords at the edge of what is taken.

use serde_json::{Value, json};
use test_support::{Installation, Meta, Server, Source};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};

const SOURCES: &str = "/api/metadata/datasources";

async fn idle() -> Meta {
    let no_workers = [("META__WORKERS__CONCURRENCY", "0")];
    Installation::new().await.meta_with(&no_workers).await
}

fn body(change: &Value) -> Value {
    let mut body = json!({
        "name": test_support::unique("edge"), "datasource_type": "mysql", "host": "db.invalid", "port": 1,
        "username": "u", "password": "p",
    });
    for (key, value) in change.as_object().expect("an object") {
        body[key] = value.clone();
    }
    body
}

#[tokio::test]
async fn what_is_at_the_edge_is_taken() {
    let meta = idle().await;
    let names = [
        "x".repeat(200),
        "数".repeat(200),
        "🙂".repeat(200),
        " a 'b' \"c\" ".to_owned(),
    ];
    let changes = names.map(|name| json!({ "name": name }));
    let others = [
        json!({ "port": 65535 }),
        json!({ "host": "::1" }),
        json!({ "host": "fe80::1%eth0" }),
        json!({ "host": "x".repeat(255) }),
        json!({ "username": "ü".repeat(127) }),
        json!({ "password": "" }),
        json!({ "password": "🙂".repeat(256) }),
    ];
    for change in changes.into_iter().chain(others) {
        let created = meta.admin().post(SOURCES, &body(&change)).await.expect(201);
        for key in ["host", "port", "username"] {
            if let Some(expected) = change.get(key) {
                assert_eq!(&created["datasource"][key], expected);
            }
        }
        if let Some(name) = change.get("name") {
            assert_eq!(&created["datasource"]["datasource_name"], name);
        }
    }
}

#[tokio::test]
async fn what_is_beyond_the_edge_is_refused_by_name() {
    let meta = idle().await;
    let created = meta
        .admin()
        .post(SOURCES, &body(&json!({})))
        .await
        .expect(201);
    let path = format!("{SOURCES}/{}", created["datasource"]["id"]);
    for (key, value) in [
        ("name", json!("x".repeat(201))),
        ("name", json!("数".repeat(201))),
        ("name", json!("")),
        ("name", json!("a\u{0}b")),
        ("name", json!("a\u{7f}b")),
        ("port", json!(0)),
        ("port", json!(70_000)),
        ("port", json!(-1)),
        ("host", json!("")),
        ("host", json!("db example")),
        ("host", json!(" db.example")),
        ("host", json!("db.example\t")),
        ("host", json!("db\u{a0}example")),
        ("host", json!("[::1]")),
        ("host", json!("[::1]:5432")),
        ("host", json!("db.example:5432")),
        ("host", json!("mysql://db.example")),
        ("host", json!("x".repeat(256))),
        ("username", json!("")),
        ("username", json!("ü".repeat(128))),
        ("password", json!("🙂".repeat(257))),
        ("password", json!("a\u{0}b")),
        ("database", json!("x".repeat(256))),
    ] {
        let change = json!({ key: value });
        for answer in [
            meta.admin().post(SOURCES, &body(&change)).await,
            meta.admin().patch(&path, &change).await,
        ] {
            let problem = answer.problem(422, "validation-failed");
            let pointers: Vec<_> = problem["errors"]
                .as_array()
                .expect("errors")
                .iter()
                .map(|it| &it["pointer"])
                .collect();
            assert_eq!(pointers, [&json!(format!("/{key}"))], "{change}: {problem}");
        }
    }
}

/// Also for what does not fit the type that the service reads it into.
#[tokio::test]
async fn both_limits_of_an_integer_are_named() {
    let meta = idle().await;
    let created = meta
        .admin()
        .post(SOURCES, &body(&json!({})))
        .await
        .expect(201);
    let path = format!("{SOURCES}/{}", created["datasource"]["id"]);
    let port = "must be an integer from 1 to 65535";
    let connections = "must be an integer from 1 to 16";
    for (pointer, change, detail) in [
        ("/port", json!({ "port": 0 }), port),
        ("/port", json!({ "port": 70_000 }), port),
        ("/port", json!({ "port": u64::MAX }), port),
        ("/port", json!({ "port": "x" }), port),
        (
            "/options/max_connections",
            json!({ "options": { "max_connections": 0 } }),
            connections,
        ),
        (
            "/options/max_connections",
            json!({ "options": { "max_connections": 300 } }),
            connections,
        ),
    ] {
        let expected = json!([{ "pointer": pointer, "detail": detail }]);
        for answer in [
            meta.admin().post(SOURCES, &body(&change)).await,
            meta.admin().patch(&path, &change).await,
        ] {
            let problem = answer.problem(422, "validation-failed");
            assert_eq!(problem["errors"], expected, "{change}");
        }
    }
    for id in [json!(0), json!(u64::MAX)] {
        let sync = json!({ "resource_id": id });
        let answer = meta.admin().post("/api/metadata/sync/auto", &sync).await;
        let problem = answer.problem(422, "validation-failed");
        let detail = "must be an integer from 1 to 9223372036854775807";
        assert_eq!(problem["errors"][0]["detail"], detail, "{sync}");
    }
}

/// A login with each of these is made at the server, registered, and read.
pub(super) async fn passwords_of_any_characters_are_kept_whole(server: Server) {
    let printable: String = (' '..='~').collect();
    let meta = Installation::new().await.meta().await;
    for password in [printable.as_str(), " p ", "日本語 größe", "🙂🔑🙂"] {
        let mut source = Source::create(server).await;
        source.set_password(password).await;
        source
            .execute("create table orders (id int primary key)")
            .await;
        let created = meta
            .admin()
            .post(SOURCES, &source.registration(&source.database))
            .await
            .expect(201);
        let id = meta.registered(created).await;
        let request = json!({ "resource_id": id, "database": source.database });
        assert_eq!(meta.scan(&request).await["tables_scanned"], 1, "{password}");
    }
}

/// Passed on from `::1`, at which the servers of the tests do not listen themselves.
pub(super) async fn an_address_of_ipv6_is_reached(server: Server) {
    let source = Source::create(server).await;
    let listener = TcpListener::bind("[::1]:0").await;
    let listener = listener.expect("this machine has the loopback address ::1");
    let port = listener.local_addr().expect("it is bound").port();
    let to = server.address();
    let wire = tokio::spawn(async move {
        while let Ok((mut here, _)) = listener.accept().await {
            let mut there = TcpStream::connect(&to).await.expect("the server listens");
            tokio::spawn(async move { copy_bidirectional(&mut here, &mut there).await });
        }
    });
    let meta = Installation::new().await.meta().await;
    let mut body = source.registration("six");
    body["host"] = "::1".into();
    body["port"] = port.into();
    let created = meta.admin().post(SOURCES, &body).await.expect(201);
    let _ = meta.registered(created).await;
    wire.abort();
}
