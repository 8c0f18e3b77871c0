//! What `manager` does without a caller: it follows the scans of managed objects to their end,
//! starts those that could not be started at once, and notices data sources that are gone.
//!
//! It keeps nothing that another replica, or this one after a restart, would miss: what is to be
//! done stands in the store, and each step may be repeated. Replicas share the work by turns, so
//! that `meta` is asked about as often by ten of them as by one. A turn is a row with a time; no
//! transaction is open while `meta` is asked.

mod backoff;
mod merge;
mod outcome;
mod source;
mod sources;
mod start;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use db::{Store, StoreError};
use futures::{StreamExt, stream};
use models::TenantId;
use service_kit::problem::chain;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use crate::config::ReconcileConfig;
use crate::error::Error;
use crate::gateway::Gateway;
use crate::store::turns;

use backoff::Backoff;
pub(crate) use source::META_AWAY;
pub(crate) use start::start_pending;

/// How many turns one tick takes at most, for each kind.
const TURNS_PER_TICK: i32 = 500;
/// How many turns are under way at once.
const TURNS_AT_ONCE: usize = 8;
/// How long nobody else takes the turn of a replica that died with it.
const HOLD: Duration = Duration::from_secs(30);

/// See the module.
#[derive(Debug, Clone)]
pub(crate) struct Reconciler {
    store: Store,
    gateway: Gateway,
    config: ReconcileConfig,
}

/// One piece of work.
#[derive(Debug, Clone, Copy)]
enum Task {
    /// The unfinished objects of a data source.
    Source(TenantId, i64),
    /// Whether a tenant's data sources are still there.
    AllSources(TenantId),
}

impl Task {
    /// The tenant and the key of the turn.
    fn key(self) -> (TenantId, i64) {
        match self {
            Self::Source(tenant, resource_id) => (tenant, resource_id),
            Self::AllSources(tenant) => (tenant, turns::ALL_SOURCES),
        }
    }
}

impl Reconciler {
    pub(crate) fn new(store: Store, gateway: Gateway, config: ReconcileConfig) -> Self {
        Self {
            store,
            gateway,
            config,
        }
    }

    /// Works until `stop`; the turns that are under way then are given back.
    pub(crate) async fn run(self, stop: CancellationToken) {
        let mut backoff = Backoff::new(self.config.interval());
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(backoff.pause()) => {}
            }
            match self.tick(&stop).await {
                Ok(well) => backoff.note(well),
                Err(error) => {
                    tracing::warn!(
                        cause = chain(&error),
                        "the store does not tell what to reconcile"
                    );
                    backoff.note(false);
                }
            }
        }
    }

    /// Does what is due. False when `meta` or the store failed, so that a pause is in order.
    async fn tick(&self, stop: &CancellationToken) -> Result<bool, StoreError> {
        let mut conn = self.store.connection().await?;
        let sources = turns::due_sources(&mut conn, TURNS_PER_TICK).await?;
        let tenants = turns::due_tenants(&mut conn, TURNS_PER_TICK).await?;
        drop(conn);
        let sources = sources
            .into_iter()
            .map(|(tenant, id)| Task::Source(tenant, id));
        let tenants = tenants.into_iter().map(Task::AllSources);
        let well = AtomicBool::new(true);
        stream::iter(sources.chain(tenants))
            .for_each_concurrent(TURNS_AT_ONCE, async |task| {
                // What cannot be reached is not asked again and again for each data source.
                if stop.is_cancelled() || !well.load(Ordering::Relaxed) {
                    return;
                }
                let (tenant, resource_id) = task.key();
                // As of a request: the id is recorded once meta is asked, whose log has it too.
                let request_id = tracing::field::Empty;
                let tenant = tenant.0;
                let span = tracing::error_span!("reconcile", tenant, resource_id, request_id);
                async {
                    if let Err(error) = self.turn(task, stop).await {
                        tracing::warn!(cause = chain(&error), "reconciling failed");
                        well.store(false, Ordering::Relaxed);
                    }
                }
                .instrument(span)
                .await;
            })
            .await;
        Ok(well.into_inner())
    }

    /// Takes the turn of a task, if nobody else has it, works, and ends the turn.
    async fn turn(&self, task: Task, stop: &CancellationToken) -> Result<(), Error> {
        let (tenant, key) = task.key();
        let mut tx = self.store.begin(tenant).await?;
        let mine = turns::take(&mut tx, key, HOLD).await?;
        tx.commit().await?;
        if !mine {
            return Ok(());
        }
        let outcome = tokio::select! {
            () = stop.cancelled() => Ok(()),
            outcome = self.work(task) => outcome,
        };
        let mut tx = self.store.begin(tenant).await?;
        turns::end(&mut tx, key, self.pause(task)).await?;
        tx.commit().await?;
        outcome
    }

    async fn work(&self, task: Task) -> Result<(), Error> {
        match task {
            Task::Source(tenant, resource_id) => self.reconcile_source(tenant, resource_id).await,
            Task::AllSources(tenant) => self.check_sources(tenant).await,
        }
    }

    /// How long other replicas leave a task alone. Half a tick less than its interval, so that it
    /// is due again at the tick that is meant.
    fn pause(&self, task: Task) -> Duration {
        let whole = match task {
            Task::Source(..) => self.config.interval(),
            Task::AllSources(_) => self.config.source_check(),
        };
        whole.saturating_sub(self.config.interval() / 2)
    }
}
