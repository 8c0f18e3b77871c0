//! What events make of the job log.

use models::Role;
use serde_json::{Value, json};
use test_support::{Api, Installation, TENANT, TestClock, assert_has};

use super::{event, job, send, told, with};

/// A user who may tell of runs, and may do no more than that.
async fn operator() -> (test_support::Meta, Api) {
    let meta = Installation::new().await.meta().await;
    let api = meta.user(TENANT, Role::Operator);
    (meta, api)
}

fn outputs(rows: &Value) -> Value {
    json!([{
        "namespace": "s3://lake", "name": "orders", "outputFacets": { "outputStatistics": { "rowCount": rows } },
    }])
}

/// What a run comes to, whenever the service heard of it.
fn lasting(job: &Value) -> Value {
    let mut job = job.clone();
    let members = job.as_object_mut().expect("an object");
    for name in ["id", "version", "queued_at", "heartbeat_at"] {
        members.remove(name);
    }
    job
}

#[tokio::test]
async fn a_run_becomes_a_job() {
    let (_meta, api) = operator().await;
    let start = with(
        event("START", 0),
        &json!({ "/job/facets": { "jobType": { "jobType": "TASK", "integration": "AIRFLOW" } } }),
    );
    let id = told(&api, &start).await;
    let running = job(&api, &id).await;
    let expected = json!({
        "job_type": "TASK", "target_scope": "nightly/load", "status": "RUNNING", "trigger": "external",
        "requested_by": "ada", "started_at": "2026-01-31T08:00:00Z", "completed_at": null, "datasource_id": null,
        "parameters": { "namespace": "nightly", "name": "load" }, "records_processed": 0, "error_details": null,
        "attempt": 1, "attempts": [],
    });
    assert_has(&running, &expected);

    let complete = with(
        event("COMPLETE", 9),
        &json!({ "/outputs": outputs(&json!(512)) }),
    );
    assert_eq!(told(&api, &complete).await, id);
    let ended = job(&api, &id).await;
    let expected = json!({
        "job_type": "TASK", "status": "SUCCESS", "started_at": "2026-01-31T08:00:00Z",
        "completed_at": "2026-01-31T08:09:00Z", "records_processed": 512, "error_details": null,
        "result": { "outputs": [{ "namespace": "s3://lake", "name": "orders", "rows": 512 }] },
    });
    assert_has(&ended, &expected);
    let listed = api
        .get("/api/metadata/jobs?scope=nightly%2Fload")
        .await
        .expect(200);
    assert_eq!(
        listed["items"].as_array().map(Vec::len),
        Some(1),
        "{listed}"
    );
}

#[tokio::test]
async fn a_run_that_fails_or_is_stopped_says_why() {
    let (_meta, api) = operator().await;
    let why = json!({ "/run/facets": { "errorMessage": { "message": "deadlock", "stackTrace": "at line 1" } } });
    let id = told(&api, &with(event("FAIL", 3), &why)).await;
    let failed = job(&api, &id).await;
    let expected = json!({
        "job_type": "EXTERNAL", "status": "FAILED", "error_details": "deadlock\nat line 1",
        "started_at": "2026-01-31T08:03:00Z", "completed_at": "2026-01-31T08:03:00Z",
    });
    assert_has(&failed, &expected);
    let other = json!({ "/run/runId": "019e0000-0000-7000-8000-000000000002" });
    let id = told(&api, &with(event("ABORT", 3), &other)).await;
    assert_has(
        &job(&api, &id).await,
        &json!({ "status": "CANCELLED", "error_details": null }),
    );
}

/// The same events to a service each, in orders of their own and some of them twice.
#[tokio::test]
async fn order_and_repetition_make_no_difference() {
    let typed = json!({ "/job/facets": { "jobType": { "jobType": "JOB" } } });
    let events = [
        event("START", 0),
        with(
            event("RUNNING", 1),
            &json!({ "/outputs": outputs(&json!(3)) }),
        ),
        with(event("OTHER", 2), &typed),
        with(
            event("FAIL", 3),
            &json!({ "/run/facets": { "errorMessage": { "message": "again" } } }),
        ),
        with(
            event("COMPLETE", 4),
            &json!({ "/outputs": outputs(&json!(7)) }),
        ),
    ];
    let meta = Installation::new().await.meta().await;
    let mut ends = Vec::new();
    for (tenant, order) in [
        vec![0, 1, 2, 3, 4],
        vec![4, 3, 2, 1, 0],
        vec![3, 3, 0, 4, 2, 1, 4, 0],
        vec![2, 4, 1, 3, 0, 0],
    ]
    .into_iter()
    .enumerate()
    {
        let tenant = models::TenantId(i64::try_from(tenant).expect("few") + 1);
        let api = meta.user(tenant, Role::Operator);
        let mut ids = Vec::new();
        for index in order {
            ids.push(told(&api, &events[index]).await);
        }
        ids.dedup();
        assert_eq!(ids.len(), 1, "one run is one job");
        ends.push(lasting(&job(&api, &ids[0]).await));
    }
    assert_has(
        &ends[0],
        &json!({ "status": "SUCCESS", "records_processed": 7, "job_type": "JOB", "error_details": null }),
    );
    ends.dedup();
    assert_eq!(ends.len(), 1, "{ends:#?}");
}

#[tokio::test]
async fn events_of_one_run_that_come_at_once_are_all_taken() {
    let (_meta, api) = operator().await;
    let names: Vec<String> = (0..12).map(|index| format!("part-{index:02}")).collect();
    let sent = names.iter().enumerate().map(|(index, name)| {
        let part = json!([{
            "namespace": "s3://lake", "name": name, "outputFacets": { "outputStatistics": { "rowCount": 1 } },
        }]);
        let kind = if index == 5 { "COMPLETE" } else { "RUNNING" };
        with(event(kind, 1), &json!({ "/outputs": part }))
    });
    let events: Vec<Value> = sent.collect();
    let sent = events.iter().map(|event| told(&api, event));
    let mut ids = futures::future::join_all(sent).await;
    ids.dedup();
    assert_eq!(ids.len(), 1, "{ids:?}");
    let job = job(&api, &ids[0]).await;
    assert_has(
        &job,
        &json!({ "status": "SUCCESS", "records_processed": 12 }),
    );
}

#[tokio::test]
async fn who_has_started_a_run_is_known_in_whichever_order() {
    let (_meta, api) = operator().await;
    let (first, parent, last) = (
        json!({ "/run/runId": "019e0000-0000-7000-8000-000000000011" }),
        json!({ "/run/runId": "019e0000-0000-7000-8000-000000000010", "/job/name": "all" }),
        json!({ "/run/runId": "019e0000-0000-7000-8000-000000000012" }),
    );
    let facet = json!({ "/run/facets": { "parent": {
        "run": { "runId": "019e0000-0000-7000-8000-000000000010" }, "job": { "namespace": "nightly", "name": "all" },
    } } });
    let first = told(&api, &with(with(event("START", 0), &first), &facet)).await;
    assert_eq!(job(&api, &first).await["parent_job_id"], Value::Null);
    let parent = told(&api, &with(event("START", 0), &parent)).await;
    let last = told(&api, &with(with(event("START", 1), &last), &facet)).await;
    for child in [first, last] {
        assert_eq!(job(&api, &child).await["parent_job_id"], parent);
    }
    assert_eq!(job(&api, &parent).await["parent_job_id"], Value::Null);
}

/// The end that was presumed gives way to what is heard after all.
#[tokio::test]
async fn a_run_that_was_given_up_goes_on() {
    let (meta, api) = operator().await;
    let id = told(&api, &event("START", 0)).await;
    let give_up = "update metadata.log_data_jobs
        set status = 'FAILED', end_presumed = true, completed_at = now(), error_details = 'not heard of'";
    sqlx::query(give_up)
        .execute(&mut meta.installation.store().admin().await)
        .await
        .expect("what the chore does");
    assert_eq!(job(&api, &id).await["status"], "FAILED");
    assert_eq!(told(&api, &event("RUNNING", 1)).await, id);
    let expected = json!({ "status": "RUNNING", "completed_at": null, "error_details": null });
    assert_has(&job(&api, &id).await, &expected);
    assert_eq!(told(&api, &event("COMPLETE", 2)).await, id);
    assert_eq!(job(&api, &id).await["status"], "SUCCESS");
}

#[tokio::test]
async fn words_that_are_ours_are_no_type_of_a_run() {
    let (_meta, api) = operator().await;
    let long = "X".repeat(65);
    let words = [
        "deep-scan",
        "METADATA_SYNC",
        "MEASURE",
        "1st",
        "",
        "ä",
        &long,
    ];
    for (number, word) in words.into_iter().enumerate() {
        let typed = json!({
            "/job/facets": { "jobType": { "jobType": word } },
            "/run/runId": format!("019e0000-0000-7000-8000-{number:012}"),
        });
        let id = told(&api, &with(event("START", 0), &typed)).await;
        assert_eq!(job(&api, &id).await["job_type"], "EXTERNAL", "{word}");
    }
}

#[tokio::test]
async fn events_of_jobs_and_datasets_are_taken() {
    let (_meta, api) = operator().await;
    let mut of_job = with(
        event("START", 0),
        &json!({ "/outputs": outputs(&Value::Null) }),
    );
    let mut of_dataset = event("START", 0);
    of_dataset["dataset"] = json!({ "namespace": "s3://lake", "name": "orders", "facets": {} });
    for name in ["run", "eventType"] {
        of_job.as_object_mut().expect("an event").remove(name);
        of_dataset.as_object_mut().expect("an event").remove(name);
    }
    of_dataset.as_object_mut().expect("an event").remove("job");
    let taken = send(&api, &of_job).await.expect(200);
    assert_eq!(taken, json!({ "job_id": null, "edges": 1 }));
    let taken = send(&api, &of_dataset).await.expect(200);
    assert_eq!(taken, json!({ "job_id": null, "edges": 0 }));
    let jobs = api.get("/api/metadata/jobs").await.expect(200);
    assert_eq!(jobs["items"], json!([]));
}

#[tokio::test]
async fn what_is_wrong_is_named() {
    let clock = TestClock::at("2026-01-31T12:00:00Z");
    let meta = Installation::by(clock.clock()).await.meta().await;
    let api = meta.user(TENANT, Role::Operator);
    let without = |name: &str| {
        let mut event = event("START", 0);
        event.as_object_mut().expect("an event").remove(name);
        event
    };
    let too_many: Vec<Value> = (0..1001)
        .map(|index| json!({ "namespace": "n", "name": index.to_string() }))
        .collect();
    for (event, pointer) in [
        (without("eventTime"), "/eventTime"),
        (without("job"), "/job"),
        (json!({ "eventTime": "2026-01-31T08:00:00Z" }), "/run"),
        (
            with(event("START", 0), &json!({ "/run/runId": "7" })),
            "/run/runId",
        ),
        (
            with(event("START", 0), &json!({ "/eventType": "STOP" })),
            "/eventType",
        ),
        (
            with(
                event("START", 0),
                &json!({ "/eventTime": "2026-02-02T08:00:00Z" }),
            ),
            "/eventTime",
        ),
        (
            with(
                event("START", 0),
                &json!({ "/eventTime": "1969-12-31T23:59:59Z" }),
            ),
            "/eventTime",
        ),
        (
            with(event("START", 0), &json!({ "/job/name": "" })),
            "/job/name",
        ),
        (
            with(event("START", 0), &json!({ "/inputs": too_many })),
            "/inputs",
        ),
        (
            with(event("START", 0), &json!({ "/outputs": [{ "name": "x" }] })),
            "/outputs/0/namespace",
        ),
    ] {
        let problem = send(&api, &event).await.problem(422, "validation-failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    let viewer = meta.user(TENANT, Role::Viewer);
    let _ = send(&viewer, &event("START", 0))
        .await
        .problem(403, "forbidden");
    let jobs = api.get("/api/metadata/jobs").await.expect(200);
    assert_eq!(jobs["items"], json!([]), "nothing of it is kept");
}

#[tokio::test]
async fn facets_that_cannot_be_read_are_named() {
    let (_meta, api) = operator().await;
    for (facets, pointer) in [
        (
            json!({ "x_own": { "text": "a\0b" } }),
            "/run/facets/x_own/text",
        ),
        (json!({ "errorMessage": [] }), "/run/facets/errorMessage"),
        (json!([]), "/run/facets"),
    ] {
        let told = with(event("START", 0), &json!({ "/run/facets": facets }));
        let problem = send(&api, &told).await.problem(422, "validation-failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
}

#[tokio::test]
async fn a_login_in_a_namespace_is_not_kept() {
    let (meta, api) = operator().await;
    let secret =
        json!([{ "namespace": "postgres://ada:wonderland@db:5432", "name": "shop.public.orders" }]);
    let told = told(
        &api,
        &with(
            event("START", 0),
            &json!({ "/inputs": secret, "/job/namespace": "x://ada:wonderland@y" }),
        ),
    )
    .await;
    assert_eq!(job(&api, &told).await["target_scope"], "x://y/load");
    let kept: Vec<String> = sqlx::query_scalar(
        "select d::text from metadata.lineage_datasets d union all select j::text from metadata.lineage_jobs j
         union all select r::text from metadata.lineage_runs r union all select l::text from metadata.log_data_jobs l",
    )
    .fetch_all(&mut meta.installation.store().admin().await)
    .await
    .expect("what is kept");
    assert_eq!(kept.len(), 4);
    assert!(!kept.concat().contains("wonderland"), "{kept:?}");
}
