//! Workers: take jobs off the queue and run them.

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use db::Store;
use graphile_worker::{WorkerOptions, WorkerRecoveryConfig};
use models::Clock;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::attempt::Crew;
use crate::queue::{AwaitJob, RunJob, SCHEMA};
use crate::{Feed, Queue, Work, sweep};

/// How long a worker waits before it tries the store again.
const PAUSE: Duration = Duration::from_secs(1);

/// How many jobs wait for others at once, beside those that work; and how much less often the queue is asked for them,
/// since each free slot asks.
const AWAITED: usize = 16;
const AWAITED_POLL: u32 = 8;

/// How a worker works.
#[derive(Debug, Clone, Copy)]
pub struct WorkerSettings {
    /// How many jobs it runs at once, but for those that only wait for others.
    pub concurrency: usize,
    /// How often it looks for jobs that no notification announced.
    pub poll_interval: Duration,
    /// How often a running job says that it lives, and workers look for dead ones.
    pub heartbeat: Duration,
    /// How long a worker may be silent before its jobs go to another, and how often workers look for
    /// jobs that the queue has lost.
    pub silence: Duration,
    /// How long a job waits after its first failed attempt; longer after each further one.
    pub retry_pause: Duration,
}

/// A worker of this process.
#[derive(Debug)]
pub struct Worker {
    /// The store.
    pub store: Store,
    /// The queue in it.
    pub queue: Queue,
    /// News of jobs, which somebody runs.
    pub feed: Feed,
    /// The time.
    pub clock: Clock,
    /// How it works.
    pub settings: WorkerSettings,
}

impl Worker {
    /// Runs jobs until `shutdown`, then hands the running ones back and returns. While the store is
    /// away it waits and tries again.
    pub async fn run(self, works: Vec<Arc<dyn Work>>, shutdown: CancellationToken) {
        let works: HashMap<_, _> = works
            .into_iter()
            .map(|work| (work.job_type().as_str(), work))
            .collect();
        let crew = Crew {
            store: self.store,
            queue: self.queue,
            feed: self.feed,
            clock: self.clock,
            settings: self.settings,
            works: Arc::new(works),
            shutdown,
        };
        // On the heap: what each watch does is large.
        tokio::join!(
            Box::pin(keep_watch(&crew, Slots::Working)),
            Box::pin(keep_watch(&crew, Slots::Waiting)),
            sweep::run(&crew)
        );
    }
}

/// What a slot takes off the queue.
#[derive(Debug, Clone, Copy)]
enum Slots {
    /// Jobs that work.
    Working,
    /// Jobs that only wait for others.
    Waiting,
}

/// Watches until the crew's shutdown, whatever happens.
async fn keep_watch(crew: &Crew, slots: Slots) {
    while !crew.shutdown.is_cancelled() {
        let Err(error) = watch(crew, slots).await else {
            continue;
        };
        tracing::error!(error = %chain(&*error), ?slots, "worker stopped, starting again");
        tokio::select! {
            () = sleep(PAUSE) => {}
            () = crew.shutdown.cancelled() => {}
        }
    }
}

/// Takes jobs off the queue until the crew's shutdown, or an error.
async fn watch(crew: &Crew, slots: Slots) -> Result<(), Box<dyn Error + Send + Sync>> {
    let settings = crew.settings;
    let options = match slots {
        Slots::Working => options(crew)
            .define_job::<RunJob>()
            .concurrency(settings.concurrency)
            .poll_interval(settings.poll_interval),
        Slots::Waiting => options(crew)
            .define_job::<AwaitJob>()
            .concurrency(AWAITED)
            .poll_interval(settings.poll_interval.saturating_mul(AWAITED_POLL))
            // All free slots would ask for each job of any kind.
            .use_notification_delivery(false),
    };
    Ok(options.init().await?.run().await?)
}

/// What the slots of all kinds have in common.
fn options(crew: &Crew) -> WorkerOptions {
    let settings = crew.settings;
    let recovery = WorkerRecoveryConfig::default()
        .heartbeat_interval(settings.heartbeat)
        .sweep_interval(settings.heartbeat)
        .sweep_threshold(settings.silence)
        .recovery_delay(Duration::ZERO);
    WorkerOptions::default()
        .pg_pool(crew.store.pool().clone())
        .schema(SCHEMA)
        .worker_recovery(recovery)
        .listen_os_shutdown_signals(false)
        .shutdown_signal(crew.shutdown.clone().cancelled_owned())
        .shutdown_grace_period(Duration::from_secs(5))
        .shutdown_interrupted_job_retry_delay(Duration::from_secs(1))
        .add_extension(crew.clone())
}

/// An error with its causes.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
