//! Runs that programs outside report.

use models::{Role, TenantId};
use serde_json::{Value, json};
use test_support::{Answer, Api, Installation, Meta, TENANT, assert_has, eventually};

const JOBS: &str = "/api/metadata/jobs";

async fn idle() -> Meta {
    let workers = ("META__WORKERS__CONCURRENCY", "0");
    Installation::new().await.meta_with(&[workers]).await
}

fn run(external_id: &str, more: &Value) -> Value {
    let mut body =
        json!({ "external_id": external_id, "job_type": "AI_ETL", "target_scope": "all_biz" });
    for (name, value) in more.as_object().expect("members") {
        body[name] = value.clone();
    }
    body
}

async fn report(api: &Api, external_id: &str, more: &Value) -> Answer {
    api.post(JOBS, &run(external_id, more)).await
}

fn path(job: &Value) -> String {
    format!("{JOBS}/{}", job["id"].as_str().expect("an id"))
}

#[tokio::test]
async fn a_run_is_reported_from_its_start_to_its_end() {
    let meta = idle().await;
    let api = meta.user(TENANT, Role::Operator);
    let started = json!({ "records_total": 1000, "parameters": { "model": "small" } });
    let answer = report(&api, "night-1", &started).await;
    let location = answer.header("location").to_owned();
    let job = answer.expect(201);
    assert_eq!(location, path(&job));
    assert_has(
        &job,
        &json!({
            "job_type": "AI_ETL", "target_scope": "all_biz", "external_id": "night-1", "status": "RUNNING",
            "trigger": "external", "requested_by": "ada", "datasource_id": null, "parent_job_id": null, "attempt": 1,
            "records_total": 1000, "records_processed": 0, "records_failed": 0, "parameters": { "model": "small" },
            "result": null, "completed_at": null, "attempts": [],
        }),
    );
    let begun = &job["started_at"];
    assert!(begun.is_string() && job["heartbeat_at"] == *begun, "{job}");

    let progress = json!({ "records_processed": 200, "records_failed": 3, "message": "orders" });
    let job = api.patch(&location, &progress).await.expect(200);
    assert_has(&job, &progress);
    assert_has(
        &job,
        &json!({ "status": "RUNNING", "records_total": 1000, "started_at": begun }),
    );
    // That it lives is all that this says.
    let alive = api.patch(&location, &json!({})).await.expect(200);
    assert_has(&alive, &progress);
    assert!(
        alive["heartbeat_at"].as_str() > job["heartbeat_at"].as_str(),
        "{alive}"
    );

    let end = json!({ "status": "PARTIAL", "records_processed": 997, "error_details": "no key", "result": { "n": 1 } });
    let ended = api.patch(&location, &end).await.expect(200);
    assert_has(&ended, &end);
    assert_has(&ended, &json!({ "message": null, "records_failed": 3 }));
    assert!(ended["completed_at"].as_str() >= begun.as_str(), "{ended}");
    // The same again changes nothing, and nothing else is taken.
    assert_eq!(api.patch(&location, &end).await.expect(200), ended);
    for other in [
        json!({ "status": "SUCCESS" }),
        json!({ "status": "PARTIAL", "records_processed": 998 }),
        json!({ "status": "PARTIAL", "error_details": "another" }),
        json!({ "status": "RUNNING" }),
        json!({ "records_processed": 997 }),
        json!({}),
    ] {
        let refused = api.patch(&location, &other).await.problem(409, "job-ended");
        let detail = refused["detail"].as_str().expect("a detail");
        assert!(detail.contains("has ended as PARTIAL"), "{other}: {detail}");
    }
    let listed = api
        .get(&format!("{JOBS}?type=AI_ETL&scope=all_biz"))
        .await
        .expect(200);
    assert_eq!(listed["items"][0]["version"], ended["version"]);
}

#[tokio::test]
async fn reports_under_one_name_are_of_one_run() {
    let meta = idle().await;
    let api = meta.user(TENANT, Role::Operator);
    let job = report(&api, "n", &json!({})).await.expect(201);
    let again = report(&api, "n", &json!({ "records_total": 7 })).await;
    assert_eq!(again.header("location"), path(&job));
    let again = again.expect(200);
    assert_has(
        &again,
        &json!({ "id": job["id"], "records_total": 7, "started_at": job["started_at"] }),
    );
    let end = json!({ "status": "FAILED", "error_details": "disk full" });
    let ended = report(&api, "n", &end).await.expect(200);
    assert_has(&ended, &end);
    // Sent once more, or the start later than the end.
    for late in [
        &end,
        &json!({}),
        &json!({ "status": "RUNNING", "records_total": 9 }),
    ] {
        assert_eq!(report(&api, "n", late).await.expect(200), ended, "{late}");
    }
    let _ = report(&api, "n", &json!({ "status": "SUCCESS" }))
        .await
        .problem(409, "job-ended");
    for other in [
        json!({ "target_scope": "other" }),
        json!({ "job_type": "OTHER" }),
    ] {
        let _ = report(&api, "n", &other)
            .await
            .problem(409, "external-id-taken");
    }
    // Names are a tenant's own.
    let stranger = meta.user(TenantId(2), Role::Operator);
    let theirs = report(&stranger, "n", &json!({})).await.expect(201);
    assert_ne!(theirs["id"], job["id"]);
    let _ = stranger
        .patch(&path(&job), &json!({}))
        .await
        .problem(404, "job-not-found");
    // Without a name each report is a run, unless a key says otherwise.
    let mut nameless = run("", &json!({}));
    nameless
        .as_object_mut()
        .expect("members")
        .remove("external_id");
    let [one, two] = [
        api.post(JOBS, &nameless).await,
        api.post(JOBS, &nameless).await,
    ];
    assert_ne!(one.expect(201)["id"], two.expect(201)["id"]);
    let again = api.with_header("idempotency-key", "k");
    let first = again.post(JOBS, &nameless).await.expect(201);
    assert_eq!(again.post(JOBS, &nameless).await.expect(201), first);
}

#[tokio::test]
async fn reports_at_the_same_time_are_of_one_run() {
    let meta = idle().await;
    let api = meta.user(TENANT, Role::Operator);
    let (end, start) = (json!({ "status": "SUCCESS" }), json!({}));
    let reports = [&start, &end, &start, &end].map(|what| report(&api, "n", what));
    let answers = futures::future::join_all(reports).await;
    let created = answers.iter().filter(|it| it.status == 201).count();
    assert!(
        answers.iter().all(|it| it.status < 300) && created == 1,
        "{answers:?}"
    );
    let listed = api.get(JOBS).await.expect(200);
    let items = listed["items"].as_array().expect("items");
    assert_eq!((items.len(), &items[0]["status"]), (1, &json!("SUCCESS")));
}

#[tokio::test]
async fn a_run_has_one_end() {
    let meta = idle().await;
    let api = meta.user(TENANT, Role::Operator);
    let job = path(&report(&api, "n", &json!({})).await.expect(201));
    let ends = ["SUCCESS", "FAILED", "PARTIAL", "CANCELLED"].map(|word| json!({ "status": word }));
    let told = futures::future::join_all(ends.each_ref().map(|end| api.patch(&job, end))).await;
    let taken: Vec<_> = ends
        .iter()
        .zip(&told)
        .filter(|(_, it)| it.status == 200)
        .collect();
    assert!(
        taken.len() == 1 && told.iter().all(|it| [200, 409].contains(&it.status)),
        "{told:?}"
    );
    let ended = api.get(&job).await.expect(200);
    assert_has(&ended, taken[0].0);
}

#[tokio::test]
async fn a_run_may_be_told_when_it_is_over() {
    let meta = idle().await;
    let api = meta.user(TENANT, Role::Operator);
    let whole = json!({
        "status": "SUCCESS", "started_at": "2026-01-02T03:00:00Z", "completed_at": "2026-01-02T03:10:00.500Z",
        "records_total": i64::MAX, "records_processed": i64::MAX,
    });
    let job = report(&api, "whole", &whole).await.expect(201);
    assert_has(&job, &whole);
    // What has not come yet is now, and nothing ends before it began.
    let ahead = json!({ "status": "SUCCESS", "started_at": "2999-01-01T00:00:00Z", "completed_at": "2999-01-02T00:00:00Z" });
    let job = report(&api, "ahead", &ahead).await.expect(201);
    assert_has(
        &job,
        &json!({ "started_at": job["queued_at"], "completed_at": job["queued_at"] }),
    );
    let waits = report(&api, "waits", &json!({ "status": "QUEUED" }))
        .await
        .expect(201);
    assert_has(
        &waits,
        &json!({ "status": "QUEUED", "started_at": null, "attempt": 0 }),
    );
    let begun = api
        .patch(&path(&waits), &json!({ "status": "RUNNING" }))
        .await
        .expect(200);
    assert_has(&begun, &json!({ "status": "RUNNING", "attempt": 1 }));
    assert!(begun["started_at"].is_string(), "{begun}");
    let back = api
        .patch(&path(&waits), &json!({ "status": "QUEUED" }))
        .await
        .expect(200);
    assert_eq!(back["status"], "RUNNING");
    for (wrong, pointer) in [
        (json!({ "job_type": "METADATA_SYNC" }), "/job_type"),
        (json!({ "job_type": "DEEP_SCAN" }), "/job_type"),
        (json!({ "job_type": "MEASURE" }), "/job_type"),
        (json!({ "job_type": "etl" }), "/job_type"),
        (json!({ "status": "DONE" }), "/status"),
        (json!({ "records_total": -1 }), "/records_total"),
        (json!({ "records_total": 1_u64 << 63 }), "/records_total"),
        (json!({ "message": "a\0" }), "/message"),
        (json!({ "result": { "a": "\0" } }), "/result/a"),
        (
            json!({ "completed_at": "2026-01-02T03:10:00Z" }),
            "/completed_at",
        ),
        (
            json!({ "error_details": "x".repeat(65537) }),
            "/error_details",
        ),
        (
            json!({ "started_at": "0001-01-01T00:00:00Z" }),
            "/started_at",
        ),
    ] {
        let problem = report(&api, "wrong", &wrong)
            .await
            .problem(422, "validation-failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
}

#[tokio::test]
async fn a_run_is_asked_to_stop_by_whoever_runs_it() {
    let meta = idle().await;
    let api = meta.user(TENANT, Role::Operator);
    let job = report(&api, "runs", &json!({})).await.expect(201);
    let cancel = format!("{}/cancel", path(&job));
    let asked = api.post(&cancel, &json!({})).await.expect(202);
    assert_has(
        &asked,
        &json!({ "status": "RUNNING", "message": "to be stopped at the request of ada" }),
    );
    // Its program hears of it with its next report, and has the last word.
    let told = api
        .patch(&path(&job), &json!({ "message": "going on" }))
        .await
        .expect(200);
    assert_has(
        &told,
        &json!({ "cancel_requested_at": asked["cancel_requested_at"], "message": asked["message"] }),
    );
    assert!(told["cancel_requested_at"].is_string(), "{told}");
    let ended = api
        .patch(&path(&job), &json!({ "status": "CANCELLED" }))
        .await
        .expect(200);
    assert_eq!(ended["status"], "CANCELLED");
    let again = format!("{}/retry", path(&job));
    let refused = api
        .post(&again, &json!({}))
        .await
        .problem(409, "job-not-retryable");
    assert!(
        refused["detail"].to_string().contains("outside"),
        "{refused}"
    );

    let waits = report(&api, "waits", &json!({ "status": "QUEUED" }))
        .await
        .expect(201);
    let stopped = api
        .post(&format!("{}/cancel", path(&waits)), &json!({}))
        .await
        .expect(202);
    assert_eq!(stopped["status"], "CANCELLED");
    let begins = api
        .patch(&path(&waits), &json!({ "status": "RUNNING" }))
        .await;
    let _ = begins.problem(409, "job-ended");
}

#[tokio::test]
async fn nobody_else_reports_on_what_plumbline_runs() {
    let meta = idle().await;
    let api = meta.admin();
    let source = json!({
        "name": "shop", "datasource_type": "mysql", "host": "db.invalid", "port": 3306, "username": "u", "password": "p",
    });
    let created = api
        .post("/api/metadata/datasources", &source)
        .await
        .expect(201);
    let job = format!("{JOBS}/{}", created["job_id"].as_str().expect("an id"));
    for change in [json!({}), json!({ "status": "SUCCESS" })] {
        let _ = api
            .patch(&job, &change)
            .await
            .problem(409, "job-not-reported");
    }
    assert_eq!(api.get(&job).await.expect(200)["status"], "QUEUED");
    let viewer = meta.user(TENANT, Role::Viewer);
    let _ = report(&viewer, "n", &json!({}))
        .await
        .problem(403, "forbidden");
    let _ = viewer
        .patch(&job, &json!({}))
        .await
        .problem(403, "forbidden");
}

#[tokio::test]
async fn a_report_is_of_what_was_seen() {
    let meta = idle().await;
    let api = meta.admin();
    let job = path(&report(&api, "n", &json!({})).await.expect(201));
    let seen = api.get(&job).await.header("etag").to_owned();
    let if_seen = api.clone().with_header("if-match", &seen);
    let change = json!({ "records_processed": 1 });
    let changed = if_seen.patch(&job, &change).await;
    let tag = changed.header("etag").to_owned();
    let _ = changed.expect(200);
    assert_ne!(tag, seen);
    assert_eq!(api.get(&job).await.header("etag"), tag);
    let _ = if_seen
        .patch(&job, &change)
        .await
        .problem(412, "precondition-failed");
}

#[tokio::test]
async fn a_run_that_falls_silent_has_failed_until_its_end_is_reported() {
    let settings = [
        ("META__WORKERS__CONCURRENCY", "0"),
        ("META__JOBS__EXTERNAL_SILENCE_SECONDS", "1"),
    ];
    let meta = Installation::new().await.meta_with(&settings).await;
    let api = meta.admin();
    let progress = json!({ "records_processed": 5, "message": "half" });
    let job = path(&report(&api, "n", &progress).await.expect(201));
    let lost = eventually("the run to be given up", async || {
        let job = api.get(&job).await.expect(200);
        (job["status"] != "RUNNING").then_some(job)
    })
    .await;
    assert_has(
        &lost,
        &json!({ "status": "FAILED", "records_processed": 5, "message": null }),
    );
    let why = lost["error_details"].as_str().expect("why");
    assert!(why.starts_with("not heard of since 20"), "{why}");
    // It stays ended, and how it ended is what its program knows better.
    let _ = api
        .patch(&job, &json!({ "records_processed": 6 }))
        .await
        .problem(409, "job-ended");
    let end = json!({ "status": "SUCCESS", "records_processed": 9 });
    let ended = api.patch(&job, &end).await.expect(200);
    assert_has(&ended, &end);
    assert_eq!(ended["error_details"], Value::Null);
    let _ = api
        .patch(&job, &json!({ "status": "FAILED" }))
        .await
        .problem(409, "job-ended");
}
