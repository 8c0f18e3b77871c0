//! Attempts at a job: those that fail and are made again, and those that are stopped.

use std::time::Duration;

use db::Tx;
use jobs::log;
use models::job::{JobAttempt, JobStatus, JobType, Trigger};
use test_support::{TENANT, eventually};
use uuid::Uuid;

use super::Log;
use super::replica::{Does, Replica, ended, no_entries};

async fn begin(log: &Log) -> Tx {
    log.store.begin(TENANT).await.expect("a transaction")
}

async fn attempts(log: &Log, id: Uuid) -> Vec<JobAttempt> {
    let mut tx = begin(log).await;
    log::attempts(&mut tx, id).await.expect("the attempts")
}

async fn stop(log: &Log, id: Uuid) -> Option<JobStatus> {
    let mut tx = begin(log).await;
    let status = log.jobs.stop(&mut tx, id, "ada").await.expect("the log");
    tx.commit().await.expect("a commit");
    status
}

fn outcomes(attempts: &[JobAttempt]) -> Vec<(i32, &str, &str)> {
    let words = |it: &'_ JobAttempt| {
        assert!(it.ended_at.is_some() && !it.worker.is_empty(), "{it:?}");
        it.attempt
    };
    attempts
        .iter()
        .map(|it| {
            let outcome = it.outcome.as_deref().unwrap_or_default();
            (words(it), outcome, it.error.as_deref().unwrap_or_default())
        })
        .collect()
}

#[tokio::test]
async fn what_may_pass_is_tried_again() {
    let log = Log::new().await;
    let replica = Replica::start(&log, Does::Fail(2));
    let id = log.start(JobType::DeepScan).await;
    let job = ended(&log, id).await;
    assert_eq!((job.status, job.attempt), (JobStatus::Success, 3));
    assert_eq!((job.error_details, job.run_after), (None, None));
    assert_eq!(
        outcomes(&attempts(&log, id).await),
        [
            (1, "RETRY", "the server is busy, attempt 1"),
            (2, "RETRY", "the server is busy, attempt 2"),
            (3, "SUCCESS", ""),
        ]
    );
    no_entries(&log).await;
    replica.stop().await;
}

#[tokio::test]
async fn after_five_attempts_it_is_given_up() {
    let log = Log::new().await;
    let replica = Replica::start(&log, Does::Fail(i32::MAX));
    let id = log.start(JobType::DeepScan).await;
    let job = ended(&log, id).await;
    assert_eq!(
        (job.status, job.attempt, job.target_scope.as_str()),
        (JobStatus::Failed, 5, "failed")
    );
    let details = job.error_details.expect("details");
    assert!(
        details.contains("busy, attempt 5; given up after 5 attempts"),
        "{details}"
    );
    no_entries(&log).await;
    replica.stop().await;
}

/// While it waits for its next attempt, a job says why and until when.
#[tokio::test]
async fn a_job_that_waits_for_its_next_attempt_says_why() {
    let log = Log::new().await;
    let id = log.start(JobType::DeepScan).await;
    let replica = Replica::start_with(&log, Does::Fail(9), Duration::from_hours(1));
    let waiting = eventually("the first attempt to fail", async || {
        let job = log.job(TENANT, id).await.expect("the job");
        (job.run_after.is_some()).then_some(job)
    })
    .await;
    assert_eq!(waiting.status, JobStatus::Queued);
    assert_eq!(
        waiting.error_details.as_deref(),
        Some("the server is busy, attempt 1")
    );
    assert_eq!(log.entries().await, 1);
    // Whoever stops it does not wait for the attempt.
    assert_eq!(stop(&log, id).await, Some(JobStatus::Cancelled));
    assert_eq!(log.entries().await, 0);
    let job = log.job(TENANT, id).await.expect("the job");
    assert!(
        job.completed_at.is_some() && job.run_after.is_none(),
        "{job:?}"
    );
    replica.stop().await;
}

#[tokio::test]
async fn a_job_that_waits_is_stopped_at_once() {
    let log = Log::new().await;
    let id = log.start(JobType::DeepScan).await;
    assert_eq!(stop(&log, id).await, Some(JobStatus::Cancelled));
    assert_eq!(log.entries().await, 0);
    assert_eq!(stop(&log, id).await, None, "it has ended");
    assert_eq!(stop(&log, Uuid::nil()).await, None, "there is none");
    // There is room for another.
    let next = log.start(JobType::DeepScan).await;
    let replica = Replica::start(&log, Does::Succeed);
    assert_eq!(ended(&log, next).await.status, JobStatus::Success);
    assert!(attempts(&log, id).await.is_empty());
    replica.stop().await;
}

#[tokio::test]
async fn a_job_that_runs_is_stopped_wherever_it_runs() {
    let log = Log::new().await;
    let replica = Replica::start(&log, Does::Hang);
    let id = log.start(JobType::DeepScan).await;
    replica.began.notified().await;
    let (one, two) = tokio::join!(stop(&log, id), stop(&log, id));
    assert!(
        [one, two].contains(&Some(JobStatus::Running)),
        "one of them at least has asked for it: {one:?} {two:?}"
    );
    let job = ended(&log, id).await;
    assert_eq!(
        (job.status, job.target_scope.as_str()),
        (JobStatus::Cancelled, "stopped")
    );
    assert!(job.cancel_requested_at.is_some(), "{job:?}");
    assert_eq!(outcomes(&attempts(&log, id).await), [(1, "CANCELLED", "")]);
    no_entries(&log).await;
    replica.stop().await;
}

/// The worker that was asked died or was away: who takes the job over ends it.
#[tokio::test]
async fn a_job_that_was_to_be_stopped_does_not_go_on_elsewhere() {
    let log = Log::new().await;
    let deaf = Replica::start_deaf(&log, Does::Hang, Duration::from_mins(1));
    let id = log.start(JobType::DeepScan).await;
    deaf.began.notified().await;
    assert_eq!(stop(&log, id).await, Some(JobStatus::Running));
    deaf.stop().await;
    let job = log.job(TENANT, id).await.expect("the job");
    assert_eq!(
        (job.status, job.target_scope.as_str()),
        (JobStatus::Cancelled, "stopped")
    );
    let next = Replica::start(&log, Does::Succeed);
    no_entries(&log).await;
    let job = log.job(TENANT, id).await.expect("the job");
    assert_eq!((job.status, job.attempt), (JobStatus::Cancelled, 1));
    next.stop().await;
}

/// News may be lost where a connection seems to live: the next heartbeat asks.
#[tokio::test]
async fn a_worker_that_hears_no_news_stops_nevertheless() {
    let log = Log::new().await;
    let deaf = Replica::start_deaf(&log, Does::Hang, Duration::from_millis(50));
    let id = log.start(JobType::DeepScan).await;
    deaf.began.notified().await;
    assert_eq!(stop(&log, id).await, Some(JobStatus::Running));
    assert_eq!(ended(&log, id).await.status, JobStatus::Cancelled);
    deaf.stop().await;
}

/// However often services stop, such as in a rolling restart, the job goes on at once.
#[tokio::test]
async fn a_job_that_is_handed_back_again_and_again_waits_for_nothing() {
    let log = Log::new().await;
    let id = log.start(JobType::DeepScan).await;
    for _ in 0..8 {
        let replica = Replica::start(&log, Does::Hang);
        replica.began.notified().await;
        replica.stop().await;
        let due = "select count(*) from graphile_worker._private_jobs
                   where run_at <= now() and locked_at is null and attempts = 0";
        assert_eq!((log.entries().await, log.count(due).await), (1, 1));
    }
    let replica = Replica::start(&log, Does::Succeed);
    let job = ended(&log, id).await;
    replica.stop().await;
    assert_eq!(job.status, JobStatus::Success);
    // A replica that stops may have taken it once more.
    let attempts = attempts(&log, id).await;
    let (last, before) = attempts.split_last().expect("attempts");
    assert_eq!(last.outcome.as_deref(), Some("SUCCESS"));
    let handed_back = |it: &JobAttempt| it.outcome.as_deref() == Some("HANDED_BACK");
    assert!(
        before.len() >= 8 && before.iter().all(handed_back),
        "{before:?}"
    );
}

#[tokio::test]
async fn whoever_meets_another_transaction_tries_again() {
    let log = Log::new().await;
    let id = log.start(JobType::DeepScan).await;
    let replica = Replica::start(&log, Does::Deadlock);
    assert_eq!(ended(&log, id).await.status, JobStatus::Success);
    let attempts = attempts(&log, id).await;
    let outcomes: Vec<_> = attempts.iter().map(|it| it.outcome.as_deref()).collect();
    assert_eq!(outcomes, [Some("RETRY"), Some("SUCCESS")]);
    replica.stop().await;
}

/// What is tried again waits with the others of its tenant and urgency, and not before all.
#[tokio::test]
async fn another_attempt_keeps_its_place() {
    let log = Log::new().await;
    for source in log.sources(TENANT, 3).await {
        log.start_on(TENANT, source, Trigger::Schedule).await;
    }
    let replica = Replica::start_with(&log, Does::Fail(9), Duration::from_mins(10));
    let waiting = "select count(*) from graphile_worker._private_jobs
                   where run_at > now() and priority >= 50";
    eventually("all to wait for another attempt", async || {
        (log.count(waiting).await == 3).then_some(())
    })
    .await;
    replica.stop().await;
}
