//! Runs from outside, below HTTP: no queue and no worker knows of them.

use chrono::TimeDelta;
use jobs::external::{self, Entered, NewRun, Outcome, Report};
use models::job::{JobStatus, JobType, Trigger};
use models::{Clock, TenantId};
use serde_json::json;
use test_support::TENANT;
use uuid::Uuid;

use super::Log;
use super::replica::{Does, Replica, ended};

/// Enters a run that stands so.
async fn enter(log: &Log, tenant: TenantId, status: JobStatus) -> Uuid {
    let id = log.jobs.new_id();
    let run = NewRun {
        external_id: None,
        job_type: "AI_ETL",
        target_scope: "all_biz",
        requested_by: Some("ada"),
        parameters: &json!({}),
        parent: None,
    };
    let report = Report {
        status: Some(status),
        ..Report::default()
    };
    let mut tx = log.store.begin(tenant).await.expect("a transaction");
    let entered = external::create(&mut tx, id, &run, &report).await;
    assert_eq!(entered.expect("the log"), Entered::New);
    tx.commit().await.expect("a commit");
    id
}

async fn report(log: &Log, id: Uuid, status: JobStatus) -> Outcome {
    let report = Report {
        status: Some(status),
        error_details: Some("why"),
        ..Report::default()
    };
    let mut tx = log.store.begin(TENANT).await.expect("a transaction");
    let outcome = external::report(&mut tx, id, &report).await;
    tx.commit().await.expect("a commit");
    outcome.expect("the log")
}

#[tokio::test]
async fn what_runs_outside_is_never_queued() {
    let log = Log::new().await;
    let waits = enter(&log, TENANT, JobStatus::Queued).await;
    let runs = enter(&log, TENANT, JobStatus::Running).await;
    assert_eq!(log.entries().await, 0);
    // That this one is run shows that the worker has looked for lost jobs.
    let lost = log.start(JobType::DeepScan).await;
    let mut admin = log.test_store.admin().await;
    sqlx::query("delete from graphile_worker._private_jobs")
        .execute(&mut admin)
        .await
        .expect("an entry less");
    let replica = Replica::start(&log, Does::Succeed);
    ended(&log, lost).await;
    replica.stop().await;
    for (id, status, attempt) in [(waits, JobStatus::Queued, 0), (runs, JobStatus::Running, 1)] {
        let job = log.job(TENANT, id).await.expect("the job");
        assert_eq!((job.status, job.attempt), (status, attempt));
    }
    assert_eq!(log.entries().await, 0);
}

#[tokio::test]
async fn what_runs_outside_holds_nothing_back() {
    let log = Log::new().await;
    let sources = log.sources(TENANT, 2).await;
    log.start_on(TENANT, sources[0], Trigger::Schedule).await;
    for _ in 0..3 {
        enter(&log, TENANT, JobStatus::Running).await;
    }
    log.start_on(TENANT, sources[1], Trigger::Schedule).await;
    let behind =
        "select (max(priority) - min(priority))::bigint from graphile_worker._private_jobs";
    assert_eq!(log.count(behind).await, 1);
}

#[tokio::test]
async fn only_what_is_silent_is_given_up() {
    let log = Log::new().await;
    let other = TenantId(2);
    log.sources(other, 1).await;
    let ours = log.start(JobType::DeepScan).await;
    let silent = [
        enter(&log, TENANT, JobStatus::Running).await,
        enter(&log, TENANT, JobStatus::Queued).await,
        enter(&log, other, JobStatus::Running).await,
    ];
    let ended = enter(&log, TENANT, JobStatus::Success).await;
    let alive = enter(&log, TENANT, JobStatus::Running).await;
    let mut admin = log.test_store.admin().await;
    sqlx::query(
        "update metadata.log_data_jobs set queued_at = now() - interval '2 hours',
            heartbeat_at = heartbeat_at - interval '2 hours' where id <> $1",
    )
    .bind(alive)
    .execute(&mut admin)
    .await
    .expect("two hours");
    let heard_before = Clock::system().now() - TimeDelta::hours(1);
    let mut connection = log.store.connection().await.expect("a connection");
    let found = external::silent(&mut connection, heard_before, 10).await;
    let mut found: Vec<Uuid> = found
        .expect("the log")
        .into_iter()
        .map(|(_, id)| id)
        .collect();
    found.sort();
    assert_eq!(found, silent);
    let some = external::silent(&mut connection, heard_before, 1).await;
    assert_eq!(some.expect("the log").len(), 1);

    // One of them is heard of before it is ended, and one is another tenant's.
    assert_eq!(
        report(&log, silent[1], JobStatus::Running).await,
        Outcome::Taken
    );
    let all = [&silent[..], &[ours, ended, alive]].concat();
    let mut tx = log.store.begin(TENANT).await.expect("a transaction");
    let given_up = external::presume_failed(&mut tx, &all, heard_before).await;
    assert_eq!(given_up.expect("the log"), 1);
    tx.commit().await.expect("a commit");
    let status = async |tenant, id| log.job(tenant, id).await.expect("the job").status;
    assert_eq!(status(TENANT, silent[0]).await, JobStatus::Failed);
    assert_eq!(status(TENANT, silent[1]).await, JobStatus::Running);
    assert_eq!(status(other, silent[2]).await, JobStatus::Running);
    assert_eq!(status(TENANT, ours).await, JobStatus::Queued);
    assert_eq!(status(TENANT, ended).await, JobStatus::Success);
    assert_eq!(status(TENANT, alive).await, JobStatus::Running);
}

/// The service that Plumbline has called reports how that went.
#[tokio::test]
async fn a_called_service_reports_while_the_job_runs() {
    let log = Log::new().await;
    let id = log.start(JobType::DeepScan).await;
    let mut admin = log.test_store.admin().await;
    let called = async |admin: &mut sqlx::PgConnection, change: &'static str| {
        sqlx::raw_sql(change)
            .execute(admin)
            .await
            .expect("a change");
    };
    called(
        &mut admin,
        "update metadata.log_data_jobs set job_type = 'HTTP_ETL'",
    )
    .await;
    assert_eq!(
        report(&log, id, JobStatus::Running).await,
        Outcome::Ours,
        "it waits"
    );
    // Handed back: no worker has it, and the service that was called goes on.
    let handed_back = "update metadata.log_data_jobs set attempt = 1, started_at = now()";
    called(&mut admin, handed_back).await;
    assert_eq!(report(&log, id, JobStatus::Running).await, Outcome::Taken);
    let job = log.job(TENANT, id).await.expect("the job");
    assert_eq!(job.status, JobStatus::Queued, "a worker has yet to take it");
    called(
        &mut admin,
        "update metadata.log_data_jobs set status = 'RUNNING', attempt = 2, started_at = now();
         insert into metadata.job_attempts (tenant_id, job_id, attempt, worker)
            select tenant_id, id, 2, 'w' from metadata.log_data_jobs",
    )
    .await;
    assert_eq!(report(&log, id, JobStatus::Running).await, Outcome::Taken);
    assert_eq!(report(&log, id, JobStatus::Failed).await, Outcome::Taken);
    let attempt: (i32, String, String) =
        sqlx::query_as("select attempt, outcome, error from metadata.job_attempts")
            .fetch_one(&mut admin)
            .await
            .expect("the attempt");
    assert_eq!(attempt, (2, "FAILED".to_owned(), "why".to_owned()));
    assert_eq!(report(&log, id, JobStatus::Failed).await, Outcome::Repeated);
    let other = report(&log, id, JobStatus::Success).await;
    assert_eq!(other, Outcome::Ended(JobStatus::Failed));
    let unknown = report(&log, log.jobs.new_id(), JobStatus::Success).await;
    assert_eq!(unknown, Outcome::Unknown);
}
