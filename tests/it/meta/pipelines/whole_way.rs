//! From new rows to a business table that has them, on real servers.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use test_support::{Api, Installation, Meta, Server, Source, assert_has, eventually};

use super::{PIPELINES, path};

/// Both tables, with the same rows.
const TABLES: &str = "
    create table sync_orders (id int primary key, name varchar(40) not null);
    create table biz_orders (id int primary key, name varchar(40) not null);
    insert into sync_orders values (1, 'a'), (2, 'b');
    insert into biz_orders values (1, 'a'), (2, 'b');";
const ETL: &str = "insert into biz_orders select * from sync_orders s where s.id not in (select id from biz_orders)";

async fn table(api: &Api, source: i64, database: &str, name: &str) -> i64 {
    let list = format!("/api/metadata/databases?resource_id={source}&name={database}");
    let database = api.get(&list).await.expect(200)["items"][0]["id"].take();
    let list = format!("/api/metadata/tables?database_id={database}&name={name}");
    let found = api.get(&list).await.expect(200);
    found["items"][0]["id"].as_i64().expect("an id")
}

/// Waits until a job ends, and reads it.
pub(super) async fn ended(api: &Api, job: &Value) -> Value {
    let path = format!("/api/metadata/jobs/{}", job.as_str().expect("an id"));
    eventually("the end of a job", async || {
        let job = api.get(&path).await.expect(200);
        job["completed_at"].is_string().then_some(job)
    })
    .await
}

/// What the overview says of the only pipeline, once so many rows wait.
async fn pending(meta: &Meta, rows: i64) -> Value {
    let api = meta.admin();
    eventually(&format!("{rows} rows to wait"), async || {
        let overview = api.get("/api/metadata/overview").await.expect(200);
        let one = overview["pipelines"][0].clone();
        (one["pending_rows"] == rows).then_some(one)
    })
    .await
}

#[track_caller]
fn moment(value: &Value) -> DateTime<Utc> {
    value.as_str().expect("a time").parse().expect("a time")
}

/// A pipeline of two tables of one server, whose sync table somebody else fills.
pub(super) async fn running(server: Server, more: &Value) -> (Meta, Source, Value) {
    let source = Source::create(server).await;
    source.execute(TABLES).await;
    let (name, username) = (&source.database, &source.username);
    let grant = match server {
        Server::Postgres => format!("grant all on all tables in schema public to {username}"),
        Server::MariaDb | Server::MySql => format!("grant all on {name}.* to {username}"),
    };
    source.execute(&grant).await;
    let meta = Installation::new().await.meta().await;
    let id = meta.register(&source).await;
    let api = meta.admin();
    let writable = json!({ "options": { "writable": true } });
    let path = format!("/api/metadata/datasources/{id}");
    let _ = api.patch(&path, &writable).await.expect(200);
    let database = &source.database;
    let _ = meta
        .scan(&json!({ "resource_id": id, "database": database }))
        .await;
    let body = json!({
        "name": "orders", "sync_table_id": table(&api, id, database, "sync_orders").await,
        "biz_table_id": table(&api, id, database, "biz_orders").await, "fill": { "kind": "external" },
        "etl": { "kind": "sql", "statement": ETL },
        "delta": { "method": "key", "sync_column": "id", "biz_column": "id" },
        "target": { "etl_seconds": 3600 },
    });
    let made = api.post(PIPELINES, &super::with(body, more)).await;
    (meta, source, made.expect(201))
}

pub(super) async fn fill(source: &Source) {
    let rows: Vec<String> = (3..515).map(|id| format!("({id}, 'new')")).collect();
    let sql = format!("insert into sync_orders values {}", rows.join(", "));
    source.execute(&sql).await;
}

async fn new_rows_are_seen_and_processed(server: Server) {
    let (meta, source, pipeline) = running(server, &json!({})).await;
    let api = meta.admin();
    let start = async |step: &str| {
        let answer = api
            .post(&format!("{}/{step}", path(&pipeline)), &json!({}))
            .await;
        answer.expect(202)["job_id"].take()
    };
    let measured = ended(&api, &start("measure").await).await;
    assert_eq!(measured["status"], "SUCCESS", "{measured}");
    let before = pending(&meta, 0).await;
    assert_has(
        &before,
        &json!({ "method": "key", "last_processed_at": null, "freshness": "unknown" }),
    );
    fill(&source).await;
    let _ = ended(&api, &start("measure").await).await;
    let waiting = pending(&meta, 512).await;
    assert!(moment(&waiting["measured_at"]) > moment(&before["measured_at"]));
    let etl = ended(&api, &start("run-etl").await).await;
    assert_eq!(etl["status"], "SUCCESS", "{etl}");
    assert_eq!(etl["records_processed"], 512);
    // What waits is counted without being asked for.
    let after = pending(&meta, 0).await;
    assert_eq!(after["last_processed_at"], etl["completed_at"]);
    assert_eq!(after["freshness"], "fresh");
    assert!(moment(&after["measured_at"]) >= moment(&etl["completed_at"]));
    let totals = api.get("/api/metadata/overview").await.expect(200);
    let groups = json!([
        { "name": "Sync", "tables": 1, "records": 514 },
        { "name": "Business", "tables": 1, "records": 514 },
        { "name": "Other", "tables": 0, "records": null },
    ]);
    assert_eq!(totals["groups"], groups);
    let last = &after["last_jobs"];
    assert_eq!(last[0]["job_type"], "MEASURE");
    let follows = ended(&api, &last[0]["id"]).await;
    let expected = json!({ "trigger": "pipeline", "parent_job_id": etl["id"] });
    assert_has(&follows, &expected);
}

#[tokio::test]
async fn new_rows_are_seen_and_processed_on_postgres() {
    new_rows_are_seen_and_processed(Server::Postgres).await;
}

#[tokio::test]
async fn new_rows_are_seen_and_processed_on_mariadb() {
    new_rows_are_seen_and_processed(Server::MariaDb).await;
}

/// The measurement starts the ETL, and the one that follows that starts nothing, though rows stay behind.
#[tokio::test]
async fn a_threshold_starts_the_etl_once() {
    let stays = "insert into biz_orders select * from sync_orders where id = 3 and 3 not in (select id from biz_orders)";
    let more = json!({ "threshold": 512, "etl": { "kind": "sql", "statement": stays } });
    let (meta, source, pipeline) = running(Server::Postgres, &more).await;
    let api = meta.admin();
    let measure = format!("{}/measure", path(&pipeline));
    let first = api.post(&measure, &json!({})).await.expect(202);
    let _ = ended(&api, &first["job_id"]).await;
    assert_eq!(
        pending(&meta, 0).await["last_jobs"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    fill(&source).await;
    let second = api.post(&measure, &json!({})).await.expect(202);
    let _ = ended(&api, &second["job_id"]).await;
    let left = pending(&meta, 511).await;
    let jobs = left["last_jobs"].as_array().expect("jobs");
    let types: Vec<&Value> = jobs.iter().map(|job| &job["job_type"]).collect();
    assert_eq!(types, ["MEASURE", "SQL_ETL", "MEASURE", "MEASURE"]);
    // With the threshold reached by what stayed behind.
    let change = json!({ "threshold": 1 });
    let _ = api.patch(&path(&pipeline), &change).await.expect(200);
    let again = api
        .post(&format!("{}/run-etl", path(&pipeline)), &json!({}))
        .await
        .expect(202);
    let _ = ended(&api, &again["job_id"]).await;
    let settled = eventually("nothing to be active any more", async || {
        let view = api.get(&path(&pipeline)).await.expect(200);
        let jobs = view["last_jobs"].as_array().expect("jobs").clone();
        let is_done = jobs.iter().all(|job| job["completed_at"].is_string());
        (is_done && jobs[0]["job_type"] == "MEASURE").then_some(view)
    })
    .await;
    assert_eq!(settled["last_jobs"][1]["id"], again["job_id"], "{settled}");
}

/// Nothing is asked for here: what programs outside report is enough.
#[tokio::test]
async fn reported_runs_have_what_waits_counted() {
    let more = json!({
        "fill": { "kind": "external", "job_type": "METABASE_SYNC", "target_scope": "orders" },
        "etl": { "kind": "external", "job_type": "AI_ETL", "target_scope": "all_biz" },
        "target": { "sync_seconds": 3600, "etl_seconds": 3600 },
    });
    let (meta, source, _) = running(Server::Postgres, &more).await;
    let api = meta.admin();
    let report = async |job_type: &str, target_scope: &str| {
        let body =
            json!({ "job_type": job_type, "target_scope": target_scope, "status": "SUCCESS" });
        api.post("/api/metadata/jobs", &body).await.expect(201)
    };
    fill(&source).await;
    let filled = report("METABASE_SYNC", "orders").await;
    let waiting = pending(&meta, 512).await;
    let expected = json!({
        "last_synced_at": filled["completed_at"], "last_processed_at": null, "sync_freshness": "fresh",
        "etl_freshness": "unknown", "method": "key",
    });
    assert_has(&waiting, &expected);
    source.execute(ETL).await;
    let made = report("AI_ETL", "all_biz").await;
    let done = pending(&meta, 0).await;
    let expected = json!({
        "last_synced_at": filled["completed_at"], "last_processed_at": made["completed_at"], "freshness": "fresh",
    });
    assert_has(&done, &expected);
}
