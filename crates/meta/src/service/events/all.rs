//! What becomes of all jobs of a tenant, as one stream.
//!
//! However many follow it in a process, the jobs that have changed are read once, together, and at most every
//! [`PAUSE`].

use std::collections::HashSet;
use std::sync::{Arc, Weak};
use std::time::Duration;

use ::jobs::{News, Reader, log};
use chrono::{DateTime, TimeDelta, Utc};
use db::StoreError;
use futures::FutureExt;
use models::TenantId;
use models::job::Job;
use service_kit::problem::chain;
use tokio::sync::broadcast;
use tokio::time::sleep;
use uuid::Uuid;

use super::Events;

/// How long after a reading the next one begins at the earliest.
const PAUSE: Duration = Duration::from_millis(250);
/// And after one that failed.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);
/// So many jobs that wait or run are told at first, and as many that have ended meanwhile.
const AT_MOST: i64 = 500;
/// How many states whoever follows may be behind before it has to come back.
const BEHIND: usize = 4096;
/// A job may have ended so long before that is seen: its end has the time of the transaction that writes it.
const UNSEEN: TimeDelta = TimeDelta::minutes(2);
/// Who comes back after longer than this is told of no more ends than those; a list has the others.
const AWAY: TimeDelta = TimeDelta::hours(1);

/// A job as it was at a moment.
#[derive(Debug)]
pub(crate) struct JobState {
    /// When it was read, by the store's clock: whoever has seen it goes on from there.
    pub(crate) moment: DateTime<Utc>,
    /// The job.
    pub(crate) job: Job,
    /// As JSON.
    pub(crate) document: String,
}

/// A state that many readers share.
pub(crate) type SharedJob = Arc<JobState>;
/// Who passes on what becomes of the jobs of a tenant, as long as somebody follows them.
pub(super) type Sender = broadcast::Sender<SharedJob>;

/// What whoever begins to follow gets.
#[derive(Debug)]
pub(crate) struct Followed {
    /// When it was read.
    pub(crate) moment: DateTime<Utc>,
    /// The jobs that wait or run, and those that ended since whoever comes back was there, in order of acceptance.
    pub(crate) present: Vec<SharedJob>,
    /// What changes from then on.
    pub(crate) changes: broadcast::Receiver<SharedJob>,
}

/// What is to be read.
#[derive(Debug, PartialEq, Eq)]
enum Changed {
    /// These jobs.
    Jobs(HashSet<Uuid>),
    /// All that may have changed: news was missed.
    Any,
}

impl Changed {
    fn nothing() -> Self {
        Self::Jobs(HashSet::new())
    }

    fn is_nothing(&self) -> bool {
        matches!(self, Self::Jobs(ids) if ids.is_empty())
    }

    fn note(&mut self, tenant: TenantId, news: News) {
        match news {
            News::Missed => *self = Self::Any,
            News::Changed(of, id) if of == tenant => {
                if let Self::Jobs(ids) = self {
                    ids.insert(id);
                }
            }
            News::Changed(..) => {}
        }
    }
}

impl Events {
    /// The jobs of a tenant from now on: first those that wait or run, and those that ended since `seen`.
    pub(crate) async fn follow_all(
        &self,
        tenant: TenantId,
        seen: Option<DateTime<Utc>>,
    ) -> Result<Followed, StoreError> {
        // Before the rows are read: what changes from now on is heard.
        let changes = self.changes_of(tenant);
        let (moment, present) = self.under_way(tenant, seen).await?;
        Ok(Followed {
            moment,
            present,
            changes,
        })
    }

    fn changes_of(&self, tenant: TenantId) -> broadcast::Receiver<SharedJob> {
        // No lock is held while anything is waited for, and two that come at once follow the same.
        let mut tenants = self.tenants();
        if let Some(sender) = tenants.get(&tenant).and_then(Weak::upgrade) {
            return sender.subscribe();
        }
        let (sender, receiver) = broadcast::channel(BEHIND);
        let sender = Arc::new(sender);
        tenants.insert(tenant, Arc::downgrade(&sender));
        drop(tenants);
        let (events, news) = (self.clone(), self.0.feed.subscribe());
        tokio::spawn(async move {
            tokio::select! {
                () = events.pass_on(tenant, news, &sender) => {}
                () = sender.closed() => {}
                () = events.0.stop.cancelled() => {}
            }
            let mut tenants = events.tenants();
            let own = |found: &Weak<_>| found.as_ptr() == Arc::as_ptr(&sender);
            if tenants.get(&tenant).is_some_and(own) {
                tenants.remove(&tenant);
            }
        });
        receiver
    }

    /// Passes on what changes, until the service stops.
    async fn pass_on(&self, tenant: TenantId, mut news: Reader, sender: &Sender) {
        let (mut changed, mut read_at) = (Changed::nothing(), None);
        loop {
            while changed.is_nothing() {
                let Some(piece) = news.next().await else {
                    return;
                };
                changed.note(tenant, piece);
            }
            while let Some(Some(piece)) = news.next().now_or_never() {
                changed.note(tenant, piece);
            }
            match self.read_changed(tenant, &changed, read_at).await {
                Ok((moment, states)) => {
                    changed = Changed::nothing();
                    read_at = Some(moment);
                    for state in states {
                        // Who follows may have gone just now.
                        let _ = sender.send(state);
                    }
                    sleep(PAUSE).await;
                }
                Err(error) => {
                    tracing::warn!(error = chain(&error), "changed jobs not read");
                    sleep(PAUSE_AFTER_FAILURE).await;
                }
            }
        }
    }

    async fn read_changed(
        &self,
        tenant: TenantId,
        changed: &Changed,
        read_at: Option<DateTime<Utc>>,
    ) -> Result<(DateTime<Utc>, Vec<SharedJob>), StoreError> {
        match changed {
            Changed::Any => self.under_way(tenant, read_at).await,
            Changed::Jobs(ids) => {
                let mut tx = self.0.store.begin(tenant).await?;
                let moment = log::moment(&mut tx).await?;
                let ids: Vec<Uuid> = ids.iter().copied().collect();
                let jobs = log::get_all(&mut tx, &ids).await?;
                Ok((moment, states(moment, jobs)))
            }
        }
    }

    async fn under_way(
        &self,
        tenant: TenantId,
        seen: Option<DateTime<Utc>>,
    ) -> Result<(DateTime<Utc>, Vec<SharedJob>), StoreError> {
        let mut tx = self.0.store.begin(tenant).await?;
        let moment = log::moment(&mut tx).await?;
        let ended_since = seen.map(|seen| (seen - UNSEEN).max(moment - AWAY));
        let jobs = log::under_way(&mut tx, ended_since, AT_MOST).await?;
        Ok((moment, states(moment, jobs)))
    }
}

fn states(moment: DateTime<Utc>, jobs: Vec<Job>) -> Vec<SharedJob> {
    let states = jobs.into_iter().map(|job| {
        let document = serde_json::to_string(&job).expect("documents of the API are plain data");
        Arc::new(JobState {
            moment,
            job,
            document,
        })
    });
    states.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_news_of_the_tenant_and_gaps_are_noted() {
        let (tenant, job) = (TenantId(1), Uuid::from_u128(1));
        let mut changed = Changed::nothing();
        changed.note(tenant, News::Changed(TenantId(2), job));
        assert!(changed.is_nothing());
        changed.note(tenant, News::Changed(tenant, job));
        changed.note(tenant, News::Changed(tenant, job));
        assert_eq!(changed, Changed::Jobs(HashSet::from([job])));
        changed.note(tenant, News::Missed);
        changed.note(tenant, News::Changed(tenant, job));
        assert_eq!(changed, Changed::Any);
    }
}
