//! The main flow of `docs/postman_collection.json`, run by newman against services and servers.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use models::Role;
use serde_json::Value;
use test_support::{Installation, Server, Source, TENANT, unique};
use tokio::process::Command;
use tokio::time::timeout;

const FOLDER: &str = "Main flow";

/// How long newman may take, starting included.
const LIMIT: Duration = Duration::from_mins(4);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What newman did: how it ended, and its report.
async fn run(variables: &[(&str, String)]) -> (Output, Value) {
    let folder = std::env::temp_dir().join(unique("newman"));
    std::fs::create_dir(&folder).expect("a folder of ours");
    // In a file: a command line can be read by everybody.
    let values = variables
        .iter()
        .map(|(key, value)| serde_json::json!({ "key": key, "value": value }));
    let environment = serde_json::json!({ "name": "test", "values": values.collect::<Vec<_>>() });
    std::fs::write(folder.join("environment"), environment.to_string()).expect("a file of ours");
    let mut newman = Command::new(root().join("tests/newman/run"));
    newman
        .arg("run")
        .arg(root().join("docs/postman_collection.json"))
        .args([
            "--folder",
            FOLDER,
            "--reporters",
            "cli,json",
            "--color",
            "off",
        ])
        .arg("--environment")
        .arg(folder.join("environment"))
        .arg("--reporter-json-export")
        .arg(folder.join("report"))
        .kill_on_drop(true);
    let output = timeout(LIMIT, newman.output()).await.expect("newman ends");
    let output = output.expect("tests/newman/run can be run");
    let report = std::fs::read(folder.join("report"));
    let report = report.unwrap_or_else(|error| panic!("no report: {error}: {output:?}"));
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    (output, serde_json::from_slice(&report).expect("JSON"))
}

/// The variables that someone sets who wants to run it.
fn variables(source: &Source, urls: [&str; 2], token: String) -> Vec<(&'static str, String)> {
    let (host, port) = source.server.address();
    vec![
        ("meta_url", urls[0].to_owned()),
        ("manager_url", urls[1].to_owned()),
        ("token", token),
        ("source_type", source.server.engine().as_str().to_owned()),
        ("source_host", host),
        ("source_port", port.to_string()),
        ("source_username", source.username.clone()),
        ("source_password", source.password.clone()),
        ("source_database", source.database.clone()),
        ("source_table", "t001".to_owned()),
    ]
}

/// The names of the requests in the folder.
fn requests() -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join("docs/postman_collection.json"));
    let collection: Value = serde_json::from_str(&text.expect("the collection")).expect("JSON");
    let folders = collection["item"].as_array().expect("folders");
    let folder = folders
        .iter()
        .find(|it| it["name"] == FOLDER)
        .expect("the main flow");
    names(folder["item"].as_array().expect("requests").iter())
}

fn names<'a>(items: impl Iterator<Item = &'a Value>) -> BTreeSet<String> {
    items
        .map(|it| it["name"].as_str().expect("a name").to_owned())
        .collect()
}

async fn the_main_flow_ends_well(server: Server) {
    let source = Source::create(server).await;
    source.create_tables(2).await;
    let installation = Installation::new().await;
    let meta = installation.meta().await;
    let manager = installation.manager(&meta.url).await;
    let token = installation.token(TENANT, Role::Admin);
    let variables = variables(&source, [&meta.url, &manager.url], token);

    let (output, report) = run(&variables).await;
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    let executions = report["run"]["executions"].as_array().expect("executions");
    let sent = names(executions.iter().map(|it| &it["item"]));
    assert_eq!(sent, requests(), "every request was sent: {said}");
    for execution in executions {
        let assertions = execution["assertions"].as_array();
        assert!(
            assertions.is_some_and(|it| !it.is_empty()),
            "{execution} checks nothing"
        );
    }
    for path in ["/api/metadata/datasources", "/api/manager/managed-objects"] {
        let left = manager.admin().get(path).await.expect(200);
        assert_eq!(left["items"], serde_json::json!([]), "all was taken back");
    }
    manager.stop().await;
    meta.stop().await;
}

macro_rules! on {
    ($($name:ident: $server:ident),*) => {$(
        #[tokio::test]
        async fn $name() {
            if let Some(server) = Server::$server.available() {
                Box::pin(the_main_flow_ends_well(server)).await;
            }
        }
    )*};
}
on!(postgres: Postgres, mariadb: MariaDb, mysql: MySql);

#[tokio::test]
async fn a_flow_that_fails_is_told() {
    let source = Source::create(Server::Postgres).await;
    let installation = Installation::new().await;
    let meta = installation.meta().await;
    let manager = installation.manager(&meta.url).await;
    let token = installation.token(TENANT, Role::Admin);
    // There is no table to manage.
    let variables = variables(&source, [&meta.url, &manager.url], token);
    let (output, report) = run(&variables).await;
    assert_eq!(output.status.code(), Some(1));
    let failures = report["run"]["failures"].as_array().expect("failures");
    let failed = names(failures.iter().map(|it| &it["source"]));
    let first = failed.first().expect("a failure");
    assert!(first.contains("Watch it until it is ready"), "{failed:?}");
}

#[test]
fn no_credential_is_in_the_collection() {
    let text = std::fs::read_to_string(root().join("docs/postman_collection.json"));
    let collection: Value = serde_json::from_str(&text.expect("the collection")).expect("JSON");
    let variables = collection["variable"].as_array().expect("variables");
    for name in ["token", "source_password"] {
        let variable = variables
            .iter()
            .find(|it| it["key"] == name)
            .expect("a variable");
        assert_eq!(variable["value"], "", "{name}");
    }
}
