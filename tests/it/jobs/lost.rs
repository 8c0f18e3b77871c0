//! Jobs whose entry in the queue is gone or spent.

use models::job::{JobStatus, JobType, Trigger};
use sqlx::AssertSqlSafe;
use test_support::{TENANT, eventually};

use super::Log;
use super::replica::{Does, Replica, ended};

/// A job is run whatever has befallen its entry.
async fn runs_after(what_happens: &str) {
    let log = Log::new().await;
    let job = log.start(JobType::DeepScan).await;
    let mut admin = log.test_store.admin().await;
    let done = sqlx::query(AssertSqlSafe(what_happens))
        .execute(&mut admin)
        .await
        .expect("what happens to the entry");
    assert_eq!(done.rows_affected(), 1);
    let replica = Replica::start(&log, Does::Succeed);
    let job = ended(&log, job).await;
    assert_eq!((job.status, job.attempt), (JobStatus::Success, 1));
    replica.stop().await;
    // The library keeps what it has given up.
    log.jobs.clean().await.expect("a clean queue");
    assert_eq!(log.entries().await, 0);
    let keys = "select count(*) from graphile_worker._private_job_queues";
    assert_eq!(log.count(keys).await, 0);
}

#[tokio::test]
async fn without_an_entry() {
    runs_after("delete from graphile_worker._private_jobs").await;
}

#[tokio::test]
async fn with_an_entry_that_the_library_has_given_up() {
    runs_after("update graphile_worker._private_jobs set attempts = max_attempts").await;
}

#[tokio::test]
async fn with_an_entry_that_waits_for_too_long() {
    runs_after("update graphile_worker._private_jobs set run_at = now() + interval '1 hour'").await;
}

/// What waits for its next attempt is not lost, and neither is what another worker has.
#[tokio::test]
async fn what_waits_or_runs_is_left_alone() {
    let log = Log::new().await;
    let mut admin = log.test_store.admin().await;
    let waiting = log.start(JobType::DeepScan).await;
    for change in [
        "update metadata.log_data_jobs set run_after = now() + interval '1 hour'",
        "update graphile_worker._private_jobs set run_at = now() + interval '1 hour'",
    ] {
        let done = sqlx::query(change).execute(&mut admin).await;
        assert_eq!(done.expect("a change").rows_affected(), 1);
    }
    let sources = log.sources(TENANT, 3).await;
    // As many as a worker has at once.
    let mut running = Vec::new();
    for source in &sources[..2] {
        running.push(log.start_on(TENANT, *source, Trigger::Manual).await);
    }
    let busy = Replica::start(&log, Does::Hang);
    let state = async |id| {
        let job = log.job(TENANT, id).await.expect("the job");
        (job.status, job.attempt)
    };
    for id in &running {
        eventually("the job to run", async || {
            (state(*id).await == (JobStatus::Running, 1)).then_some(())
        })
        .await;
    }
    // That this one is run shows that the second worker has looked.
    let lost = log.start_on(TENANT, sources[2], Trigger::Manual).await;
    sqlx::query("delete from graphile_worker._private_jobs where key = $1::text")
        .bind(lost)
        .execute(&mut admin)
        .await
        .expect("an entry less");
    let second = Replica::start(&log, Does::Succeed);
    ended(&log, lost).await;
    second.stop().await;
    for id in running {
        assert_eq!(state(id).await, (JobStatus::Running, 1));
    }
    assert_eq!(state(waiting).await, (JobStatus::Queued, 0));
    busy.stop().await;
}
