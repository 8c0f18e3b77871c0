//! News of jobs, from whichever replica changes them.
//!
//! The store tells each change on the channel `plumbline_jobs` (LISTEN and NOTIFY, `PostgreSQL` manual),
//! with the tenant and the id; what the job is now, readers read under the tenant's setting.

use std::time::Duration;

use db::Store;
use models::TenantId;
use sqlx::postgres::PgListener;
use tokio::sync::broadcast;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// The channel that the trigger `log_data_jobs_tell` writes to.
const CHANNEL: &str = "plumbline_jobs";
/// How many pieces of news a reader may be behind before it has to look for itself.
const BEHIND: usize = 1024;
/// How long to wait before listening again.
const PAUSE: Duration = Duration::from_secs(1);

/// A piece of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// A job has changed.
    Changed(TenantId, Uuid),
    /// Nobody listened for a while: any job may have changed.
    Missed,
}

/// News of jobs for all who read them in this process, over one connection.
#[derive(Debug, Clone)]
pub struct Feed(broadcast::Sender<News>);

impl Default for Feed {
    fn default() -> Self {
        Self(broadcast::Sender::new(BEHIND))
    }
}

impl Feed {
    /// The news from now on.
    #[must_use]
    pub fn subscribe(&self) -> Reader {
        Reader(self.0.subscribe())
    }

    /// Listens until `shutdown`. While the store is away it waits and tries again.
    pub async fn run(&self, store: &Store, shutdown: &CancellationToken) {
        while !shutdown.is_cancelled() {
            let outcome = tokio::select! {
                outcome = self.listen(store) => outcome,
                () = shutdown.cancelled() => return,
            };
            if let Err(error) = outcome {
                tracing::warn!(%error, "no news of jobs for a while");
            }
            tokio::select! {
                () = sleep(PAUSE) => {}
                () = shutdown.cancelled() => return,
            }
        }
    }

    async fn listen(&self, store: &Store) -> Result<(), sqlx::Error> {
        let mut listener = PgListener::connect_with(store.pool()).await?;
        listener.listen(CHANNEL).await?;
        self.tell(News::Missed);
        loop {
            match listener.try_recv().await? {
                Some(notification) => match parse(notification.payload()) {
                    Some((tenant, id)) => self.tell(News::Changed(tenant, id)),
                    // A newer release may say it otherwise.
                    None => self.tell(News::Missed),
                },
                // The connection was lost, and is made anew with the next call.
                None => self.tell(News::Missed),
            }
        }
    }

    fn tell(&self, news: News) {
        // Nobody may be reading just now.
        let _ = self.0.send(news);
    }
}

/// One reader of the news.
#[derive(Debug)]
pub struct Reader(broadcast::Receiver<News>);

impl Reader {
    /// The next piece of news; None when the service stops.
    pub async fn next(&mut self) -> Option<News> {
        match self.0.recv().await {
            Ok(news) => Some(news),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(News::Missed),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }

    /// Waits until the job may have changed. False when the service stops.
    pub async fn changed(&mut self, tenant: TenantId, job: Uuid) -> bool {
        loop {
            match self.next().await {
                Some(News::Missed) => return true,
                Some(News::Changed(of, id)) if (of, id) == (tenant, job) => return true,
                Some(News::Changed(..)) => {}
                None => return false,
            }
        }
    }
}

fn parse(payload: &str) -> Option<(TenantId, Uuid)> {
    let (tenant, id) = payload.split_once(' ')?;
    Some((TenantId(tenant.parse().ok()?), id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn readers_hear_of_their_job_and_of_gaps() {
        let feed = Feed::default();
        let (tenant, mine, other) = (TenantId(1), Uuid::from_u128(1), Uuid::from_u128(2));
        let mut reader = feed.subscribe();
        feed.tell(News::Changed(tenant, other));
        feed.tell(News::Changed(tenant, mine));
        assert!(reader.changed(tenant, mine).await);
        for _ in 0..=BEHIND {
            feed.tell(News::Changed(tenant, other));
        }
        assert!(reader.changed(tenant, mine).await);
        drop(feed);
        while reader.next().await.is_some() {}
        assert!(!reader.changed(tenant, mine).await);
    }

    #[test]
    fn what_the_store_says_is_read() {
        let id = Uuid::from_u128(7);
        let tenant = TenantId(1);
        assert_eq!(parse(&format!("{tenant} {id}")), Some((tenant, id)));
        for foreign in ["", "1", "x y", "1 2"] {
            assert_eq!(parse(foreign), None);
        }
    }
}
