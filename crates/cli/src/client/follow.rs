//! Waiting for the end of a sync, a scan or any job.

use std::time::Duration;

use futures::StreamExt as _;
use meta_client::{Error, Event, Events};
use models::ProblemType;
use models::job::Job;
use models::scan::ScanStatus;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval};
use uuid::Uuid;

use super::ClientError;
use super::connection::Meta;
use super::interrupt::until_interrupted;
use super::job;
use super::progress::Progress;
use super::status::{Kind, progress};
use crate::output;

/// How often to ask what is not followed by events.
const INTERVAL: Duration = Duration::from_millis(500);
/// How long the service may be away: the run goes on, or is taken up by another replica.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is shown of a state.
pub(super) struct Shown {
    /// In a line.
    pub(super) line: String,
    /// How much of one is done, as far as that is known.
    pub(super) done: Option<f64>,
}

/// Waits for the end of a sync or scan and shows its progress on standard error. After Ctrl-C, or when it
/// can no longer be followed, it says how `job` is followed and stopped, which goes on.
pub(super) async fn follow(
    meta: &Meta,
    kind: Kind,
    id: i64,
    job: Uuid,
) -> Result<ScanStatus, ClientError> {
    let shown = |status: &ScanStatus| Shown {
        line: progress(kind, status),
        done: status.progress,
    };
    let end = last(meta, meta.session.follow_scan(id), Named::known(job), shown);
    if let Some(status) = until_interrupted(end, Some(job)).await? {
        return Ok(status);
    }
    let status = meta.session.scan_status(id).await;
    status.map_err(|error| meta.failed(error))
}

/// Waits for the end of a job, as [`follow`] does.
pub(super) async fn follow_job(meta: &Meta, named: Named) -> Result<Job, ClientError> {
    let id = named.job;
    let end = last(meta, meta.session.follow_job(id), named, job::shown);
    if let Some(job) = until_interrupted(end, Some(id)).await? {
        return Ok(job);
    }
    let details = meta.session.get_job(id).await;
    Ok(details.map_err(|error| meta.failed(error))?.job)
}

/// The job that is followed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    job: Uuid,
    /// Whether the service has spoken of it: what somebody names need not be there.
    is_known: bool,
}

impl Named {
    pub(super) fn known(job: Uuid) -> Self {
        let is_known = true;
        Self { job, is_known }
    }

    pub(super) fn by_somebody(job: Uuid) -> Self {
        let is_known = false;
        Self { job, is_known }
    }
}

/// Shows each state until the stream ends. Answers with the last; None when there was none.
async fn last<T>(
    meta: &Meta,
    mut events: Events<T>,
    mut named: Named,
    shown: impl Fn(&T) -> Shown,
) -> Result<Option<T>, ClientError> {
    let mut bar = Progress::new();
    let mut last = None;
    let mut now = None;
    let mut again = ticks();
    loop {
        tokio::select! {
            event = events.next() => match event {
                Some(Ok(Event::State(state))) => {
                    now = Some(shown(&state));
                    last = Some(state);
                    named.is_known = true;
                }
                Some(Ok(Event::Away)) => now = Some(Shown {
                    line: "no answer, asking again".to_owned(),
                    done: None,
                }),
                Some(Err(error)) => {
                    return Err(meta.lost(error, named.is_known.then_some(named.job)));
                }
                None => break,
            },
            // Where lines are written only now and then, the last one is not to be missed.
            _ = again.tick() => {}
        }
        if let Some(Shown { line, done }) = &now {
            bar.show(line, *done);
        }
    }
    if let Some(state) = &last {
        bar.end(&shown(state).line);
    }
    Ok(last)
}

/// Starts a run. Where another of the same data source or pipeline is active, waits for its end first, if that
/// is wanted.
pub(super) async fn start<T>(
    meta: &Meta,
    waits: bool,
    mut start: impl AsyncFnMut() -> Result<T, Error>,
) -> Result<T, ClientError> {
    if !waits {
        return start().await.map_err(|error| meta.failed(error));
    }
    let mut ticks = ticks();
    let started = async {
        loop {
            ticks.tick().await;
            match start().await {
                Err(error)
                    if error.is(ProblemType::ScanActive)
                        || error.is(ProblemType::PipelineActive) =>
                {
                    // One that has just ended may not be named.
                    if let Some(job) = error.problem().and_then(|problem| problem.job_id) {
                        output::hint("another run of the same is active: waiting for its end");
                        follow_job(meta, Named::known(job)).await?;
                    }
                }
                outcome => return outcome.map_err(|error| meta.failed(error)),
            }
        }
    };
    until_interrupted(started, None).await
}

/// When it is time to ask, or to show, again.
pub(super) fn ticks() -> Interval {
    let mut ticks = interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

/// How long a service that is asked again and again has been away.
#[derive(Debug, Default)]
pub(super) struct Asking {
    away_since: Option<Instant>,
}

impl Asking {
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
            Err(error) if error.is_unavailable() || error.is_busy() => {
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
