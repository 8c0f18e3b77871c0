//! What `manager` does without a caller: it follows the scans of managed objects to their end,
//! starts those that could not be started at once, keeps the schedules of managed databases, notices data
//! sources that are gone, and has managed objects follow what scans find.
//!
//! It keeps nothing that another replica, or this one after a restart, would miss: what is to be
//! done stands in the store, and each step may be repeated. Replicas share the work by turns, so
//! that `meta` is asked about as often by ten of them as by one. A turn is a row with a time; no
//! transaction is open while `meta` is asked.

mod backoff;
mod merge;
mod outcome;
mod schedules;
mod source;
mod sources;
mod start;
mod whereabouts;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use db::{Store, StoreError};
use futures::{StreamExt, stream};
use models::TenantId;
use service_kit::problem::chain;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use crate::config::{ReconcileConfig, ScheduleConfig};
use crate::error::Error;
use crate::gateway::Gateway;
use crate::store::{scan_schedules, turns};

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
    schedule: ScheduleConfig,
}

/// One piece of work.
#[derive(Debug, Clone, Copy)]
enum Task {
    /// The unfinished objects of a data source.
    Source(TenantId, i64),
    /// Whether a tenant's data sources are still there, and what has become of what is managed of them.
    AllSources(TenantId),
    /// The schedule of what is managed of a data source. It has a claim of its own in the place of a turn.
    Schedule(TenantId, i64),
}

impl Task {
    /// The tenant, and the data source if it is about one.
    fn about(self) -> (TenantId, i64) {
        match self {
            Self::Source(tenant, resource_id) | Self::Schedule(tenant, resource_id) => {
                (tenant, resource_id)
            }
            Self::AllSources(tenant) => (tenant, turns::ALL_SOURCES),
        }
    }
}

impl Reconciler {
    pub(crate) fn new(
        store: Store,
        gateway: Gateway,
        config: ReconcileConfig,
        schedule: ScheduleConfig,
    ) -> Self {
        Self {
            store,
            gateway,
            config,
            schedule,
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
        let schedules = if self.schedule.automatic {
            scan_schedules::due(&mut conn, TURNS_PER_TICK).await?
        } else {
            Vec::new()
        };
        drop(conn);
        let sources = sources
            .into_iter()
            .map(|(tenant, id)| Task::Source(tenant, id));
        let tenants = tenants.into_iter().map(Task::AllSources);
        let schedules = schedules
            .into_iter()
            .map(|(tenant, id)| Task::Schedule(tenant, id));
        let well = AtomicBool::new(true);
        stream::iter(sources.chain(tenants).chain(schedules))
            .for_each_concurrent(TURNS_AT_ONCE, async |task| {
                // What cannot be reached is not asked again and again for each data source.
                if stop.is_cancelled() || !well.load(Ordering::Relaxed) {
                    return;
                }
                let (tenant, resource_id) = task.about();
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

    /// Sees to a task, unless another replica does.
    async fn turn(&self, task: Task, stop: &CancellationToken) -> Result<(), Error> {
        match task {
            Task::Source(tenant, resource_id) => {
                let turn = (tenant, resource_id, self.config.interval());
                let work = Box::pin(self.reconcile_source(tenant, resource_id));
                self.take_turn(turn, stop, work).await
            }
            Task::AllSources(tenant) => {
                let turn = (tenant, turns::ALL_SOURCES, self.config.source_check());
                let work = Box::pin(self.check_sources(tenant));
                self.take_turn(turn, stop, work).await
            }
            Task::Schedule(tenant, resource_id) => {
                self.keep_schedule(tenant, resource_id, stop).await
            }
        }
    }

    /// Takes the turn of a key, if nobody else has it, works, and ends the turn. Others leave it alone for
    /// half a tick less than its interval, so that it is due again at the tick that is meant.
    async fn take_turn(
        &self,
        (tenant, key, interval): (TenantId, i64, Duration),
        stop: &CancellationToken,
        work: impl Future<Output = Result<(), Error>>,
    ) -> Result<(), Error> {
        let mut tx = self.store.begin(tenant).await?;
        let mine = turns::take(&mut tx, key, HOLD).await?;
        tx.commit().await?;
        if !mine {
            return Ok(());
        }
        let outcome = tokio::select! {
            () = stop.cancelled() => Ok(()),
            outcome = work => outcome,
        };
        let pause = interval.saturating_sub(self.config.interval() / 2);
        let mut tx = self.store.begin(tenant).await?;
        turns::end(&mut tx, key, pause).await?;
        tx.commit().await?;
        outcome
    }
}
