//! `HTTP_ETL`: a service of the tenant's makes the business table.

use http::StatusCode;
use models::Role;
use serde_json::{Value, json};
use test_support::{
    Answer, EtlAnswer, EtlDouble, Folder, Meta, Server, Source, TENANT, assert_has, eventually,
};

use super::measure::Between;

async fn called(url: &str, seconds: u32) -> Between {
    let etl = json!({
        "etl": {
            "kind": "http", "url": url, "timeout_seconds": seconds, "headers": { "x-shop": "north" }
        }
    });
    Between::of(Server::Postgres, &etl).await
}

fn details(job: &Value) -> &str {
    assert_eq!(job["status"], "FAILED", "{job}");
    job["error_details"].as_str().expect("details")
}

fn job(id: &Value) -> String {
    format!("/api/metadata/jobs/{}", id.as_str().expect("an id"))
}

/// What a service says of a job.
async fn report(meta: &Meta, id: &Value, report: &Value) -> Answer {
    let reporter = meta.user(TENANT, Role::Operator);
    reporter.patch(&job(id), report).await
}

#[tokio::test]
async fn the_service_reports_the_end_and_what_waits_is_measured() {
    let mut service = EtlDouble::answering(EtlAnswer::Status(StatusCode::ACCEPTED)).await;
    let pipeline = called(&service.url, 60).await;
    let id = pipeline.start("run-etl").await;
    let call = service.call().await;
    let expected = json!({
        "job_id": id, "attempt": 1, "pipeline": { "id": pipeline.id, "name": "orders" }, "timeout_seconds": 60,
    });
    assert_has(&call.body, &expected);
    assert_eq!(call.headers["idempotency-key"], id.as_str().expect("an id"));
    assert_eq!(call.headers["x-shop"], "north");
    let url = call.body["report_url"].as_str().expect("a URL");
    let path = url
        .strip_prefix(&pipeline.meta.url)
        .expect("a path of this meta");
    let reporter = pipeline.meta.user(TENANT, Role::Operator);
    let report = json!({ "records_total": 3, "records_processed": 2, "message": "writing" });
    let _ = reporter.patch(path, &report).await.expect(200);
    let end = json!({ "status": "PARTIAL", "records_processed": 2, "records_failed": 1, "error_details": "row 3" });
    let _ = reporter.patch(path, &end).await.expect(200);
    // It is there with the answer, whatever dies from now on.
    let queued = pipeline.read().await;
    assert_eq!(queued["last_jobs"][0]["job_type"], "MEASURE", "{queued}");
    // The same end once more starts nothing.
    let _ = reporter.patch(path, &end).await.expect(200);
    let job = pipeline.ended(&id).await;
    let expected = json!({ "status": "PARTIAL", "records_total": 3, "records_processed": 2, "records_failed": 1 });
    assert_has(&job, &expected);
    let measured = eventually("a measurement", async || {
        let shown = pipeline.read().await;
        shown["measured_at"].is_string().then_some(shown)
    })
    .await;
    let measure = &measured["last_jobs"][0];
    assert_eq!(
        (&measure["job_type"], &measure["status"]),
        (&json!("MEASURE"), &json!("SUCCESS"))
    );
    let jobs = measured["last_jobs"].as_array().expect("jobs");
    let types: Vec<_> = jobs.iter().map(|job| &job["job_type"]).collect();
    assert_eq!(types, ["MEASURE", "HTTP_ETL"]);
    assert!(service.is_idle(), "it was called once");
}

#[tokio::test]
async fn a_service_that_never_answers_or_never_reports_is_not_waited_for_for_ever() {
    for answer in [EtlAnswer::Never, EtlAnswer::Status(StatusCode::NO_CONTENT)] {
        let mut service = EtlDouble::answering(answer.clone()).await;
        let pipeline = called(&service.url, 1).await;
        let job = pipeline.run("run-etl").await;
        let details = details(&job);
        assert!(
            details.contains("has not reported the end of the job within 1 s"),
            "{answer:?}: {details}"
        );
        service.call().await;
        assert!(service.is_idle(), "another call might do everything twice");
    }
}

#[tokio::test]
async fn what_the_service_refuses_is_told() {
    let service = EtlDouble::answering(EtlAnswer::Status(StatusCode::NOT_FOUND)).await;
    let pipeline = called(&format!("{}?key=s3cret", service.url), 60).await;
    let job = pipeline.run("run-etl").await;
    assert!(
        details(&job).contains("did not take the job: it answers 404"),
        "{job}"
    );
    assert!(!job.to_string().contains("s3cret"), "{job}");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere = EtlDouble::answering(EtlAnswer::Status(StatusCode::ACCEPTED)).await;
    let service = EtlDouble::answering(EtlAnswer::Elsewhere(elsewhere.url.clone())).await;
    let pipeline = called(&service.url, 60).await;
    let job = pipeline.run("run-etl").await;
    assert!(details(&job).contains("is not followed"), "{job}");
    assert!(elsewhere.is_idle());
}

/// Addresses of cloud metadata are for no service either.
#[tokio::test]
async fn the_network_policy_holds_for_services() {
    let pipeline = called("http://169.254.169.254/latest", 60).await;
    let job = pipeline.run("run-etl").await;
    assert!(
        details(&job).contains("not allowed by the operator's network policy"),
        "{job}"
    );
    assert_eq!(job["attempt"], 1);
}

/// Its value is read for each call from where it is kept.
#[tokio::test]
async fn a_secret_is_sent_and_shown_to_nobody() {
    let mut service = EtlDouble::answering(EtlAnswer::Status(StatusCode::BAD_REQUEST)).await;
    let folder = Folder::new();
    folder.write("token", "Bearer s3cret\n");
    let file = folder.file("token");
    let etl = json!({
        "etl": {
            "kind": "http", "url": service.url, "headers": { "authorization": format!("file:{file}") }
        }
    });
    let settings = [("META__SECRETS__ALLOW_FILES_IN", folder.path())];
    let pipeline = Between::with(Server::Postgres, &etl, &settings).await;
    let job = pipeline.run("run-etl").await;
    assert_eq!(
        service.call().await.headers["authorization"],
        "Bearer s3cret"
    );
    assert!(!job.to_string().contains("s3cret"), "{job}");
    std::fs::remove_file(&file).expect("it is there");
    let job = pipeline.run("run-etl").await;
    assert!(
        details(&job).contains("the header authorization cannot be sent"),
        "{job}"
    );
    assert!(service.is_idle());
}

/// Of an answer only the status is read.
#[tokio::test]
async fn an_answer_without_an_end_is_not_read() {
    let mut service = EtlDouble::answering(EtlAnswer::Endless).await;
    let pipeline = called(&service.url, 60).await;
    let id = pipeline.start("run-etl").await;
    service.call().await;
    let read = service.hung_up().await;
    assert!(read < 64 << 20, "{read} bytes");
    let end = json!({ "status": "SUCCESS", "records_processed": 7 });
    let _ = report(&pipeline.meta, &id, &end).await.expect(200);
    let job = pipeline.ended(&id).await;
    assert_has(&job, &end);
    assert!(service.is_idle(), "it was called once");
}

#[tokio::test]
async fn a_service_that_reports_after_the_job_was_stopped_is_told_so() {
    let mut service = EtlDouble::answering(EtlAnswer::Status(StatusCode::ACCEPTED)).await;
    let pipeline = called(&service.url, 60).await;
    let id = pipeline.start("run-etl").await;
    service.call().await;
    let cancel = format!("{}/cancel", job(&id));
    let _ = pipeline
        .meta
        .admin()
        .post(&cancel, &json!({}))
        .await
        .expect(202);
    assert_eq!(pipeline.ended(&id).await["status"], "CANCELLED");
    let end = json!({ "status": "SUCCESS" });
    let late = report(&pipeline.meta, &id, &end).await;
    let _ = late.problem(409, "job-ended");
    let shown = pipeline.read().await;
    let jobs = shown["last_jobs"].as_array().expect("jobs");
    assert_eq!(jobs.len(), 1, "nothing follows what was stopped: {shown}");
}

/// Between two attempts, as while services are replaced by newer ones.
#[tokio::test]
async fn a_service_reports_while_no_worker_has_the_job() {
    let mut service = EtlDouble::answering(EtlAnswer::Status(StatusCode::ACCEPTED)).await;
    let pipeline = called(&service.url, 60).await;
    let id = pipeline.start("run-etl").await;
    service.call().await;
    let installation = pipeline.meta.installation.clone();
    pipeline.meta.stop().await;
    let idle = ("META__WORKERS__CONCURRENCY", "0");
    let meta = installation.meta_with(&[idle]).await;
    let progress = json!({ "status": "RUNNING", "records_processed": 5 });
    let waits = report(&meta, &id, &progress).await.expect(200);
    assert_has(
        &waits,
        &json!({ "status": "QUEUED", "records_processed": 5 }),
    );
    let end = json!({ "status": "SUCCESS", "records_processed": 7 });
    let ended = report(&meta, &id, &end).await.expect(200);
    assert_has(&ended, &end);
    meta.stop().await;
    // What follows was entered with that; what has ended is not begun again.
    let meta = installation.meta().await;
    let path = format!("/api/metadata/pipelines/{}", pipeline.id);
    eventually("a measurement", async || {
        let shown = meta.admin().get(&path).await.expect(200);
        shown["measured_at"].is_string().then_some(())
    })
    .await;
    assert!(service.is_idle(), "it was called once");
}

/// A service may take a day. Whatever else there is to do does not wait for it.
#[tokio::test]
async fn a_service_that_takes_its_time_holds_no_worker_up() {
    let mut service = EtlDouble::answering(EtlAnswer::Status(StatusCode::ACCEPTED)).await;
    let etl = json!({ "etl": { "kind": "http", "url": service.url } });
    let one = [("META__WORKERS__CONCURRENCY", "1")];
    let pipeline = Between::with(Server::Postgres, &etl, &one).await;
    let id = pipeline.start("run-etl").await;
    service.call().await;
    let other = Source::create(Server::Postgres).await;
    pipeline.meta.register(&other).await;
    let running = pipeline.meta.admin().get(&job(&id)).await.expect(200);
    assert_eq!(running["status"], "RUNNING", "{running}");
    let end = json!({ "status": "SUCCESS" });
    let _ = report(&pipeline.meta, &id, &end).await.expect(200);
}

#[tokio::test]
async fn what_a_service_has_reported_stays_when_it_is_called_again() {
    let mut service = EtlDouble::answering(EtlAnswer::Status(StatusCode::ACCEPTED)).await;
    let pipeline = called(&service.url, 60).await;
    let id = pipeline.start("run-etl").await;
    service.call().await;
    let progress = json!({ "records_total": 10, "records_processed": 5, "records_failed": 1 });
    let _ = report(&pipeline.meta, &id, &progress).await.expect(200);
    let installation = pipeline.meta.installation.clone();
    pipeline.meta.stop().await;
    let meta = installation.meta().await;
    let again = service.call().await;
    assert_has(&again.body, &json!({ "job_id": id, "attempt": 2 }));
    assert_eq!(
        again.headers["idempotency-key"],
        id.as_str().expect("an id")
    );
    let running = meta.admin().get(&job(&id)).await.expect(200);
    assert_has(&running, &progress);
    let end = report(&meta, &id, &json!({ "status": "SUCCESS" })).await;
    assert_has(&end.expect(200), &progress);
}
