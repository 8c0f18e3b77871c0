//! Waiting for the end of a sync or scan.

use std::time::Duration;

use meta_client::{Error, SyncLogsQuery};
use models::ProblemType;
use models::scan::ScanStatus;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval};
use uuid::Uuid;

use super::ClientError;
use super::connection::Meta;
use super::progress::Progress;
use super::status::{Kind, progress};
use crate::output;

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

/// Starts a run. Where another of the same data source is active, waits for its end first, if that
/// is wanted.
pub(super) async fn start<T>(
    meta: &Meta,
    resource_id: i64,
    waits: bool,
    mut start: impl AsyncFnMut() -> Result<T, Error>,
) -> Result<T, ClientError> {
    let mut asking = Asking::new();
    loop {
        asking.tick().await;
        match start().await {
            Err(error) if waits && error.is(ProblemType::ScanActive) => {
                let job = error.problem().and_then(|problem| problem.job_id);
                if let Some((kind, id)) = active(meta, resource_id, job).await? {
                    output::hint("another scan of this data source is active: waiting for its end");
                    follow(meta, kind, id).await?;
                }
            }
            outcome => return outcome.map_err(|error| meta.failed(error)),
        }
    }
}

/// The run of a job; None when it is not among the last ones.
async fn active(
    meta: &Meta,
    resource_id: i64,
    job: Option<Uuid>,
) -> Result<Option<(Kind, i64)>, ClientError> {
    let query = SyncLogsQuery {
        resource_id: Some(resource_id),
        ..SyncLogsQuery::default()
    };
    let page = meta.session.list_sync_logs(&query).await;
    let logs = page.map_err(|error| meta.failed(error))?.items;
    let found = logs.into_iter().find(|log| Some(log.job_id) == job);
    Ok(found.map(|log| match log.sync_type.as_str() {
        "deep" => (Kind::Scan, log.id),
        _ => (Kind::Sync, log.id),
    }))
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
