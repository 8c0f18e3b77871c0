//! Waiting for the end of a sync or scan.

use std::time::Duration;

use meta_client::Error;
use models::scan::ScanStatus;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval};

use super::ClientError;
use super::connection::Meta;
use super::progress::Progress;
use super::status::{Kind, progress};

/// How often to ask.
const INTERVAL: Duration = Duration::from_millis(500);
/// How long the service may be away: the run goes on, or is taken up by another replica.
const PATIENCE: Duration = Duration::from_secs(30);

/// Waits for the end of a run and shows its progress on standard error.
pub(super) async fn follow(meta: &Meta, kind: Kind, id: i64) -> Result<ScanStatus, ClientError> {
    let mut bar = Progress::new();
    let mut asking = Asking::new();
    loop {
        asking.tick().await;
        let answer = meta.session.scan_status(id).await;
        match asking.answer(answer).map_err(|error| meta.failed(error))? {
            Some(status) => {
                let line = progress(kind, &status);
                if !status.status.is_active() {
                    bar.end(&line);
                    return Ok(status);
                }
                bar.show(&line, status.progress);
            }
            None => bar.show("no answer, asking again", None),
        }
    }
}

/// Asks again and again, also while a service is away for a while.
pub(super) struct Asking {
    ticks: Interval,
    away_since: Option<Instant>,
}

impl Asking {
    pub(super) fn new() -> Self {
        let mut ticks = interval(INTERVAL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            ticks,
            away_since: None,
        }
    }

    /// Waits until it is time to ask.
    pub(super) async fn tick(&mut self) {
        self.ticks.tick().await;
    }

    /// The answer; None when the service is away and may come back.
    ///
    /// # Errors
    /// When it has been away for long, or refuses.
    pub(super) fn answer<T>(&mut self, answer: Result<T, Error>) -> Result<Option<T>, Error> {
        match answer {
            Ok(answer) => {
                self.away_since = None;
                Ok(Some(answer))
            }
            Err(error) if error.is_unavailable() => {
                let since = *self.away_since.get_or_insert_with(Instant::now);
                if since.elapsed() > PATIENCE {
                    Err(error)
                } else {
                    Ok(None)
                }
            }
            Err(error) => Err(error),
        }
    }
}
