//! Workers: what becomes of a job that panics, is handed back, or whose worker dies.

use jobs::log::{End, Progress};
use jobs::{HoldError, Run};
use models::job::{JobStatus, JobType, Trigger};
use test_support::TENANT;

use super::Log;
use super::replica::{Does, Replica, ended, no_entries};

#[tokio::test]
async fn a_job_is_run_once_and_leaves_the_queue() {
    let log = Log::new().await;
    let replica = Replica::start(&log, Does::Succeed);
    let id = log.start(JobType::DeepScan).await;
    let job = ended(&log, id).await;
    assert_eq!((job.status, job.attempt), (JobStatus::Success, 1));
    assert!(
        job.started_at.is_some() && job.completed_at.is_some() && job.heartbeat_at.is_some(),
        "{job:?}"
    );
    no_entries(&log).await;
    replica.stop().await;
}

#[tokio::test]
async fn work_that_panics_or_breaks_fails_the_job() {
    for (does, said) in [
        (Does::Panic, "made a mistake"),
        (Does::Break, "could not write to its store"),
    ] {
        let log = Log::new().await;
        let replica = Replica::start(&log, does);
        let job = ended(&log, log.start(JobType::DeepScan).await).await;
        assert_eq!(
            (job.status, job.attempt),
            (JobStatus::Failed, 1),
            "{does:?}"
        );
        let details = job.error_details.as_deref().expect("details");
        assert!(
            details.contains(said) && !details.contains("faulty"),
            "{details}"
        );
        assert_eq!(
            job.target_scope, "failed",
            "the work was told in the same transaction"
        );
        no_entries(&log).await;
        // The worker lives on.
        let next = ended(&log, log.start(JobType::DeepScan).await).await;
        assert_eq!(next.status, JobStatus::Failed);
        replica.stop().await;
    }
}

#[tokio::test]
async fn a_job_of_an_unknown_type_fails() {
    let log = Log::new().await;
    let replica = Replica::start(&log, Does::Succeed);
    let job = ended(&log, log.start(JobType::MetadataSync).await).await;
    assert_eq!(job.status, JobStatus::Failed);
    assert!(
        job.error_details
            .is_some_and(|details| details.contains("METADATA_SYNC"))
    );
    replica.stop().await;
}

#[tokio::test]
async fn a_stopping_worker_hands_its_job_to_another() {
    let log = Log::new().await;
    let first = Replica::start(&log, Does::Hang);
    let id = log.start(JobType::DeepScan).await;
    first.began.notified().await;
    let running = log.job(TENANT, id).await.expect("the job");
    assert_eq!((running.status, running.attempt), (JobStatus::Running, 1));
    first.stop().await;
    let waiting = log.job(TENANT, id).await.expect("the job");
    assert_eq!(
        (waiting.status, waiting.target_scope.as_str()),
        (JobStatus::Queued, "put back")
    );
    let second = Replica::start(&log, Does::Succeed);
    let job = ended(&log, id).await;
    assert_eq!((job.status, job.attempt), (JobStatus::Success, 2));
    no_entries(&log).await;
    second.stop().await;
}

/// A worker on a runtime that is shut down at once, as a killed process is.
#[test]
fn a_job_whose_worker_dies_is_run_again() {
    let here = runtime();
    let log = here.block_on(Log::new());
    let doomed = runtime();
    let id = doomed.block_on(async {
        let replica = Replica::start(&log, Does::Hang);
        let id = log.start(JobType::DeepScan).await;
        replica.began.notified().await;
        id
    });
    doomed.shutdown_background();
    here.block_on(async {
        let log = Log {
            store: log.test_store.open(),
            ..log
        };
        let left = log.job(TENANT, id).await.expect("the job");
        assert_eq!(
            (left.status, left.attempt),
            (JobStatus::Running, 1),
            "nobody has handed it back"
        );
        silence_workers(&log).await;
        let second = Replica::start(&log, Does::Succeed);
        let job = ended(&log, id).await;
        assert_eq!((job.status, job.attempt), (JobStatus::Success, 2));
        no_entries(&log).await;
        second.stop().await;
    });
}

/// As if everything so far had happened ten minutes ago: no worker has been heard of since.
async fn silence_workers(log: &Log) {
    let mut admin = log.test_store.admin().await;
    sqlx::raw_sql(
        "update graphile_worker._private_workers set last_heartbeat_at = last_heartbeat_at - interval '10 minutes';
         update graphile_worker._private_jobs set locked_at = locked_at - interval '10 minutes'",
    )
    .execute(&mut admin)
    .await
    .expect("time passes");
}

/// A worker that was taken for dead must not end the job that another has by now.
#[tokio::test]
async fn an_attempt_that_was_taken_over_can_no_longer_end_the_job() {
    let log = Log::new().await;
    let id = log.start(JobType::DeepScan).await;
    let first = Replica::start(&log, Does::Hang);
    first.began.notified().await;
    let end = End {
        status: JobStatus::Success,
        error_details: None,
        ..End::failed(String::new())
    };
    let mut tx = log.store.begin(TENANT).await.expect("a transaction");
    let ended = jobs::log::finish(&mut tx, id, 0, &end)
        .await
        .expect("the log");
    let progressed = jobs::log::set_progress(&mut tx, id, 2, &Progress::default())
        .await
        .expect("the log");
    assert_eq!(
        (ended, progressed),
        (false, false),
        "neither an attempt before nor one after holds it"
    );
    assert!(
        jobs::log::finish(&mut tx, id, 1, &end)
            .await
            .expect("the log"),
        "the present one does"
    );
    drop(tx);
    first.stop().await;
}

/// What one attempt makes permanent the next one sees, and nothing comes after that.
#[tokio::test]
async fn an_attempt_begins_after_the_transactions_of_the_one_before() {
    let log = Log::new().await;
    let id = log.start(JobType::DeepScan).await;
    let first = Replica::start(&log, Does::Hang);
    first.began.notified().await;
    let run = |attempt| Run {
        trigger: Trigger::Manual,
        store: log.store.clone(),
        tenant: TENANT,
        job_id: id,
        attempt,
        failed_attempts: 0,
        datasource_id: Some(log.datasource),
        pipeline_id: None,
        parameters: serde_json::Value::Null,
    };
    let mut tx = log.store.begin(TENANT).await.expect("a transaction");
    for attempt in [0, 2] {
        let refused = run(attempt).hold(&mut tx).await;
        assert!(matches!(refused, Err(HoldError::TakenOver)), "{refused:?}");
    }
    run(1).hold(&mut tx).await.expect("it holds the job");
    let mut other = log.test_store.admin().await;
    let begin = "update metadata.log_data_jobs set attempt = attempt + 1";
    let waits = format!("set lock_timeout = '100ms'; {begin}");
    let waited = sqlx::raw_sql(sqlx::AssertSqlSafe(waits))
        .execute(&mut other)
        .await;
    let said = waited.expect_err("it waits").to_string();
    assert!(said.contains("lock timeout"), "{said}");
    tx.commit().await.expect("a commit");

    sqlx::raw_sql(begin)
        .execute(&mut other)
        .await
        .expect("another attempt begins");
    let mut tx = log.store.begin(TENANT).await.expect("a transaction");
    let refused = run(1).hold(&mut tx).await;
    assert!(matches!(refused, Err(HoldError::TakenOver)), "{refused:?}");
    drop(tx);
    first.stop().await;
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}
