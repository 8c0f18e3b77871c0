//! A worker of a test, with work that does as it is told.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use db::StoreError;
use jobs::log::End;
use jobs::{Aborted, Feed, Queue, Run, Work, WorkError, Worker, WorkerSettings};
use models::Clock;
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
pub(super) enum Does {
    Succeed,
    Panic,
    Break,
    /// Says that it has begun and then does nothing for ever.
    Hang,
    /// Fails in a way that may pass, so many times, and succeeds then.
    Fail(i32),
    /// Meets another transaction in its first attempt, and succeeds then.
    Deadlock,
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

    async fn run(&self, run: &Run) -> Result<(), WorkError> {
        self.began.notify_one();
        match self.does {
            Does::Panic => panic!("the work is faulty"),
            Does::Break => Err(StoreError::Query(sqlx::Error::RowNotFound).into()),
            Does::Hang => std::future::pending().await,
            Does::Fail(times) if run.failed_attempts < times => {
                let cause = format!("the server is busy, attempt {}", run.attempt);
                Err(WorkError::Later(cause))
            }
            Does::Deadlock if run.failed_attempts == 0 => {
                let mut tx = run.store.begin(run.tenant).await?;
                let sql = "do $$ begin raise exception using errcode = 'deadlock_detected'; end $$";
                let error = sqlx::raw_sql(sql).execute(&mut *tx).await;
                Err(StoreError::from(error.expect_err("it is raised")).into())
            }
            Does::Succeed | Does::Fail(_) | Does::Deadlock => Ok(succeed(run).await?),
        }
    }

    async fn lock(&self, _: &mut PgConnection, _: &Run) -> Result<(), StoreError> {
        Ok(())
    }

    /// Leaves a mark in the transaction of the end.
    async fn aborted(
        &self,
        conn: &mut PgConnection,
        run: &Run,
        how: Aborted<'_>,
    ) -> Result<(), StoreError> {
        let mark = match how {
            Aborted::PutBack => "put back",
            Aborted::Stopped => "stopped",
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

async fn succeed(run: &Run) -> Result<(), StoreError> {
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

const SETTINGS: WorkerSettings = WorkerSettings {
    concurrency: 2,
    poll_interval: Duration::from_millis(50),
    heartbeat: Duration::from_secs(10),
    silence: Duration::from_secs(30),
    retry_pause: Duration::from_millis(1),
};

/// A worker of a replica of its own, with its own pool.
pub(super) struct Replica {
    stop: CancellationToken,
    task: JoinHandle<()>,
    pub(super) began: Arc<Notify>,
}

impl Replica {
    pub(super) fn start(log: &Log, does: Does) -> Self {
        Self::begin(log, does, SETTINGS, true)
    }

    /// One that waits this long after a failed attempt.
    pub(super) fn start_with(log: &Log, does: Does, retry_pause: Duration) -> Self {
        let settings = WorkerSettings {
            retry_pause,
            ..SETTINGS
        };
        Self::begin(log, does, settings, true)
    }

    /// One that hears no news of jobs.
    pub(super) fn start_deaf(log: &Log, does: Does, heartbeat: Duration) -> Self {
        let settings = WorkerSettings {
            heartbeat,
            ..SETTINGS
        };
        Self::begin(log, does, settings, false)
    }

    fn begin(log: &Log, does: Does, settings: WorkerSettings, hears: bool) -> Self {
        let (stop, began) = (CancellationToken::new(), Arc::new(Notify::new()));
        let works: Vec<Arc<dyn Work>> = vec![Arc::new(Scripted {
            does,
            began: began.clone(),
        })];
        let store = log.test_store.open();
        let worker = Worker {
            queue: Queue::new(store.pool()),
            feed: Feed::default(),
            clock: Clock::system(),
            store,
            settings,
        };
        let token = stop.clone();
        let task = tokio::spawn(async move {
            let (feed, store) = (worker.feed.clone(), worker.store.clone());
            let news = async {
                if hears {
                    feed.run(&store, &token).await;
                }
            };
            tokio::join!(news, worker.run(works, token.clone()));
        });
        Self { stop, task, began }
    }

    pub(super) async fn stop(self) {
        self.stop.cancel();
        self.task.await.expect("a worker ends well");
    }
}

pub(super) async fn ended(log: &Log, id: Uuid) -> Job {
    eventually("the end of the job", async || {
        let job = log.job(TENANT, id).await.expect("the job");
        (!job.status.is_active()).then_some(job)
    })
    .await
}

pub(super) async fn no_entries(log: &Log) {
    eventually("an empty queue", async || {
        (log.entries().await == 0).then_some(())
    })
    .await;
}
