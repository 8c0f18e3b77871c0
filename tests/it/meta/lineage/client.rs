//! What the official Python client of `OpenLineage` sends, which `tests/openlineage/events.py` has it do.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use models::Role;
use serde_json::{Value, json};
use test_support::{Meta, Server, TENANT, assert_has};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::time::timeout;

use super::{RUN, dataset, job};
use crate::meta::shop::Shop;

/// How long it may take, starting included.
const LIMIT: Duration = Duration::from_mins(2);

/// Has the client send what `told` says, with an API key of an operator.
async fn emit(meta: &Meta, told: &Value) {
    let key = json!({ "name": "loads", "role": "operator" });
    let key = meta
        .admin()
        .post("/api/metadata/auth/keys", &key)
        .await
        .expect(201);
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("openlineage/run");
    let mut client = Command::new(program)
        .env("OPENLINEAGE_URL", &meta.url)
        .env("OPENLINEAGE_API_KEY", key["key"].as_str().expect("a key"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("tests/openlineage/run can be run");
    let mut stdin = client.stdin.take().expect("a pipe");
    let sent = stdin.write_all(told.to_string().as_bytes()).await;
    sent.expect("it reads what it is told");
    drop(stdin);
    let output = timeout(LIMIT, client.wait_with_output())
        .await
        .expect("it ends");
    let output = output.expect("it can be waited for");
    assert!(output.status.success(), "{output:?}");
}

/// A run of this number, whose events are sent in this order, from customers to orders.
fn run(shop: &Shop, number: u32, kinds: &[&str]) -> Value {
    let names = |table: &str, more: &[Value]| {
        let names = dataset(&shop.source, table);
        let names = [names["namespace"].clone(), names["name"].clone()];
        [&names, more].concat()
    };
    json!({
        "kinds": kinds, "run_id": format!("019e0000-0000-7000-8000-{number:012}"), "job": ["nightly", "load orders"],
        "type": "TASK", "parent": null, "error": "deadlock detected",
        "inputs": [names("customers", &[])], "outputs": [names("orders", &[json!(512)])],
    })
}

/// The newest job, which must be the only one of its run.
async fn newest(shop: &Shop) -> Value {
    let jobs = shop.list("jobs?type=TASK").await;
    job(&shop.meta.user(TENANT, Role::Viewer), &jobs[0]["id"]).await
}

#[tokio::test]
async fn each_life_of_a_run_is_told() {
    let shop = Shop::scanned(Server::Postgres).await;
    let begun = json!({
        "job_type": "TASK", "target_scope": "nightly/load orders", "started_at": "2026-01-31T08:00:00Z",
        "requested_by": "key:1",
    });
    let well = json!({
        "status": "SUCCESS", "records_processed": 512, "error_details": null, "completed_at": "2026-01-31T08:03:00Z",
    });
    let badly = json!({ "status": "FAILED", "error_details": "deadlock detected\nat line 1" });
    let stopped = json!({ "status": "CANCELLED", "error_details": "deadlock detected\nat line 1" });
    let lives: [(&[&str], &Value); 6] = [
        (&["START", "RUNNING", "OTHER", "COMPLETE"], &well),
        (&["START", "FAIL"], &badly),
        (&["START", "RUNNING", "ABORT"], &stopped),
        (&["COMPLETE", "OTHER", "RUNNING", "START"], &well),
        (
            &["START", "START", "COMPLETE", "RUNNING", "COMPLETE"],
            &well,
        ),
        (
            &["START"],
            &json!({ "status": "RUNNING", "completed_at": null }),
        ),
    ];
    for (number, (kinds, expected)) in (1..).zip(lives) {
        emit(&shop.meta, &run(&shop, number, kinds)).await;
        let job = newest(&shop).await;
        assert_has(&job, expected);
        if number == 1 {
            assert_has(&job, &begun);
        }
        let jobs = shop.list("jobs?type=TASK").await;
        assert_eq!(
            jobs.len(),
            usize::try_from(number).expect("few"),
            "{kinds:?}"
        );
    }
}

#[tokio::test]
async fn what_it_reads_and_writes_is_found_in_the_catalog() {
    for server in [Server::Postgres, Server::MariaDb] {
        let shop = Shop::scanned(server).await;
        let (from, to) = (shop.table("customers").await, shop.table("orders").await);
        emit(&shop.meta, &run(&shop, 1, &["START", "COMPLETE"])).await;
        let path = format!("/api/metadata/lineage?table_id={}&depth=1", from["id"]);
        let graph = shop.meta.admin().get(&path).await.expect(200);
        let nodes = graph["nodes"].as_array().expect("nodes");
        let to = nodes
            .iter()
            .find(|node| node["table"]["table_id"] == to["id"]);
        assert!(to.is_some_and(|node| node["distance"] == 1), "{graph}");
        let job = nodes
            .iter()
            .find(|node| node["kind"] == "job")
            .expect("the job");
        assert_has(
            job,
            &json!({ "namespace": "nightly", "name": "load orders" }),
        );
        assert_eq!(job["last_run"]["status"], "SUCCESS");
    }
}

#[tokio::test]
async fn events_of_jobs_and_datasets_and_parents_are_taken() {
    let shop = Shop::scanned(Server::Postgres).await;
    emit(&shop.meta, &run(&shop, 1, &["JOB", "DATASET"])).await;
    assert!(shop.list("jobs?type=TASK").await.is_empty());
    let path = format!(
        "/api/metadata/lineage?table_id={}",
        shop.table("orders").await["id"]
    );
    let graph = shop.meta.admin().get(&path).await.expect(200);
    let edges = graph["edges"].as_array().expect("edges");
    let told = edges.iter().filter(|edge| edge["kind"] == "openlineage");
    assert_eq!(told.count(), 2, "{graph}");

    emit(&shop.meta, &run(&shop, 1, &["START"])).await;
    let parent = newest(&shop).await["id"].clone();
    let mut child = run(&shop, 2, &["START"]);
    child["parent"] = json!({ "run_id": RUN, "job": ["nightly", "load orders"] });
    emit(&shop.meta, &child).await;
    assert_eq!(newest(&shop).await["parent_job_id"], parent);
}
