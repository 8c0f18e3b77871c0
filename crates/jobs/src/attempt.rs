//! One attempt at a job: under a heartbeat, until it is done, fails, is stopped or handed back.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use db::{Store, StoreError};
use futures::FutureExt;
use models::Clock;
use models::job::{JobStatus, Trigger};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::jobs::priority;
use crate::log::{self, End, PutBack};
use crate::queue::{Entry, RunJob, only_waits};
use crate::retry::{self, MAX_ATTEMPTS};
use crate::worker::chain;
use crate::{Aborted, Feed, Queue, QueueError, Run, Work, WorkError, WorkerSettings};

/// What the entries of the queue are run with.
#[derive(Clone)]
pub(crate) struct Crew {
    pub(crate) store: Store,
    pub(crate) queue: Queue,
    pub(crate) feed: Feed,
    pub(crate) clock: Clock,
    pub(crate) settings: WorkerSettings,
    pub(crate) works: Arc<HashMap<&'static str, Arc<dyn Work>>>,
    pub(crate) shutdown: CancellationToken,
}

impl std::fmt::Debug for Crew {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Crew")
    }
}

/// How the work of an attempt came to its end.
enum Outcome {
    /// The work said so itself.
    Done(Result<(), WorkError>),
    Panicked,
    /// Somebody asked to stop the job.
    StopRequested,
    /// The service stops.
    Shutdown,
    /// Another worker has taken the job over.
    TakenOver,
}

impl Crew {
    /// Runs one entry. An error gives it back to the queue, for another attempt.
    pub(crate) async fn run(&self, entry: RunJob, worker: &str) -> Result<(), String> {
        self.attempt(entry, worker).await.map_err(|error| {
            tracing::warn!(job_id = %entry.job_id, error = %chain(&error), "job goes back to the queue");
            error.to_string()
        })
    }

    async fn attempt(&self, entry: RunJob, worker: &str) -> Result<(), AttemptError> {
        // Before the job is read: what is asked from now on is heard.
        let mut news = self.feed.subscribe();
        let mut tx = self.store.begin(entry.tenant_id).await?;
        let started = log::start(&mut tx, entry.job_id, worker).await?;
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
            failed_attempts: started.failed_attempts,
            trigger: Trigger::parse(&started.trigger).unwrap_or(Trigger::External),
            datasource_id: started.datasource_id,
            pipeline_id: started.pipeline_id,
            parameters: started.parameters,
        };
        let work = self.works.get(started.job_type.as_str());
        let Some(work) = work else {
            let details = format!(
                "no worker of this release runs jobs of type {}",
                started.job_type
            );
            return self.fail(&run, None, &details).await;
        };
        if started.cancel_requested {
            return self.stop(&run, work).await;
        }
        if run.failed_attempts >= MAX_ATTEMPTS {
            let details = format!(
                "given up after {MAX_ATTEMPTS} attempts, since the worker died or lost the store in the last of them; \
                 look into the service's log, then start it again"
            );
            return self.fail(&run, Some(work), &details).await;
        }
        let outcome = tokio::select! {
            done = AssertUnwindSafe(work.run(&run)).catch_unwind() => match done {
                Ok(done) => Outcome::Done(done),
                Err(_) => Outcome::Panicked,
            },
            outcome = self.heartbeats(&run) => outcome,
            () = stop_requested(&run, &mut news) => Outcome::StopRequested,
            () = self.shutdown.cancelled() => Outcome::Shutdown,
        };
        self.conclude(&run, work, outcome).await
    }

    async fn conclude(
        &self,
        run: &Run,
        work: &Arc<dyn Work>,
        outcome: Outcome,
    ) -> Result<(), AttemptError> {
        const LOST: &str = "the service could not write to its store; its log has the cause";
        const DELETED: &str = "the data source was deleted while it was read";
        const PIPELINE_DELETED: &str = "the pipeline was deleted while it ran";
        const MISTAKE: &str = "the service made a mistake; its log has the cause";
        if matches!(outcome, Outcome::Done(Err(_)) | Outcome::Panicked) {
            let mut tx = self.store.begin(run.tenant).await?;
            let job = log::get(&mut tx, run.job_id).await?;
            drop(tx);
            let Some(job) = job else { return Ok(()) };
            if job.cancel_requested_at.is_some() {
                return self.stop(run, work).await;
            }
            // What the work writes hangs on it.
            if run.datasource_id.is_some() && job.datasource_id.is_none() {
                return self.fail(run, Some(work), DELETED).await;
            }
            if run.pipeline_id.is_some() && job.pipeline_id.is_none() {
                return self.fail(run, Some(work), PIPELINE_DELETED).await;
            }
        }
        match outcome {
            Outcome::Done(Ok(())) => Ok(()),
            // Nothing can be written while the store is away: the queue gives the job out again.
            Outcome::Done(Err(WorkError::Store(error @ StoreError::Unavailable(_)))) => {
                Err(error.into())
            }
            Outcome::Done(Err(WorkError::Store(error))) if error.is_transient() => {
                let cause = format!("another transaction stood in the way in the store: {error}");
                self.retry(run, work, &cause).await
            }
            Outcome::Done(Err(WorkError::Store(error))) => {
                tracing::error!(job_id = %run.job_id, error = %chain(&error), "job failed in the store");
                self.fail(run, Some(work), LOST).await
            }
            Outcome::Done(Err(WorkError::Later(cause))) => self.retry(run, work, &cause).await,
            Outcome::Panicked => {
                tracing::error!(job_id = %run.job_id, "job panicked");
                self.fail(run, Some(work), MISTAKE).await
            }
            Outcome::StopRequested => self.stop(run, work).await,
            Outcome::Shutdown => {
                self.put_back(run, work, &PutBack::HandedBack).await?;
                tracing::info!(job_id = %run.job_id, "job handed back");
                Ok(())
            }
            Outcome::TakenOver => self.not_held(run).await,
        }
    }

    /// What becomes of the entry of an attempt that does not hold its job: it is done when the job has
    /// ended, perhaps by this attempt a moment ago. Otherwise another worker has the entry, and to call it
    /// done would take it away from there.
    async fn not_held(&self, run: &Run) -> Result<(), AttemptError> {
        let mut tx = self.store.begin(run.tenant).await?;
        match log::get(&mut tx, run.job_id).await? {
            Some(job) if job.status.is_active() => Err(AttemptError::TakenOver),
            _ => {
                tracing::info!(job_id = %run.job_id, "job has ended already");
                Ok(())
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
        if let Some(work) = work {
            work.lock(&mut tx, run).await?;
        }
        if !run
            .finish(&mut tx, &End::failed(details.to_owned()))
            .await?
        {
            drop(tx);
            return self.not_held(run).await;
        }
        if let Some(work) = work {
            work.aborted(&mut tx, run, Aborted::Failed(details)).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn stop(&self, run: &Run, work: &Arc<dyn Work>) -> Result<(), AttemptError> {
        let mut tx = self.store.begin(run.tenant).await?;
        work.lock(&mut tx, run).await?;
        if !log::stop(&mut tx, run.job_id, run.attempt).await? {
            drop(tx);
            return self.not_held(run).await;
        }
        work.aborted(&mut tx, run, Aborted::Stopped).await?;
        tx.commit().await?;
        tracing::info!(job_id = %run.job_id, "job stopped on request");
        Ok(())
    }

    /// Makes another attempt later, or gives the job up after the last.
    async fn retry(
        &self,
        run: &Run,
        work: &Arc<dyn Work>,
        cause: &str,
    ) -> Result<(), AttemptError> {
        if run.is_last_attempt() {
            let details = format!("{cause}; given up after {MAX_ATTEMPTS} attempts");
            return self.fail(run, Some(work), &details).await;
        }
        let pause = retry::pause(
            self.settings.retry_pause,
            run.failed_attempts + 1,
            run.job_id,
        );
        tracing::warn!(job_id = %run.job_id, cause, seconds = pause.as_secs_f64(), "job is tried again later");
        let due = self.clock.now() + pause;
        self.put_back(run, work, &PutBack::Retry { cause, due })
            .await
    }

    async fn put_back(
        &self,
        run: &Run,
        work: &Arc<dyn Work>,
        why: &PutBack<'_>,
    ) -> Result<(), AttemptError> {
        let mut tx = self.store.begin(run.tenant).await?;
        work.lock(&mut tx, run).await?;
        let how = match log::put_back(&mut tx, run.job_id, run.attempt, why).await? {
            Some(JobStatus::Queued) => Aborted::PutBack,
            Some(_) => Aborted::Stopped,
            None => {
                drop(tx);
                return self.not_held(run).await;
            }
        };
        work.aborted(&mut tx, run, how).await?;
        // The entry that is being run ends well; this is the one that comes after it. An entry that
        // fails the library would give out again later each time, and no more after a while.
        if let Aborted::PutBack = how {
            let entry = Entry {
                tenant: run.tenant,
                job: run.job_id,
                only_waits: only_waits(work.job_type()),
                datasource: run.datasource_id,
                pipeline: run.pipeline_id,
                priority: priority(&mut tx, run.trigger).await?,
                due: why.due(),
            };
            self.queue.push(&mut tx, &entry).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Says that the job lives, until another worker holds it or somebody has asked to stop it: news of
    /// that may have been lost.
    async fn heartbeats(&self, run: &Run) -> Outcome {
        let mut ticks = interval(self.settings.heartbeat);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks.tick().await;
        loop {
            ticks.tick().await;
            match beat(run).await {
                Ok(Some(false)) => {}
                Ok(Some(true)) => return Outcome::StopRequested,
                Ok(None) => return Outcome::TakenOver,
                // The store may be back before anybody takes the worker for dead.
                Err(error) => {
                    tracing::warn!(job_id = %run.job_id, error = %chain(&error), "heartbeat failed");
                }
            }
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum AttemptError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Queue(#[from] QueueError),
    #[error("another worker has taken the job over")]
    TakenOver,
}

/// Whether somebody has asked to stop the job; None when another worker holds it.
async fn beat(run: &Run) -> Result<Option<bool>, StoreError> {
    let mut tx = run.store.begin(run.tenant).await?;
    let requested = log::heartbeat(&mut tx, run.job_id, run.attempt).await?;
    tx.commit().await?;
    Ok(requested)
}

async fn is_to_stop(run: &Run) -> Result<bool, StoreError> {
    let mut tx = run.store.begin(run.tenant).await?;
    log::stop_requested(&mut tx, run.job_id).await
}

/// Waits until somebody asks to stop the job.
async fn stop_requested(run: &Run, news: &mut crate::Reader) {
    while news.changed(run.tenant, run.job_id).await {
        match is_to_stop(run).await {
            Ok(true) => return,
            Ok(false) => {}
            // With the store back, the feed says that news was missed.
            Err(error) => {
                tracing::warn!(job_id = %run.job_id, error = %chain(&error), "state of job not read");
            }
        }
    }
    // The service stops, which another branch sees to.
    std::future::pending::<()>().await;
}
