//! A job is a row of the log and an entry of the queue, or neither.

use jobs::{JobError, NewJob};
use models::TenantId;
use models::job::{JobStatus, JobType};
use test_support::TENANT;

use super::Log;

#[tokio::test]
async fn row_and_entry_are_one_transaction() {
    let log = Log::new().await;
    let mut tx = log.store.begin(TENANT).await.expect("a transaction");
    let id = log
        .jobs
        .start(&mut tx, TENANT, &log.new_job(JobType::DeepScan))
        .await
        .expect("a job");
    assert_eq!(
        (log.entries().await, log.job(TENANT, id).await),
        (0, None),
        "nothing is seen before the commit"
    );
    drop(tx);
    let job = log.job(TENANT, id).await;
    assert_eq!(
        (log.entries().await, job),
        (0, None),
        "nothing is left after a rollback"
    );

    let id = log.start(JobType::DeepScan).await;
    let job = log.job(TENANT, id).await.expect("the job");
    assert_eq!(
        (job.status, job.attempt, log.entries().await),
        (JobStatus::Queued, 0, 1)
    );
    assert_eq!(
        (job.requested_by.as_deref(), &job.parameters),
        (Some("ada"), &serde_json::json!({ "depth": 2 }))
    );
    assert_eq!(log.job(TenantId(2), id).await, None, "it is of its tenant");
}

#[tokio::test]
async fn one_of_each_type_is_active_at_a_source() {
    let log = Log::new().await;
    let first = log.start(JobType::DeepScan).await;
    let mut tx = log.store.begin(TENANT).await.expect("a transaction");
    let refused = log
        .jobs
        .start(&mut tx, TENANT, &log.new_job(JobType::DeepScan))
        .await;
    assert!(
        matches!(refused, Err(JobError::Active(id)) if id == first),
        "{refused:?}"
    );
    // The transaction can still be used, and another type has room.
    let other = log
        .jobs
        .start(&mut tx, TENANT, &log.new_job(JobType::MetadataSync))
        .await
        .expect("another type");
    tx.commit().await.expect("a commit");
    assert_ne!(first, other);
    assert_eq!(log.entries().await, 2);
}

/// Not code alone: the store itself refuses a second one.
#[tokio::test]
async fn an_index_holds_it() {
    let log = Log::new().await;
    log.start(JobType::DeepScan).await;
    let mut admin = log.test_store.admin().await;
    let refused = sqlx::query(
        "insert into metadata.log_data_jobs (tenant_id, id, job_type, target_scope, datasource_id, trigger, status)
         values (1, gen_random_uuid(), 'DEEP_SCAN', 'again', $1, 'manual', 'RUNNING')",
    )
    .bind(log.datasource)
    .execute(&mut admin)
    .await
    .expect_err("a second active one");
    assert!(
        refused
            .to_string()
            .contains("log_data_jobs_one_active_scan"),
        "{refused}"
    );
}

#[tokio::test]
async fn of_many_at_once_one_wins_and_the_others_are_told_which() {
    let log = Log::new().await;
    let start = async || {
        let mut tx = log.store.begin(TENANT).await.expect("a transaction");
        let outcome = log
            .jobs
            .start(&mut tx, TENANT, &log.new_job(JobType::DeepScan))
            .await;
        if outcome.is_ok() {
            tx.commit().await.expect("a commit");
        }
        outcome
    };
    let outcomes = futures::future::join_all((0..4).map(|_| start())).await;
    let won: Vec<_> = outcomes
        .iter()
        .filter_map(|outcome| outcome.as_ref().ok())
        .collect();
    assert_eq!(won.len(), 1, "{outcomes:?}");
    for outcome in &outcomes {
        assert!(
            matches!(outcome, Ok(id) | Err(JobError::Active(id)) if id == won[0]),
            "{outcome:?}"
        );
    }
}

/// Of one pipeline they wait for each other, and of another they do not.
#[tokio::test]
async fn one_of_each_type_is_active_of_a_pipeline() {
    let log = Log::new().await;
    let mut admin = log.test_store.admin().await;
    let pipelines: Vec<i64> = sqlx::query_scalar(
        "insert into metadata.pipelines (tenant_id, name, fill, etl, delta)
         select 1, n::text, '{}', '{}', '{}' from generate_series(1, 2) n
         returning id",
    )
    .fetch_all(&mut admin)
    .await
    .expect("pipelines");
    let new = |pipeline, job_type| NewJob {
        datasource_id: None,
        pipeline_id: Some(pipeline),
        ..log.new_job(job_type)
    };
    let first = log
        .commit(TENANT, &new(pipelines[0], JobType::Measure))
        .await;
    let mut tx = log.store.begin(TENANT).await.expect("a transaction");
    let again = new(pipelines[0], JobType::Measure);
    let refused = log.jobs.start(&mut tx, TENANT, &again).await;
    assert!(
        matches!(refused, Err(JobError::Active(id)) if id == first),
        "{refused:?}"
    );
    drop(tx);
    let _ = log
        .commit(TENANT, &new(pipelines[0], JobType::SqlSync))
        .await;
    let queues = "select count(distinct job_queue_id) from graphile_worker._private_jobs";
    assert_eq!(log.count(queues).await, 1, "one after the other");
    let _ = log
        .commit(TENANT, &new(pipelines[1], JobType::Measure))
        .await;
    assert_eq!(log.count(queues).await, 2);
    let job = log.job(TENANT, first).await.expect("the job");
    assert_eq!(
        (job.pipeline_id, job.datasource_id),
        (Some(pipelines[0]), None)
    );
    let twice = "insert into metadata.log_data_jobs (tenant_id, id, job_type, target_scope, pipeline_id, trigger, status)
         values (1, gen_random_uuid(), 'MEASURE', 'again', $1, 'manual', 'RUNNING')";
    let refused = sqlx::query(twice)
        .bind(pipelines[0])
        .execute(&mut admin)
        .await;
    let refused = refused.expect_err("a second active one").to_string();
    assert!(
        refused.contains("log_data_jobs_one_active_of_pipeline"),
        "{refused}"
    );
}
