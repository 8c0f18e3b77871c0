//! Work is bound to the tenant of its job.

use catalog::datasources;
use jobs::Run;
use jobs::log::{self, End, Progress};
use models::TenantId;
use models::job::{JobType, Trigger};
use test_support::TENANT;

use super::Log;

const OTHER: TenantId = TenantId(2);

/// What a run may reach: whether it finds the job, holds it, may note progress, and finds the data source.
async fn reaches(log: &Log, run: &Run) -> [bool; 4] {
    let mut tx = log.store.begin(run.tenant).await.expect("a transaction");
    let found = log::get(&mut tx, run.job_id).await.expect("the log");
    let held = run.hold(&mut tx).await;
    let noted = run.set_progress(&mut tx, &Progress::default()).await;
    let source = datasources::get(&mut tx, log.datasource)
        .await
        .expect("the catalog");
    [
        found.is_some(),
        held.is_ok(),
        noted.expect("the log"),
        source.is_some(),
    ]
}

#[tokio::test]
async fn under_another_tenant_it_finds_and_changes_nothing() {
    let log = Log::new().await;
    log.sources(OTHER, 1).await;
    let job_id = log.start(JobType::DeepScan).await;
    let runs =
        "update metadata.log_data_jobs set status = 'RUNNING', attempt = 1, started_at = now()";
    let mut admin = log.test_store.admin().await;
    sqlx::query(runs)
        .execute(&mut admin)
        .await
        .expect("a worker has it");
    let run = |tenant| Run {
        store: log.store.clone(),
        tenant,
        job_id,
        attempt: 1,
        failed_attempts: 0,
        trigger: Trigger::Manual,
        datasource_id: Some(log.datasource),
        pipeline_id: None,
        parameters: serde_json::Value::Null,
    };
    let (own, other) = (run(TENANT), run(OTHER));
    assert_eq!(reaches(&log, &own).await, [true; 4]);
    assert_eq!(reaches(&log, &other).await, [false; 4]);
    let end = End::failed("it was not its job".to_owned());
    let mut tx = log.store.begin(OTHER).await.expect("a transaction");
    assert!(!other.finish(&mut tx, &end).await.expect("the log"));
    tx.commit().await.expect("a commit");
    assert_eq!(reaches(&log, &own).await, [true; 4]);
}
