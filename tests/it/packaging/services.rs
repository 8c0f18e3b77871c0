//! Each service of the compose file does its work with the command, the environment and the health check that stand there.

use std::time::Duration;

use models::{Clock, Role};
use rustix::process::Signal;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use service_kit::auth::TokenKeys;
use test_support::{Api, Server, Source, TENANT, eventually};

use super::compose_file::{ComposeFile, Service, filled};
use super::host::Host;
use super::postgres;

#[tokio::test]
async fn they_start_work_and_stop() {
    let variables = filled();
    let Some(file) = ComposeFile::load(&variables) else {
        return;
    };
    let names: Vec<&str> = file.services.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        ["postgres", "meta", "manager"],
        "each after those that it needs"
    );
    let source = Source::create(Server::Postgres).await;
    source.create_tables(2).await;

    let mut host = Host::new();
    for service in &file.services {
        if service.command.is_empty() {
            postgres::start(&mut host, service).await;
        } else {
            published_is_served(service);
            let command = host.command(service, &service.command);
            host.start(service, command);
            host.healthy(service, &[]).await;
        }
    }
    a_table_is_managed(&user(&host, &file), &source).await;

    for service in file.services.iter().rev() {
        // The image of PostgreSQL asks docker for SIGINT, which does not wait for its clients.
        let ours = !service.command.is_empty();
        let signal = if ours { Signal::TERM } else { Signal::INT };
        let (status, said) = host.stop(service, signal).await;
        assert_eq!(status.code(), Some(0), "{}: {status}: {said}", service.name);
        if ours {
            the_log_is_json_without_secrets(&said, &variables);
        }
    }
}

/// The port that docker leads to is the one that the service is told to listen on.
fn published_is_served(service: &Service) {
    let variable = format!("{}__SERVER__PORT", service.name.to_uppercase());
    let port: u64 = service.variable(&variable).parse().expect("a port");
    assert_eq!(service.ports, [port], "{}", service.name);
}

/// A client of manager, the door for everyone, with the token of an administrator.
fn user(host: &Host, file: &ComposeFile) -> Api {
    let meta = file.services.iter().find(|it| it.name == "meta");
    let meta = meta.expect("there is meta");
    let config = meta::Config::load(None, meta.environment.clone()).expect("sound settings");
    let keys = TokenKeys::new(&config.auth, "META", Clock::system()).expect("sound keys");
    let token = keys.mint_user("ada", TENANT, &[Role::Admin], Duration::from_mins(10));
    let client = service_kit::http_client().expect("this machine can do HTTP");
    let url = format!("http://127.0.0.1:{}", host.port("manager"));
    Api::new(client, &url, Some(token.expose_secret().to_owned()))
}

async fn a_table_is_managed(api: &Api, source: &Source) {
    let register = source.registration("shop");
    let created = api
        .post("/api/metadata/datasources", &register)
        .await
        .expect(201);
    let status = format!("/api/metadata/scan/status/{}", created["sync_id"]);
    let synced = until(api, &status, &["QUEUED", "RUNNING"]).await;
    assert_eq!(synced["status"], "SUCCESS", "{synced}");
    let manage = json!({
        "resource_id": created["datasource"]["id"], "database": source.database, "tables": ["t001"],
    });
    let managed = api.post("/api/manager/manage", &manage).await.expect(202);
    let object = format!(
        "/api/manager/managed-objects/{}",
        managed["managed_objects"][0]["id"]
    );
    let object = until(api, &object, &["pending", "scanning"]).await;
    assert_eq!(object["status"], "ready", "{object}");
}

/// What is at `path`, once its `status` is none of these.
async fn until(api: &Api, path: &str, not: &[&str]) -> Value {
    eventually(path, async || {
        let document = api.get(path).await.expect(200);
        let waits = not.iter().any(|status| document["status"] == *status);
        (!waits).then_some(document)
    })
    .await
}

fn the_log_is_json_without_secrets(said: &str, variables: &[(String, String)]) {
    assert!(said.lines().count() > 0, "it said nothing");
    for line in said.lines() {
        let event: Result<Value, _> = serde_json::from_str(line);
        assert!(event.is_ok_and(|it| it.is_object()), "not JSON: {line}");
        for (name, value) in variables {
            assert!(!line.contains(value), "{name} is in the log: {line}");
        }
    }
}
