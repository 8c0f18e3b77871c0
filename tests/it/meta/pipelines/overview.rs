//! `/api/metadata/overview`

use catalog::measurements;
use chrono::{DateTime, Utc};
use http::Method;
use jobs::log;
use models::Role;
use models::pipeline::{DeltaMethod, Measurement};
use serde_json::{Value, json};
use test_support::{TENANT, assert_has};

use super::{NOON, Shop, add_table};

const OVERVIEW: &str = "/api/metadata/overview";
const GROUPS: &str = "/api/metadata/overview/groups";

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

/// Stores what a measurement found.
pub(super) async fn measured(shop: &Shop, pipeline: &Value, found: Measurement) {
    let id = pipeline["id"].as_i64().expect("an id");
    let store = shop.meta.installation.store().open();
    let mut tx = store.begin(TENANT).await.expect("a transaction");
    measurements::record(&mut tx, id, &found)
        .await
        .expect("it is stored");
    tx.commit().await.expect("it is kept");
}

pub(super) async fn waiting(shop: &Shop, pipeline: &Value, rows: i64, at: &str) -> Measurement {
    let job_id = shop.start(pipeline, "measure").await;
    shop.end_jobs("SUCCESS").await;
    Measurement {
        job_id: job_id.parse().expect("an id"),
        measured_at: moment(at),
        method: DeltaMethod::Key,
        pending_rows: rows,
        surplus_rows: Some(3),
        sync_rows: Some(10_000_000),
        biz_rows: Some(9_999_488),
        sync_changed_at: None,
        biz_changed_at: None,
        note: None,
    }
}

/// Sets when the last jobs of a type ended.
async fn ended_at(shop: &Shop, job_type: &str, time: &str) {
    shop.execute(&format!(
        "update metadata.log_data_jobs set completed_at = '{time}' where job_type = '{job_type}'"
    ))
    .await;
}

#[tokio::test]
async fn it_tells_what_waits_and_how_old_the_data_is() {
    let shop = Shop::new(&[]).await;
    shop.allow_writing().await;
    let target = json!({ "target": { "sync_seconds": 3600, "etl_seconds": 3600 } });
    let pipeline = shop.add(&target).await;
    let _ = shop.start(&pipeline, "sync").await;
    let _ = shop.start(&pipeline, "run-etl").await;
    shop.end_jobs("SUCCESS").await;
    ended_at(&shop, "SQL_SYNC", "2026-01-05T11:30:00Z").await;
    ended_at(&shop, "SQL_ETL", "2026-01-05T10:00:00Z").await;
    let found = waiting(&shop, &pipeline, 512, NOON).await;
    measured(&shop, &pipeline, found).await;
    // A run that failed brings nothing up to date.
    let _ = shop.start(&pipeline, "run-etl").await;
    shop.end_jobs("FAILED").await;
    shop.execute(
        "update metadata.log_data_jobs set error_details = E'no such column: a\nin the statement'
        where status = 'FAILED'",
    )
    .await;
    let viewer = shop.meta.user(TENANT, Role::Viewer);
    let overview = viewer.get(OVERVIEW).await.expect(200);
    let one = &overview["pipelines"][0];
    let expected = json!({
        "id": pipeline["id"], "name": "orders", "problems": 0, "last_synced_at": "2026-01-05T11:30:00Z",
        "last_processed_at": "2026-01-05T10:00:00Z", "sync_freshness": "fresh", "etl_freshness": "late",
        "freshness": "late", "pending_rows": 512, "measured_at": NOON, "method": "key", "fill": { "kind": "sql" },
        "etl": { "kind": "sql" },
    });
    assert_has(one, &expected);
    let types = one["last_jobs"].as_array().expect("jobs").iter();
    let types: Vec<&Value> = types.map(|job| &job["job_type"]).collect();
    assert_eq!(types, ["SQL_ETL", "MEASURE", "SQL_ETL", "SQL_SYNC"]);
    let errors = one["last_jobs"].as_array().expect("jobs").iter();
    let errors: Vec<&Value> = errors.map(|job| &job["error"]).collect();
    assert_eq!(
        json!(errors),
        json!(["no such column: a", null, null, null])
    );
    let failed = json!({
        "job_type": "SQL_ETL", "status": "FAILED", "pipeline_id": pipeline["id"],
        "target_scope": format!("pipeline:{}", pipeline["id"]),
    });
    assert_has(&overview["failures"][0], &failed);
    let source = json!({ "id": shop.source, "datasource_name": "shop", "databases": 1, "tables": 2, "records": 200 });
    assert_has(&overview["sources"][0], &source);
    assert_eq!(overview["sources"][0]["active_job_id"], Value::Null);
    let request = json!({ "resource_id": shop.source });
    let path = "/api/metadata/sync/auto";
    let sync = shop.meta.admin().post(path, &request).await.expect(202);
    let overview = viewer.get(OVERVIEW).await.expect(200);
    assert_eq!(overview["sources"][0]["active_job_id"], sync["job_id"]);
    // The same where the pipeline is.
    let shown = shop.read(&pipeline).await;
    assert_eq!(shown["freshness"], "late");
    assert_eq!(shown["measurement"]["surplus_rows"], 3);
}

/// Of the data itself where it has a time of its own, but never later than it was looked at.
#[tokio::test]
async fn the_data_tells_how_new_it_is() {
    let shop = Shop::new(&[]).await;
    let more = json!({
        "fill": { "kind": "external" }, "etl": { "kind": "external" }, "target": { "sync_seconds": 3600 },
    });
    let pipeline = shop.add(&more).await;
    let mut found = waiting(&shop, &pipeline, 7, NOON).await;
    found.sync_changed_at = Some(moment("2026-01-05T12:04:00Z"));
    found.biz_changed_at = Some(moment("2026-01-05T09:00:00Z"));
    measured(&shop, &pipeline, found).await;
    let expected = json!({
        "last_synced_at": NOON, "last_processed_at": "2026-01-05T09:00:00Z", "freshness": "fresh",
        "etl_freshness": "unknown",
    });
    assert_has(&shop.read(&pipeline).await, &expected);
    shop.clock.set("2026-01-05T13:00:01Z");
    assert_eq!(shop.read(&pipeline).await["freshness"], "late");
}

#[tokio::test]
async fn tables_are_counted_by_group() {
    let shop = Shop::new(&[]).await;
    let _ = add_table(&shop.meta, shop.source, "staging", &[("n", "integer")]).await;
    let made = add_table(&shop.meta, shop.source, "invoices", &super::COLUMNS).await;
    let group = |name: &str, tables: i64| json!({ "name": name, "tables": tables, "records": tables * 100 });
    let groups = async || {
        let overview = shop.api().get(OVERVIEW).await.expect(200);
        overview["groups"].clone()
    };
    let usual = json!([group("Sync", 1), group("Business", 1), group("Other", 2)]);
    assert_eq!(groups().await, usual);
    // What a pipeline makes is business, whatever it is called.
    let _ = shop.add(&json!({ "biz_table_id": made })).await;
    let with_pipeline = json!([group("Sync", 1), group("Business", 2), group("Other", 1)]);
    assert_eq!(groups().await, with_pipeline);

    let found = shop.api().get(GROUPS).await.expect(200);
    assert_eq!(found, json!({ "groups": [] }));
    let own = json!({ "groups": [
        { "name": "Raw", "prefixes": ["STA", "public.sync_"], "table_ids": [] },
        { "name": "Chosen", "prefixes": [], "table_ids": [shop.sync] },
    ] });
    let set = shop.api().send(Method::PUT, GROUPS, Some(&own)).await;
    assert_eq!(set.expect(200), own);
    assert_eq!(shop.api().get(GROUPS).await.expect(200), own);
    let by_hand = json!([group("Raw", 1), group("Chosen", 1), group("Other", 2)]);
    assert_eq!(groups().await, by_hand);
    let twice = json!({ "groups": [{ "name": "a" }, { "name": "a" }] });
    let answer = shop.api().send(Method::PUT, GROUPS, Some(&twice)).await;
    let _ = answer.problem(422, "validation-failed");
    let typo = json!({ "groups": [{ "name": "a", "table_ids": [shop.sync, 999_999] }] });
    let answer = shop.api().send(Method::PUT, GROUPS, Some(&typo)).await;
    let problem = answer.problem(422, "validation-failed");
    assert_eq!(problem["errors"][0]["pointer"], "/groups/0/table_ids/1");
    let none = json!({ "groups": [] });
    let _ = shop
        .api()
        .send(Method::PUT, GROUPS, Some(&none))
        .await
        .expect(200);
    assert_eq!(groups().await, with_pipeline);
}

/// One failure is told until the same job has ended again.
#[tokio::test]
async fn a_failure_is_told_until_the_next_end() {
    let shop = Shop::new(&[]).await;
    let pipeline = shop.add(&json!({})).await;
    let failures = async || {
        let overview = shop.api().get(OVERVIEW).await.expect(200);
        overview["failures"].as_array().expect("failures").len()
    };
    // That of the registration goes first, since nothing runs here.
    shop.end_jobs("SUCCESS").await;
    let _ = shop.start(&pipeline, "measure").await;
    shop.end_jobs("FAILED").await;
    shop.execute("update metadata.log_data_jobs set completed_at = '2026-01-05T11:00:00Z'")
        .await;
    assert_eq!(failures().await, 1);
    shop.clock.set("2026-01-12T11:00:01Z");
    assert_eq!(failures().await, 0, "after seven days");
    shop.clock.set(NOON);
    let _ = shop.start(&pipeline, "measure").await;
    shop.end_jobs("SUCCESS").await;
    assert_eq!(failures().await, 0);
}

/// What a server says of its tables is an estimate, and may be nonsense.
#[tokio::test]
async fn figures_that_cannot_be_are_no_failure() {
    let shop = Shop::new(&[]).await;
    shop.execute(&format!(
        "update metadata.tables set row_count = {}",
        i64::MAX
    ))
    .await;
    let part = add_table(&shop.meta, shop.source, "sync_orders_1", &super::COLUMNS).await;
    shop.execute(&format!(
        "update metadata.tables set table_type = 'PARTITION' where id = {part}"
    ))
    .await;
    let overview = shop.api().get(OVERVIEW).await.expect(200);
    assert_eq!(overview["sources"][0]["records"], i64::MAX);
    shop.execute("update metadata.tables set row_count = 100")
        .await;
    let overview = shop.api().get(OVERVIEW).await.expect(200);
    // The rows of a partition are counted with its table.
    assert_eq!(overview["sources"][0]["records"], 200);
    shop.execute("update metadata.tables set row_count = null")
        .await;
    let overview = shop.api().get(OVERVIEW).await.expect(200);
    assert_eq!(overview["sources"][0]["records"], Value::Null);
    assert_eq!(overview["groups"][2]["records"], Value::Null);
}

/// However long all that followed has failed: it tells how old the data is.
#[tokio::test]
async fn the_last_good_end_is_kept() {
    let shop = Shop::new(&[]).await;
    let pipeline = shop.add(&json!({})).await;
    let found = waiting(&shop, &pipeline, 7, NOON).await;
    let good = found.job_id;
    measured(&shop, &pipeline, found).await;
    let mut later = Vec::new();
    for _ in 0..2 {
        later.push(shop.start(&pipeline, "measure").await);
        shop.end_jobs("FAILED").await;
    }
    shop.execute("update metadata.log_data_jobs set completed_at = '2020-01-01T00:00:00Z'")
        .await;
    let store = shop.meta.installation.store().open();
    let mut connection = store.connection().await.expect("a connection");
    let old = log::to_purge(&mut connection, moment(NOON), 100).await;
    let old: Vec<String> = old
        .expect("the log")
        .into_iter()
        .map(|(_, id)| id.to_string())
        .collect();
    assert_eq!(old, [later[0].clone()], "neither {good} nor {}", later[1]);
}
