//! What becomes of a job, as a stream of its states.
//!
//! However many follow one job in a process, its row is read once for each change: all of them get the
//! same text. A state is the whole document, and its id the version of the job's row, so that whoever
//! comes back needs nothing but the present one.

mod all;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use ::jobs::{Feed, Reader, log};
use catalog::sync_logs;
use db::{Store, StoreError};
use models::TenantId;
use service_kit::problem::chain;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub(crate) use self::all::{Followed as FollowedJobs, JobState, SharedJob};

/// What is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    /// A job, as `GET /jobs/{id}` shows it without its attempts.
    Job(Uuid),
    /// A sync or deep scan, as `GET /scan/status/{id}` shows it, and its job.
    Scan(i64, Uuid),
}

impl Subject {
    fn job(self) -> Uuid {
        match self {
            Self::Job(job) | Self::Scan(_, job) => job,
        }
    }
}

/// One state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    /// The version of the job's row.
    pub(crate) version: i64,
    /// Whether the job has ended: no state follows.
    pub(crate) is_last: bool,
    /// The document, as JSON.
    pub(crate) document: String,
}

/// A state that many readers share.
type Shared = Arc<State>;
/// Who passes the states of a subject on, as long as somebody follows it.
type Followed = HashMap<(TenantId, Subject), Weak<watch::Sender<Shared>>>;

/// The states of all that is followed in this process.
#[derive(Debug, Clone)]
pub(crate) struct Events(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    store: Store,
    feed: Feed,
    stop: CancellationToken,
    followed: Mutex<Followed>,
    tenants: Mutex<HashMap<TenantId, Weak<all::Sender>>>,
}

impl Events {
    /// Reads from `store` what `feed` speaks of, until `stop`.
    pub(crate) fn new(store: Store, feed: Feed, stop: CancellationToken) -> Self {
        Self(Arc::new(Parts {
            store,
            feed,
            stop,
            followed: Mutex::default(),
            tenants: Mutex::default(),
        }))
    }

    /// When the service stops, streams end: whoever follows comes back to another replica.
    pub(crate) fn stop(&self) -> &CancellationToken {
        &self.0.stop
    }

    /// The states of a job from now on, the present one first. None when it is gone.
    pub(crate) async fn follow(
        &self,
        tenant: TenantId,
        subject: Subject,
    ) -> Result<Option<watch::Receiver<Shared>>, StoreError> {
        if let Some(receiver) = self.joined(tenant, subject) {
            return Ok(Some(receiver));
        }
        // Before the row is read: what changes from now on is heard.
        let news = self.0.feed.subscribe();
        let Some(state) = self.read(tenant, subject).await? else {
            return Ok(None);
        };
        let (sender, receiver) = watch::channel(Arc::new(state));
        let sender = Arc::new(sender);
        self.followed()
            .insert((tenant, subject), Arc::downgrade(&sender));
        let events = self.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = events.keep(tenant, subject, news, &sender) => {}
                () = sender.closed() => {}
                () = events.0.stop.cancelled() => {}
            }
            events.forget(tenant, subject, &sender);
        });
        Ok(Some(receiver))
    }

    fn followed(&self) -> MutexGuard<'_, Followed> {
        // Nothing that can panic happens under the lock.
        self.0
            .followed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn tenants(&self) -> MutexGuard<'_, HashMap<TenantId, Weak<all::Sender>>> {
        // As above.
        self.0
            .tenants
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn joined(&self, tenant: TenantId, subject: Subject) -> Option<watch::Receiver<Shared>> {
        let sender = self.followed().get(&(tenant, subject))?.upgrade()?;
        Some(sender.subscribe())
    }

    /// Another may follow the same by now, with a sender of its own.
    fn forget(&self, tenant: TenantId, subject: Subject, sender: &Arc<watch::Sender<Shared>>) {
        let mut followed = self.followed();
        let own = |found: &Weak<_>| found.as_ptr() == Arc::as_ptr(sender);
        if followed.get(&(tenant, subject)).is_some_and(own) {
            followed.remove(&(tenant, subject));
        }
    }

    /// Passes each new state on, until the last.
    async fn keep(
        &self,
        tenant: TenantId,
        subject: Subject,
        mut news: Reader,
        sender: &watch::Sender<Shared>,
    ) {
        while !sender.borrow().is_last && news.changed(tenant, subject.job()).await {
            match self.read(tenant, subject).await {
                Ok(Some(state)) => {
                    sender.send_if_modified(|last| {
                        let is_newer = state.version > last.version;
                        if is_newer {
                            *last = Arc::new(state);
                        }
                        is_newer
                    });
                }
                // Its data source has been deleted, and with it the scan.
                Ok(None) => return,
                // With the store back, the feed says that news was missed.
                Err(error) => {
                    tracing::warn!(job_id = %subject.job(), error = chain(&error), "state of job not read");
                }
            }
        }
    }

    async fn read(&self, tenant: TenantId, subject: Subject) -> Result<Option<State>, StoreError> {
        let mut tx = self.0.store.begin(tenant).await?;
        let Some(job) = log::get(&mut tx, subject.job()).await? else {
            return Ok(None);
        };
        let (version, is_last) = (job.version, !job.status.is_active());
        let document = match subject {
            Subject::Job(_) => serde_json::to_string(&job),
            Subject::Scan(scan, _) => match sync_logs::scan_status(&mut tx, scan).await? {
                Some(status) => serde_json::to_string(&status),
                None => return Ok(None),
            },
        };
        Ok(Some(State {
            version,
            is_last,
            document: document.expect("documents of the API are plain data"),
        }))
    }
}
