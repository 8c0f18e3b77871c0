//! Tenants that tell of the same things know nothing of each other.

use models::{Role, TenantId};
use serde_json::json;
use test_support::{Installation, Server, Source, TENANT};

use super::{dataset, event, job, told, with};

const OTHER: TenantId = TenantId(2);

#[tokio::test]
async fn the_same_run_of_two_tenants_is_two() {
    let source = Source::create(Server::Postgres).await;
    source
        .execute(
            "create table orders (id int primary key); create table totals (id int primary key)",
        )
        .await;
    let meta = Installation::new().await.meta().await;
    let id = meta.register(&source).await;
    meta.scan(&json!({ "resource_id": id, "database": source.database }))
        .await;
    let (ours, theirs) = (meta.admin(), meta.user(OTHER, Role::Admin));
    let edges = json!({ "/inputs": [dataset(&source, "orders")], "/outputs": [dataset(&source, "totals")] });
    // Only the other tenant tells of what lies between our tables.
    let foreign = told(&theirs, &with(event("COMPLETE", 1), &edges)).await;
    let databases = format!(
        "/api/metadata/databases?resource_id={id}&name={}",
        source.database
    );
    let database = ours.get(&databases).await.expect(200)["items"][0]["id"].clone();
    let tables = format!("/api/metadata/tables?database_id={database}&name=orders");
    let table = ours.get(&tables).await.expect(200)["items"][0]["id"].clone();
    let path = format!("/api/metadata/lineage?table_id={table}");
    let graph = ours.get(&path).await.expect(200);
    assert_eq!(
        (graph["nodes"].as_array().map(Vec::len), &graph["edges"]),
        (Some(1), &json!([])),
        "{graph}"
    );
    let _ = theirs.get(&path).await.problem(404, "table-not-found");

    // The same run of ours is another job, and ends otherwise.
    let own = told(&ours, &event("FAIL", 2)).await;
    assert_ne!(own, foreign);
    assert_eq!(job(&ours, &own).await["status"], "FAILED");
    assert_eq!(job(&theirs, &foreign).await["status"], "SUCCESS");
    let path = format!("/api/metadata/jobs/{}", foreign.as_str().expect("an id"));
    let _ = meta
        .user(TENANT, Role::Admin)
        .get(&path)
        .await
        .problem(404, "job-not-found");

    // And so is its parent.
    let child = json!({
        "/run/runId": "019e0000-0000-7000-8000-0000000000ff",
        "/run/facets": { "parent": { "run": { "runId": super::RUN } } },
    });
    let child = told(&theirs, &with(event("START", 3), &child)).await;
    assert_eq!(job(&theirs, &child).await["parent_job_id"], foreign);
}
