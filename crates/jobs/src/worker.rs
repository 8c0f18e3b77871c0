//! Workers: take jobs off the queue and run them, each under a heartbeat.

use std::collections::HashMap;
use std::error::Error;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use db::{Store, StoreError};
use futures::FutureExt;
use graphile_worker::{WorkerOptions, WorkerRecoveryConfig};
use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_util::sync::CancellationToken;

use crate::log::{self, End};
use crate::queue::{RunJob, SCHEMA};
use crate::{Aborted, Run, Work};

/// After so many attempts a job whose worker dies each time is given up.
const MAX_ATTEMPTS: i32 = 5;
/// How often a running job says that it lives.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// How long a worker may be silent before its jobs go to another.
const SILENCE: Duration = Duration::from_secs(30);
/// How long a worker waits before it tries the store again.
const PAUSE: Duration = Duration::from_secs(1);

/// How a worker works.
#[derive(Debug, Clone, Copy)]
pub struct WorkerSettings {
    /// How many jobs it runs at once.
    pub concurrency: usize,
    /// How often it looks for jobs that no notification announced.
    pub poll_interval: Duration,
}

/// A worker of this process.
#[derive(Debug)]
pub struct Worker;

impl Worker {
    /// Runs jobs until `shutdown`, then hands the running ones back and returns. While the store is
    /// away it waits and tries again.
    pub async fn run(
        store: Store,
        works: Vec<Arc<dyn Work>>,
        settings: WorkerSettings,
        shutdown: CancellationToken,
    ) {
        let crew = Crew {
            store,
            works: Arc::new(
                works
                    .into_iter()
                    .map(|work| (work.job_type().as_str(), work))
                    .collect(),
            ),
            shutdown: shutdown.clone(),
        };
        while !shutdown.is_cancelled() {
            let Err(error) = watch(crew.clone(), settings).await else {
                continue;
            };
            tracing::error!(error = %chain(&*error), "worker stopped, starting again");
            tokio::select! {
                () = sleep(PAUSE) => {}
                () = shutdown.cancelled() => {}
            }
        }
    }
}

/// Takes jobs off the queue until the crew's shutdown, or an error.
async fn watch(crew: Crew, settings: WorkerSettings) -> Result<(), Box<dyn Error + Send + Sync>> {
    let recovery = WorkerRecoveryConfig::default()
        .heartbeat_interval(HEARTBEAT)
        .sweep_interval(HEARTBEAT)
        .sweep_threshold(SILENCE)
        .recovery_delay(Duration::ZERO);
    let worker = WorkerOptions::default()
        .pg_pool(crew.store.pool().clone())
        .schema(SCHEMA)
        .concurrency(settings.concurrency)
        .poll_interval(settings.poll_interval)
        .worker_recovery(recovery)
        .listen_os_shutdown_signals(false)
        .shutdown_signal(crew.shutdown.clone().cancelled_owned())
        .shutdown_grace_period(Duration::from_secs(5))
        .shutdown_interrupted_job_retry_delay(Duration::from_secs(1))
        .add_extension(crew)
        .define_job::<RunJob>()
        .init()
        .await?;
    Ok(worker.run().await?)
}

/// What the entries of the queue are run with.
#[derive(Clone)]
pub(crate) struct Crew {
    store: Store,
    works: Arc<HashMap<&'static str, Arc<dyn Work>>>,
    shutdown: CancellationToken,
}

impl std::fmt::Debug for Crew {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Crew")
    }
}

impl Crew {
    /// Runs one entry. An error gives it back to the queue, for another attempt.
    pub(crate) async fn run(&self, entry: RunJob) -> Result<(), String> {
        self.attempt(entry).await.map_err(|error| {
            tracing::warn!(job_id = %entry.job_id, error = %chain(&error), "job goes back to the queue");
            error.to_string()
        })
    }

    async fn attempt(&self, entry: RunJob) -> Result<(), AttemptError> {
        let mut tx = self.store.begin(entry.tenant_id).await?;
        let started = log::start(&mut tx, entry.job_id).await?;
        tx.commit().await?;
        let Some(started) = started else {
            // It has ended, or its tenant's data is gone: nothing is left to do.
            return Ok(());
        };
        let run = Run {
            store: self.store.clone(),
            tenant: entry.tenant_id,
            job_id: entry.job_id,
            attempt: started.attempt,
            datasource_id: started.datasource_id,
            parameters: started.parameters,
        };
        let Some(work) = self.works.get(started.job_type.as_str()) else {
            let details = format!(
                "no worker of this release runs jobs of type {}",
                started.job_type
            );
            return self.fail(&run, None, &details).await;
        };
        if run.attempt > MAX_ATTEMPTS {
            let details = format!(
                "given up after {MAX_ATTEMPTS} attempts, since the worker died or lost the store in each of them; \
                 look into the service's log, then start it again"
            );
            return self.fail(&run, Some(work), &details).await;
        }
        self.carry_out(&run, work).await
    }

    async fn carry_out(&self, run: &Run, work: &Arc<dyn Work>) -> Result<(), AttemptError> {
        let outcome = tokio::select! {
            outcome = AssertUnwindSafe(work.run(run)).catch_unwind() => outcome,
            lost = heartbeats(run) => return Err(lost),
            () = self.shutdown.cancelled() => {
                self.hand_back(run, work).await?;
                return Err(AttemptError::Stopping);
            }
        };
        match outcome {
            Ok(Ok(())) => Ok(()),
            // Nothing can be written while the store is away: the queue gives the job out again.
            Ok(Err(error @ StoreError::Unavailable(_))) => Err(error.into()),
            Ok(Err(error)) => {
                tracing::error!(job_id = %run.job_id, error = %chain(&error), "job failed in the store");
                self.fail(
                    run,
                    Some(work),
                    "the service could not write to its store; its log has the cause",
                )
                .await
            }
            Err(_) => {
                tracing::error!(job_id = %run.job_id, "job panicked");
                self.fail(
                    run,
                    Some(work),
                    "the service made a mistake; its log has the cause",
                )
                .await
            }
        }
    }

    async fn fail(
        &self,
        run: &Run,
        work: Option<&Arc<dyn Work>>,
        details: &str,
    ) -> Result<(), AttemptError> {
        let mut tx = self.store.begin(run.tenant).await?;
        if run
            .finish(&mut tx, &End::failed(details.to_owned()))
            .await?
        {
            if let Some(work) = work {
                work.aborted(&mut tx, run, Aborted::Failed(details)).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }

    async fn hand_back(&self, run: &Run, work: &Arc<dyn Work>) -> Result<(), AttemptError> {
        let mut tx = self.store.begin(run.tenant).await?;
        if log::requeue(&mut tx, run.job_id, run.attempt).await? {
            work.aborted(&mut tx, run, Aborted::HandedBack).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}

#[derive(Debug, thiserror::Error)]
enum AttemptError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the service stops")]
    Stopping,
    #[error("another worker has taken the job over")]
    TakenOver,
}

/// Says that the job lives, until it no longer does.
async fn heartbeats(run: &Run) -> AttemptError {
    let mut ticks = interval(HEARTBEAT);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks.tick().await;
    loop {
        ticks.tick().await;
        match beat(run).await {
            Ok(true) => {}
            Ok(false) => return AttemptError::TakenOver,
            // The store may be back before anybody takes the worker for dead.
            Err(error) => {
                tracing::warn!(job_id = %run.job_id, error = %chain(&error), "heartbeat failed");
            }
        }
    }
}

async fn beat(run: &Run) -> Result<bool, StoreError> {
    let mut tx = run.store.begin(run.tenant).await?;
    let holds = log::heartbeat(&mut tx, run.job_id, run.attempt).await?;
    tx.commit().await?;
    Ok(holds)
}

/// An error with its causes.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
