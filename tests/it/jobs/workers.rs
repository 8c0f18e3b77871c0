//! Workers: what becomes of a job that panics, is handed back, or whose worker dies.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use db::StoreError;
use jobs::log::End;
use jobs::{Aborted, Run, Work, Worker, WorkerSettings};
use models::job::{Job, JobStatus, JobType};
use sqlx::postgres::PgConnection;
use test_support::{TENANT, eventually};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::Log;

/// What a work of these tests does.
#[derive(Debug, Clone, Copy)]
enum Does {
    Succeed,
    Panic,
    Break,
    /// Says that it has begun and then does nothing for ever.
    Hang,
}

struct Scripted {
    does: Does,
    began: Arc<Notify>,
}

#[async_trait]
impl Work for Scripted {
    fn job_type(&self) -> JobType {
        JobType::DeepScan
    }

    async fn run(&self, run: &Run) -> Result<(), StoreError> {
        self.began.notify_one();
        match self.does {
            Does::Panic => panic!("the work is faulty"),
            Does::Break => Err(StoreError::Query(sqlx::Error::RowNotFound)),
            Does::Hang => std::future::pending().await,
            Does::Succeed => {
                let mut tx = run.store.begin(run.tenant).await?;
                let end = End {
                    status: JobStatus::Success,
                    error_details: None,
                    ..End::failed(String::new())
                };
                assert!(
                    run.finish(&mut tx, &end).await?,
                    "this attempt holds the job"
                );
                tx.commit().await
            }
        }
    }

    /// Leaves a mark in the transaction of the end.
    async fn aborted(
        &self,
        conn: &mut PgConnection,
        run: &Run,
        how: Aborted<'_>,
    ) -> Result<(), StoreError> {
        let mark = match how {
            Aborted::HandedBack => "handed back",
            Aborted::Failed(_) => "failed",
        };
        sqlx::query("update metadata.log_data_jobs set target_scope = $1 where id = $2")
            .bind(mark)
            .bind(run.job_id)
            .execute(conn)
            .await?;
        Ok(())
    }
}

/// A worker of a replica of its own, with its own pool.
struct Replica {
    stop: CancellationToken,
    task: JoinHandle<()>,
    began: Arc<Notify>,
}

impl Replica {
    fn start(log: &Log, does: Does) -> Self {
        let (stop, began) = (CancellationToken::new(), Arc::new(Notify::new()));
        let works: Vec<Arc<dyn Work>> = vec![Arc::new(Scripted {
            does,
            began: began.clone(),
        })];
        let settings = WorkerSettings {
            concurrency: 2,
            poll_interval: Duration::from_millis(50),
        };
        let task = tokio::spawn(Worker::run(
            log.test_store.open(),
            works,
            settings,
            stop.clone(),
        ));
        Self { stop, task, began }
    }

    async fn stop(self) {
        self.stop.cancel();
        self.task.await.expect("a worker ends well");
    }
}

async fn ended(log: &Log, id: Uuid) -> Job {
    eventually("the end of the job", async || {
        let job = log.job(TENANT, id).await.expect("the job");
        (!job.status.is_active()).then_some(job)
    })
    .await
}

async fn no_entries(log: &Log) {
    eventually("an empty queue", async || {
        (log.entries().await == 0).then_some(())
    })
    .await;
}

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
        (JobStatus::Queued, "handed back")
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
    let progressed = jobs::log::set_progress(&mut tx, id, 2, Some(1), 1)
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

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}
