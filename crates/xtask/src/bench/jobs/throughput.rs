//! How many jobs a second go through the queue.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use async_trait::async_trait;
use db::StoreError;
use graphile_worker::{
    IntoTaskHandlerResult, TaskHandler, WorkerContext, WorkerOptions, WorkerRecoveryConfig,
};
use jobs::log::End;
use jobs::{Aborted, Feed, Jobs, NewJob, Queue, Run, Work, WorkError, Worker, WorkerSettings};
use models::job::{JobStatus, JobType, Trigger};
use models::{Clock, Ids};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool};
use test_support::{StoreLogin, TENANT, TestStore};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const WORKERS: usize = 2;
const SETTINGS: WorkerSettings = WorkerSettings {
    concurrency: 4,
    poll_interval: Duration::from_millis(1),
    heartbeat: Duration::from_secs(10),
    silence: Duration::from_secs(30),
    retry_pause: Duration::from_secs(5),
};

/// How often it is looked whether all have ended: often enough, and no load.
const LOOK: Duration = Duration::from_millis(500);

/// Jobs a second by the crate `jobs`.
pub(super) async fn of_product(count: i32) -> anyhow::Result<f64> {
    let store = queued(count).await?;
    let stop = CancellationToken::new();
    let workers = (0..WORKERS).map(|_| {
        let (store, stop) = (store.open(), stop.clone());
        tokio::spawn(async move {
            let feed = Feed::default();
            let worker = Worker {
                queue: Queue::new(store.pool()),
                feed: feed.clone(),
                clock: Clock::system(),
                store: store.clone(),
                settings: SETTINGS,
            };
            let works: Vec<Arc<dyn Work>> = vec![Arc::new(Nothing)];
            tokio::join!(feed.run(&store, &stop), worker.run(works, stop.clone()));
        })
    });
    let workers: Vec<_> = workers.collect();
    let rate = rate(&store, count).await;
    stop.cancel();
    for worker in workers {
        worker.await?;
    }
    rate
}

/// Jobs a second by the library alone.
pub(super) async fn of_library(count: i32) -> anyhow::Result<f64> {
    let store = queued(count).await?;
    let stop = CancellationToken::new();
    let workers =
        (0..WORKERS).map(|_| tokio::spawn(plain(store.url(StoreLogin::Meta), stop.clone())));
    let workers: Vec<_> = workers.collect();
    let rate = rate(&store, count).await;
    stop.cancel();
    for worker in workers {
        worker.await??;
    }
    rate
}

/// A store with so many jobs in log and queue, each of a data source of its own.
async fn queued(count: i32) -> anyhow::Result<TestStore> {
    let test_store = TestStore::create().await;
    let store = test_store.open();
    Queue::new(store.pool()).migrate().await?;
    let sources: Vec<i64> = sqlx::query_scalar(
        "with t as (
            insert into metadata.tenants (tenant_id) values ($1) on conflict do nothing
         )
         insert into metadata.datasources (tenant_id, datasource_name, datasource_type, host, port, username, secret,
            secret_key_id)
         select $1, 'source ' || n, 'mysql', 'db.invalid', 3306, 'u', '', 'k' from generate_series(1, $2) n
         returning id",
    )
    .bind(TENANT.0)
    .bind(count)
    .fetch_all(&mut test_store.admin().await)
    .await?;
    let jobs = Jobs::new(Queue::new(store.pool()), Ids::random());
    let mut tx = store.begin(TENANT).await?;
    for datasource_id in sources {
        let new = NewJob {
            job_type: JobType::DeepScan,
            datasource_id: Some(datasource_id),
            pipeline_id: None,
            target_scope: "nothing",
            trigger: Trigger::Manual,
            requested_by: None,
            parameters: serde_json::json!({}),
            parent: None,
        };
        jobs.start(&mut tx, TENANT, &new).await?;
    }
    tx.commit().await?;
    store.close().await;
    sqlx::raw_sql("analyze")
        .execute(&mut test_store.admin().await)
        .await?;
    Ok(test_store)
}

/// Waits for the end of all jobs. How many a second there were between the first begin and the last end.
async fn rate(store: &TestStore, count: i32) -> anyhow::Result<f64> {
    let mut admin = store.admin().await;
    let (ended, seconds) = loop {
        let (waiting, ended, seconds): (i64, i64, Option<f64>) = sqlx::query_as(
            "select count(*) filter (where completed_at is null), count(*) filter (where status = 'SUCCESS'),
                extract(epoch from max(completed_at) - min(started_at))::float8
             from metadata.log_data_jobs",
        )
        .fetch_one(&mut admin)
        .await?;
        if waiting == 0 {
            break (ended, seconds);
        }
        sleep(LOOK).await;
    };
    ensure!(
        ended == i64::from(count),
        "only {ended} of {count} jobs succeeded"
    );
    Ok(f64::from(count) / seconds.context("jobs have times")?)
}

/// A work that only ends its job.
struct Nothing;

#[async_trait]
impl Work for Nothing {
    fn job_type(&self) -> JobType {
        JobType::DeepScan
    }

    async fn run(&self, run: &Run) -> Result<(), WorkError> {
        let mut tx = run.store.begin(run.tenant).await?;
        let end = End {
            status: JobStatus::Success,
            error_details: None,
            ..End::failed(String::new())
        };
        run.finish(&mut tx, &end).await?;
        Ok(tx.commit().await?)
    }

    async fn lock(&self, _: &mut PgConnection, _: &Run) -> Result<(), StoreError> {
        Ok(())
    }

    async fn aborted(
        &self,
        _: &mut PgConnection,
        _: &Run,
        _: Aborted<'_>,
    ) -> Result<(), StoreError> {
        Ok(())
    }
}

/// Runs the library's worker with the settings of ours until `stop`.
async fn plain(url: SecretString, stop: CancellationToken) -> anyhow::Result<()> {
    let tenant = [("app.tenant_id", TENANT.0)];
    let options = PgConnectOptions::from_str(url.expose_secret())?.options(tenant);
    let pool = PgPool::connect_with(options).await?;
    let recovery = WorkerRecoveryConfig::default()
        .heartbeat_interval(SETTINGS.heartbeat)
        .sweep_interval(SETTINGS.heartbeat)
        .sweep_threshold(SETTINGS.silence)
        .recovery_delay(Duration::ZERO);
    let worker = WorkerOptions::default()
        .pg_pool(pool.clone())
        .schema("graphile_worker")
        .concurrency(SETTINGS.concurrency)
        .poll_interval(SETTINGS.poll_interval)
        .worker_recovery(recovery)
        .listen_os_shutdown_signals(false)
        .shutdown_signal(stop.cancelled_owned())
        .add_extension(Pool(pool.clone()))
        .define_job::<PlainJob>()
        .init()
        .await?;
    Ok(worker.run().await?)
}

#[derive(Debug, Clone)]
struct Pool(PgPool);

/// The payload of an entry as the crate `jobs` writes it.
#[derive(Debug, Serialize, Deserialize)]
struct PlainJob {
    tenant_id: i64,
    job_id: Uuid,
}

impl TaskHandler for PlainJob {
    const IDENTIFIER: &'static str = "run_job";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let pool = context.get_ext::<Pool>().ok_or("no pool")?;
        write_rows(&pool.0, &self)
            .await
            .map_err(|error| error.to_string())
    }
}

/// The rows that an attempt writes: begun, and ended.
async fn write_rows(pool: &PgPool, job: &PlainJob) -> sqlx::Result<()> {
    for statement in [
        "with begun as (
            update metadata.log_data_jobs set status = 'RUNNING', attempt = attempt + 1, started_at = now(),
                heartbeat_at = now()
            where tenant_id = $1 and id = $2
            returning tenant_id, id
        )
        insert into metadata.job_attempts (tenant_id, job_id, attempt, worker)
        select tenant_id, id, 1, 'plain' from begun",
        "with ended as (
            update metadata.log_data_jobs set status = 'SUCCESS', completed_at = now(), heartbeat_at = now()
            where tenant_id = $1 and id = $2
            returning tenant_id, id
        )
        update metadata.job_attempts a set ended_at = now(), outcome = 'SUCCESS'
        from ended e
        where a.tenant_id = e.tenant_id and a.job_id = e.id and a.attempt = 1",
    ] {
        sqlx::query(statement)
            .bind(job.tenant_id)
            .bind(job.job_id)
            .execute(pool)
            .await?;
    }
    Ok(())
}
