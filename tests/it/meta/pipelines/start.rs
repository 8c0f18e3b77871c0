//! `POST /api/metadata/pipelines/{id}/sync`, `/run-etl` and `/measure`

use models::Role;
use serde_json::{Value, json};
use test_support::{TENANT, assert_has};

use super::{Shop, jobs, path};

#[tokio::test]
async fn each_step_is_a_job() {
    let shop = Shop::new(&[]).await;
    shop.allow_writing().await;
    let pipeline = shop.add(&json!({})).await;
    let http = json!({
        "name": "called", "etl": { "kind": "http", "url": "https://etl.example.org/run" },
    });
    let called = shop.add(&http).await;
    let operator = shop.meta.user(TENANT, Role::Operator);
    let steps = [
        (&pipeline, "sync", "SQL_SYNC"),
        (&pipeline, "run-etl", "SQL_ETL"),
        (&pipeline, "measure", "MEASURE"),
        (&called, "run-etl", "HTTP_ETL"),
    ];
    for (pipeline, step, job_type) in steps {
        let answer = operator
            .post(&format!("{}/{step}", path(pipeline)), &json!({}))
            .await;
        let location = answer.header("location").to_owned();
        let started = answer.expect(202);
        let expected = json!({ "pipeline_id": pipeline["id"], "status": "QUEUED" });
        assert_has(&started, &expected);
        let job = shop.api().get(&location).await.expect(200);
        let expected = json!({
            "id": started["job_id"], "job_type": job_type, "pipeline_id": pipeline["id"], "datasource_id": null,
            "target_scope": format!("pipeline:{}", pipeline["id"]), "trigger": "manual", "status": "QUEUED",
        });
        assert_has(&job, &expected);
    }
    let shown = shop.read(&pipeline).await;
    let types: Vec<&Value> = shown["last_jobs"]
        .as_array()
        .expect("jobs")
        .iter()
        .map(|job| &job["job_type"])
        .collect();
    assert_eq!(types, ["MEASURE", "SQL_ETL", "SQL_SYNC"], "newest first");
}

#[tokio::test]
async fn of_two_triggers_at_once_one_is_told_of_the_other() {
    let shop = Shop::new(&[]).await;
    let pipeline = shop.add(&json!({})).await;
    let (one, two) = tokio::join!(
        shop.ask(&pipeline, "measure"),
        shop.ask(&pipeline, "measure")
    );
    let (taken, refused) = if one.status == 202 {
        (one, two)
    } else {
        (two, one)
    };
    let taken = taken.expect(202);
    let problem = refused.problem(409, "pipeline-active");
    assert_eq!(problem["job_id"], taken["job_id"]);
    let other = shop.add(&json!({ "name": "other" })).await;
    let _ = shop.start(&other, "measure").await;
    shop.end_jobs("SUCCESS").await;
    let again = shop.start(&pipeline, "measure").await;
    assert_ne!(taken["job_id"], again.as_str());
}

#[tokio::test]
async fn a_request_that_is_sent_again_starts_one_job() {
    let shop = Shop::new(&[]).await;
    let pipeline = shop.add(&json!({})).await;
    let api = shop.api().clone().with_header("idempotency-key", "k-1");
    let ask = async || {
        let measure = format!("{}/measure", path(&pipeline));
        api.post(&measure, &json!({})).await.expect(202)
    };
    assert_eq!(ask().await, ask().await);
    assert_eq!(jobs(&shop.api()).await.len(), 1);
}

#[tokio::test]
async fn what_is_run_outside_is_not_started_here() {
    let shop = Shop::new(&[]).await;
    let outside = json!({ "fill": { "kind": "external" }, "etl": { "kind": "external" } });
    let pipeline = shop.add(&outside).await;
    for step in ["sync", "run-etl"] {
        let _ = shop
            .ask(&pipeline, step)
            .await
            .problem(409, "pipeline-external");
    }
    let _ = shop.start(&pipeline, "measure").await;
}

#[tokio::test]
async fn nothing_is_written_where_it_is_not_allowed() {
    let shop = Shop::new(&[]).await;
    let pipeline = shop.add(&json!({})).await;
    for step in ["sync", "run-etl"] {
        let problem = shop
            .ask(&pipeline, step)
            .await
            .problem(409, "datasource-read-only");
        let detail = problem["detail"].as_str().expect("text");
        assert!(detail.contains("options.writable"), "{detail}");
    }
    let _ = shop.start(&pipeline, "measure").await;
    shop.allow_writing().await;
    let _ = shop.start(&pipeline, "sync").await;
}

#[tokio::test]
async fn a_paused_source_is_left_alone() {
    let shop = Shop::new(&[]).await;
    let pipeline = shop.add(&json!({})).await;
    let source = format!("/api/metadata/datasources/{}", shop.source);
    let _ = shop
        .api()
        .patch(&source, &json!({ "paused": true }))
        .await
        .expect(200);
    for step in ["sync", "run-etl", "measure"] {
        let _ = shop
            .ask(&pipeline, step)
            .await
            .problem(409, "datasource-paused");
    }
}

#[tokio::test]
async fn jobs_are_stopped_with_their_pipeline_and_stay_in_the_log() {
    let shop = Shop::new(&[]).await;
    let pipeline = shop.add(&json!({})).await;
    let job = shop.start(&pipeline, "measure").await;
    assert_eq!(shop.api().delete(&path(&pipeline)).await.status, 204);
    let job = format!("/api/metadata/jobs/{job}");
    let stopped = json!({ "status": "CANCELLED", "pipeline_id": null });
    assert_has(&shop.api().get(&job).await.expect(200), &stopped);
    let _ = shop
        .api()
        .post(&format!("{job}/retry"), &json!({}))
        .await
        .problem(404, "pipeline-not-found");
}

#[tokio::test]
async fn a_job_that_failed_is_done_again() {
    let shop = Shop::new(&[]).await;
    let pipeline = shop.add(&json!({})).await;
    let job = shop.start(&pipeline, "measure").await;
    shop.end_jobs("FAILED").await;
    let retried = shop
        .api()
        .post(&format!("/api/metadata/jobs/{job}/retry"), &json!({}))
        .await
        .expect(202);
    assert_eq!(retried["scan_id"], Value::Null);
    let path = format!(
        "/api/metadata/jobs/{}",
        retried["job_id"].as_str().expect("an id")
    );
    let again = shop.api().get(&path).await.expect(200);
    let expected =
        json!({ "job_type": "MEASURE", "parent_job_id": job, "pipeline_id": pipeline["id"] });
    assert_has(&again, &expected);
}

/// They hold values of the data: not for everybody.
#[tokio::test]
async fn rows_that_failed_are_listed_with_their_reasons() {
    let shop = Shop::new(&[]).await;
    let pipeline = shop.add(&json!({})).await;
    let job = shop.start(&pipeline, "measure").await;
    shop.execute(&format!(
        "insert into metadata.failed_rows (tenant_id, job_id, row_key, reason)
         select 1, '{job}', 'id = ' || n, 'too long' from generate_series(1, 3) n"
    ))
    .await;
    let path = format!("/api/metadata/jobs/{job}/failed-rows?limit=2");
    let viewer = shop.meta.user(TENANT, Role::Viewer);
    let _ = viewer.get(&path).await.problem(403, "forbidden");
    let operator = shop.meta.user(TENANT, Role::Operator);
    let page = operator.get(&path).await.expect(200);
    let first = json!({ "job_id": job, "row_key": "id = 1", "reason": "too long" });
    assert_has(&page["items"][0], &first);
    let cursor = page["next_cursor"].as_str().expect("there are more");
    let rest = operator
        .get(&format!("{path}&cursor={cursor}"))
        .await
        .expect(200);
    assert_eq!(rest["items"][0]["row_key"], "id = 3");
    assert_eq!(rest["next_cursor"], Value::Null);
    let nobody = "/api/metadata/jobs/019e0000-0000-7000-8000-000000000000/failed-rows";
    let _ = operator.get(nobody).await.problem(404, "job-not-found");
}
