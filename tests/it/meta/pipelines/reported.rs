//! Parts of pipelines that programs outside run and report.

use serde_json::{Value, json};
use test_support::assert_has;

use super::{Shop, jobs, with};

/// Reports a whole run that ended then.
async fn report(shop: &Shop, what: (&str, &str), status: &str, time: &str) -> Value {
    let (job_type, target_scope) = what;
    let body = json!({
        "job_type": job_type, "target_scope": target_scope, "status": status, "started_at": time, "completed_at": time,
    });
    shop.api()
        .post("/api/metadata/jobs", &body)
        .await
        .expect(201)
}

/// A pipeline, both parts of which are run outside.
async fn outside(shop: &Shop, more: &Value) -> Value {
    let body = json!({
        "fill": { "kind": "external", "job_type": "METABASE_SYNC", "target_scope": "orders" },
        "etl": { "kind": "external", "job_type": "AI_ETL", "target_scope": "all_biz" },
        "target": { "sync_seconds": 3600, "etl_seconds": 3600 },
    });
    shop.add(&with(body, more)).await
}

const FILL: (&str, &str) = ("METABASE_SYNC", "orders");
const ETL: (&str, &str) = ("AI_ETL", "all_biz");

#[tokio::test]
async fn runs_from_outside_count_by_their_type_and_scope() {
    let shop = Shop::new(&[]).await;
    let pipeline = outside(&shop, &json!({})).await;
    let never =
        json!({ "last_synced_at": null, "last_processed_at": null, "freshness": "unknown" });
    assert_has(&pipeline, &never);
    let other = ("METABASE_SYNC", "other");
    let _ = report(&shop, other, "SUCCESS", "2026-01-05T11:59:00Z").await;
    let _ = report(&shop, FILL, "FAILED", "2026-01-05T11:58:00Z").await;
    assert_has(&shop.read(&pipeline).await, &never);
    let _ = report(&shop, FILL, "SUCCESS", "2026-01-05T11:50:00Z").await;
    let _ = report(&shop, ETL, "PARTIAL", "2026-01-05T11:40:00Z").await;
    let expected = json!({
        "last_synced_at": "2026-01-05T11:50:00Z", "last_processed_at": "2026-01-05T11:40:00Z", "freshness": "fresh",
    });
    let shown = shop.read(&pipeline).await;
    assert_has(&shown, &expected);
    let jobs = shown["last_jobs"].as_array().expect("jobs").iter();
    let types: Vec<&Value> = jobs.map(|job| &job["job_type"]).collect();
    let all = ["AI_ETL", "MEASURE", "METABASE_SYNC", "METABASE_SYNC"];
    assert_eq!(types, all);
}

/// A report that was kept until it could be sent takes back neither a time nor a failure that is over.
#[tokio::test]
async fn what_is_reported_late_is_no_news() {
    let shop = Shop::new(&[]).await;
    let pipeline = outside(&shop, &json!({})).await;
    let _ = report(&shop, FILL, "SUCCESS", "2026-01-05T11:50:00Z").await;
    let _ = report(&shop, FILL, "SUCCESS", "2026-01-05T09:00:00Z").await;
    let _ = report(&shop, FILL, "FAILED", "2026-01-05T10:00:00Z").await;
    let shown = shop.read(&pipeline).await;
    assert_eq!(shown["last_synced_at"], "2026-01-05T11:50:00Z");
    let failures = async || {
        let overview = shop.api().get("/api/metadata/overview").await.expect(200);
        overview["failures"].as_array().expect("failures").len()
    };
    assert_eq!(failures().await, 0);
    let _ = report(&shop, FILL, "FAILED", "2026-01-05T11:55:00Z").await;
    assert_eq!(failures().await, 1);
}

/// What waits is counted after a run that ended well, whoever ran it; once, however often that is reported.
#[tokio::test]
async fn a_good_end_is_followed_by_a_measurement() {
    let shop = Shop::new(&[]).await;
    let pipeline = outside(&shop, &json!({})).await;
    let api = shop.api();
    for (job_type, target_scope) in [FILL, ETL] {
        let body = json!({
            "job_type": job_type, "target_scope": target_scope, "external_id": job_type,
        });
        let run = api.post("/api/metadata/jobs", &body).await.expect(201);
        let path = format!("/api/metadata/jobs/{}", run["id"].as_str().expect("an id"));
        let _ = api
            .patch(&path, &json!({ "records_processed": 5 }))
            .await
            .expect(200);
        let before = jobs(&api).await.len();
        let end = json!({ "status": "SUCCESS", "records_processed": 7 });
        let _ = api.patch(&path, &end).await.expect(200);
        let now = jobs(&api).await;
        assert_eq!(now.len(), before + 1, "{now:?}");
        let expected = json!({
            "job_type": "MEASURE", "trigger": "pipeline", "parent_job_id": run["id"], "pipeline_id": pipeline["id"],
            "requested_by": null,
        });
        assert_has(&now[0], &expected);
        shop.end_jobs("SUCCESS").await;
        let _ = api.patch(&path, &end).await.expect(200);
        assert_eq!(jobs(&api).await.len(), before + 1);
    }
    // A bad end brings nothing.
    let before = jobs(&api).await.len();
    let _ = report(&shop, FILL, "FAILED", "2026-01-05T11:50:00Z").await;
    assert_eq!(jobs(&api).await.len(), before);
}

/// A measurement that follows an ETL starts none. One that waits when the table is filled counts what is new as well.
#[tokio::test]
async fn a_fill_makes_the_waiting_measurement_its_own() {
    let shop = Shop::new(&[]).await;
    let etl =
        json!({ "kind": "sql", "statement": "insert into biz_orders select * from sync_orders" });
    let pipeline = outside(&shop, &json!({ "etl": etl, "threshold": 1 })).await;
    let job = shop.start(&pipeline, "measure").await;
    shop.execute(&format!(
        "update metadata.log_data_jobs set parameters = '{{\"after_etl\": true}}' where id = '{job}'"
    ))
    .await;
    let asked = async || {
        let job = format!("/api/metadata/jobs/{job}");
        shop.api().get(&job).await.expect(200)["parameters"].take()
    };
    let refused = shop.ask(&pipeline, "measure").await;
    let _ = refused.problem(409, "pipeline-active");
    assert_eq!(asked().await, json!({ "after_etl": true }));
    let _ = report(&shop, FILL, "SUCCESS", "2026-01-05T11:50:00Z").await;
    assert_eq!(asked().await, json!({}));
    assert_eq!(jobs(&shop.api()).await.len(), 1);
}
