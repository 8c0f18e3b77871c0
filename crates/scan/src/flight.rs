//! Statements that nobody waits for any more are stopped on the server.
//!
//! A connection that is cut does not do so by itself: a server notices when it next sends something,
//! which may be at the end of a long statement.

use std::fmt;
use std::sync::LazyLock;
use std::time::Duration;

use futures::future::BoxFuture;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::ScanError;

/// How long stopping a statement may take, connecting included.
const LIMIT: Duration = Duration::from_secs(2);

/// How many statements are being stopped just now.
static STOPPING: LazyLock<watch::Sender<usize>> = LazyLock::new(|| watch::Sender::new(0));

/// Waits until no statement is being stopped any more, for at most two seconds. A process that ended
/// before would leave them to run on the servers.
pub async fn settle() {
    let mut stopping = STOPPING.subscribe();
    // Whoever takes longer has been told so in the log.
    let _ = timeout(LIMIT, stopping.wait_for(|count| *count == 0)).await;
}

/// Counts as being stopped while it lives.
struct Stopping;

impl Stopping {
    fn begin() -> Self {
        STOPPING.send_modify(|count| *count += 1);
        Self
    }
}

impl Drop for Stopping {
    fn drop(&mut self) {
        STOPPING.send_modify(|count| *count -= 1);
    }
}

/// Asks the server, by a connection of its own, to stop what a session does.
type Stop = Box<dyn FnOnce() -> BoxFuture<'static, Result<(), ScanError>> + Send + Sync>;

/// Whether a session has a statement under way. Dropped then, it stops the statement.
#[derive(Default)]
pub(crate) struct Flight {
    is_on: bool,
    stop: Option<Stop>,
}

impl Flight {
    /// From now on `stop` can be asked for.
    pub(crate) fn stop_by(
        &mut self,
        stop: impl FnOnce() -> BoxFuture<'static, Result<(), ScanError>> + Send + Sync + 'static,
    ) {
        self.stop = Some(Box::new(stop));
    }

    /// A statement has been sent.
    pub(crate) fn begin(&mut self) {
        self.is_on = true;
    }

    /// Its answer has been read to the end.
    pub(crate) fn end(&mut self) {
        self.is_on = false;
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        if !self.is_on {
            return;
        }
        let (Some(stop), Ok(runtime)) = (self.stop.take(), Handle::try_current()) else {
            return;
        };
        let stopping = Stopping::begin();
        runtime.spawn(async move {
            let _stopping = stopping;
            match timeout(LIMIT, stop()).await {
                Ok(Ok(())) => tracing::debug!("a statement was stopped on the data source"),
                Ok(Err(error)) => {
                    tracing::warn!(%error, "a statement could not be stopped on the data source");
                }
                Err(_) => {
                    tracing::warn!("a statement could not be stopped on the data source in time");
                }
            }
        });
    }
}

impl fmt::Debug for Flight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flight")
            .field("is_on", &self.is_on)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn whoever_ends_waits_for_what_is_being_stopped() {
        let (told, stopped) = oneshot::channel();
        let (go, gone) = oneshot::channel::<()>();
        let mut flight = Flight::default();
        flight.stop_by(move || {
            async move {
                let _ = gone.await;
                let _ = told.send(());
                Ok(())
            }
            .boxed()
        });
        flight.begin();
        drop(flight);
        let settled = settle();
        tokio::pin!(settled);
        assert!(futures::poll!(&mut settled).is_pending());
        go.send(()).expect("it waits");
        settled.await;
        assert_eq!(stopped.now_or_never(), Some(Ok(())));
    }

    fn flight() -> (Flight, oneshot::Receiver<()>) {
        let (told, stopped) = oneshot::channel();
        let mut flight = Flight::default();
        flight.stop_by(move || {
            async move {
                let _ = told.send(());
                Ok(())
            }
            .boxed()
        });
        (flight, stopped)
    }

    #[tokio::test]
    async fn only_what_is_under_way_is_stopped() {
        let (mut left, stopped) = flight();
        left.begin();
        drop(left);
        assert!(stopped.await.is_ok());

        let (mut ended, stopped) = flight();
        ended.begin();
        ended.end();
        drop(ended);
        assert!(stopped.await.is_err());
    }
}
