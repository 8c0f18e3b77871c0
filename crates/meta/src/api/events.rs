//! States of jobs and scans as server-sent events (WHATWG HTML, "Server-sent events").

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::response::sse::{Event, KeepAlive};
use axum::response::{IntoResponse, Response, Sse};
use futures::{Stream, StreamExt, stream};
use http::header::CACHE_CONTROL;
use http::request::Parts;
use http::{HeaderName, StatusCode};
use service_kit::auth::Caller;
use service_kit::problem::Reply;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use crate::error::Error;
use crate::service::Service;
use crate::service::events::{State, Subject};

/// How often a stream says that it lives, for proxies that cut silent ones.
const ALIVE: Duration = Duration::from_secs(15);
/// How long a stream lasts at most; whoever follows comes back.
const LONGEST: Duration = Duration::from_hours(24);
/// How long whoever was cut off waits before coming back.
const COME_BACK: Duration = Duration::from_secs(2);

/// Keeps nginx, and proxies that follow it in this, from collecting events before they pass them on
/// (the module `ngx_http_proxy_module`, directive `proxy_buffering`).
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The `Last-Event-ID` of whoever comes back: of one job the version of the last state that it has seen, of all jobs
/// the time at which that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct LastEventId(pub(super) Option<i64>);

impl IntoParams for LastEventId {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let description = "The id of the last event seen; only what is newer is sent";
        vec![service_kit::openapi::header_parameter(
            "Last-Event-ID",
            description,
        )]
    }
}

impl<S: Sync> FromRequestParts<S> for LastEventId {
    type Rejection = Reply;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Reply> {
        let value = parts.headers.get("last-event-id");
        // What is not ours says nothing: the present state is sent.
        let version = value.and_then(|value| value.to_str().ok()?.trim().parse().ok());
        Ok(Self(version))
    }
}

/// The states of a job until its end, the end of the caller's token or that of the service.
pub(super) async fn stream(
    service: Service,
    caller: &Caller,
    subject: Subject,
    last: LastEventId,
    gone: Error,
) -> Result<Response, Error> {
    let states = service.events.follow(caller.tenant, subject).await?;
    let states = states.ok_or(gone)?;
    let present = Arc::clone(&states.borrow());
    // 204 tells an EventSource not to come back.
    if present.is_last && last.0 == Some(present.version) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let events = newer(states, last.0).map(|state| event(state.version, &state.document));
    Ok(answer(&service, caller, events))
}

/// Answers with events until their end, the end of the caller's token or that of the service.
pub(super) fn answer(
    service: &Service,
    caller: &Caller,
    events: impl Stream<Item = Event> + Send + 'static,
) -> Response {
    let left = caller.expires_at - service.clock.now();
    let end = Instant::now() + left.to_std().unwrap_or_default().min(LONGEST);
    let stop = service.events.stop().clone().cancelled_owned();
    let events = events
        .map(Ok::<_, Infallible>)
        .take_until(Box::pin(async move {
            tokio::select! {
                () = sleep_until(end) => {}
                () = stop => {}
            }
        }));
    let events = Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE));
    // `Sse` itself says `no-cache`, which would let a browser keep it.
    let headers = [(X_ACCEL_BUFFERING, "no"), (CACHE_CONTROL, "no-store")];
    (headers, events).into_response()
}

/// The states from the present one on, without what has been seen, up to the last.
fn newer(states: watch::Receiver<Arc<State>>, seen: Option<i64>) -> impl Stream<Item = Arc<State>> {
    let mut states = states;
    states.mark_changed();
    stream::unfold(Some((states, seen)), |follow| async move {
        let (mut states, mut seen) = follow?;
        loop {
            // It ends when the job is gone or the service stops.
            states.changed().await.ok()?;
            let state = Arc::clone(&states.borrow_and_update());
            // Another replica may have shown a newer one.
            if seen >= Some(state.version) && !state.is_last {
                continue;
            }
            seen = Some(state.version);
            let follow = (!state.is_last).then_some((states, seen));
            return Some((state, follow));
        }
    })
}

/// An event with a document.
pub(super) fn event(id: i64, document: &str) -> Event {
    Event::default()
        .id(id.to_string())
        .retry(COME_BACK)
        .data(document)
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    fn state(version: i64, is_last: bool) -> Arc<State> {
        Arc::new(State {
            version,
            is_last,
            document: version.to_string(),
        })
    }

    /// Whoever comes from a replica that was faster is not sent back in time.
    #[test]
    fn only_what_is_newer_is_sent() {
        let (sender, states) = watch::channel(state(6, false));
        let mut sent = Box::pin(newer(states, Some(7)));
        let mut next = || sent.next().now_or_never().map(|it| it.map(|it| it.version));
        assert_eq!(next(), None, "what has been seen is not sent");
        sender.send_replace(state(7, false));
        assert_eq!(next(), None);
        sender.send_replace(state(9, false));
        assert_eq!(next(), Some(Some(9)));
        sender.send_replace(state(9, true));
        assert_eq!(next(), Some(Some(9)), "the end is sent whatever was seen");
        assert_eq!(next(), Some(None));
    }
}
