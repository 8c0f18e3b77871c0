//! Requests made at random, by the rules of the document that a service serves and against them: schemathesis holds each
//! answer against the document. `tests/schemathesis/schemathesis.toml` says what it asks and what it checks.

use std::path::Path;
use std::process::Output;
use std::time::Duration;

use models::Role;
use serde_json::{Value, json};
use test_support::{Installation, Manager, Meta, TENANT, unique};
use tokio::process::Command;
use tokio::time::timeout;

use super::place::Place;

/// How long schemathesis may take, starting included.
const LIMIT: Duration = Duration::from_mins(5);

/// A line of what it says may hold a request of many thousand characters.
const WIDTH: usize = 200;

#[tokio::test]
async fn meta_answers_as_its_document_says() {
    let (meta, _manager) = services().await;
    ask(&meta.installation, &meta.url).await;
}

#[tokio::test]
async fn manager_answers_as_its_document_says() {
    let (_meta, manager) = services().await;
    ask(&manager.installation, &manager.url).await;
}

/// Both services, with a source that has been read and a table that is managed. No worker does what is asked of them:
/// what they answer does not hang on how far one has come.
async fn services() -> (Meta, Manager) {
    let Place { meta, manager, .. } = Place::new().await;
    let installation = meta.installation.clone();
    manager.stop().await;
    meta.stop().await;
    let no_workers = [("META__WORKERS__CONCURRENCY", "0")];
    let meta = installation.meta_with(&no_workers).await;
    let manager = installation.manager(&meta.url).await;
    (meta, manager)
}

/// Asks the service at `url`, as an administrator.
async fn ask(installation: &Installation, url: &str) {
    let (output, report) = run(url, installation.token(TENANT, Role::Admin)).await;
    let said = String::from_utf8_lossy(&output.stdout);
    let said = said.lines().map(|line| line.chars().take(WIDTH).collect());
    let said = said.collect::<Vec<String>>().join("\n");
    assert!(output.status.success(), "{}\n{said}", report["failures"]);

    let operations = &report["operations"];
    assert_ne!(operations["total"], 0);
    assert_eq!(operations["tested"], operations["total"], "{operations}");
    let cases = &report["test_cases"];
    assert!(cases["generated"].as_u64() > Some(100), "{cases}");
    // One that is turned away for coming too often says nothing of the operation.
    assert_eq!(report["warnings"]["rate_limited"], json!([]));
}

/// What schemathesis did: how it ended, and its report.
async fn run(url: &str, token: String) -> (Output, Value) {
    let file = std::env::temp_dir().join(unique("schemathesis"));
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemathesis/run");
    let mut schemathesis = Command::new(program);
    schemathesis
        .arg("run")
        .arg(format!("{url}/api-docs/openapi.json"))
        .args(["--no-color", "--report", "json", "--report-json-path"])
        .arg(&file)
        .env("PLUMB_TOKEN", token)
        .kill_on_drop(true);
    let output = timeout(LIMIT, schemathesis.output()).await;
    let output = output.expect("schemathesis ends");
    let output = output.expect("tests/schemathesis/run can be run");
    let report = std::fs::read(&file);
    let report = report.unwrap_or_else(|error| panic!("no report: {error}: {output:?}"));
    std::fs::remove_file(&file).expect("the file is ours");
    (output, serde_json::from_slice(&report).expect("JSON"))
}
