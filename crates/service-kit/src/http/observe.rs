//! A span, a log line and the metrics of each request.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::{RequestId, is_watched};
use crate::metrics;

/// What the metrics say of a request that got no answer; no HTTP status, but others use it so
/// (nginx: "client closed request").
const ABANDONED: u16 = 499;

/// Middleware: runs the request in a span that names it, and tells how it ended.
///
/// `tenant` and `subject` are filled in by [`crate::auth::layer()`]. The query string stays out: a
/// search may hold what nobody wants in a log.
pub(super) async fn observe(
    State(service): State<&'static str>,
    request: Request,
    next: Next,
) -> Response {
    let method = metrics::method_label(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    let span = span(service, method, &route, &request);
    let open = Open {
        service,
        method,
        route,
        started: Instant::now(),
        answered: false,
    };
    async move {
        let response = next.run(request).await;
        open.end(response.status().as_u16());
        response
    }
    .instrument(span)
    .await
}

/// A request without an answer yet. Dropped so, because the connection is gone, it is told too.
struct Open {
    service: &'static str,
    method: &'static str,
    route: String,
    started: Instant,
    answered: bool,
}

impl Open {
    fn end(mut self, status: u16) {
        self.answered = true;
        let elapsed = self.record(status);
        let duration_ms = milliseconds(elapsed);
        if is_watched(&self.route) {
            tracing::debug!(status, duration_ms, "request finished");
        } else {
            tracing::info!(status, duration_ms, "request finished");
        }
    }

    fn record(&self, status: u16) -> Duration {
        let elapsed = self.started.elapsed();
        metrics::record_request(
            self.service,
            self.method,
            self.route.clone(),
            status,
            elapsed,
        );
        elapsed
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if !self.answered {
            let duration_ms = milliseconds(self.record(ABANDONED));
            tracing::info!(duration_ms, "request abandoned");
        }
    }
}

/// To the microsecond, which is as far as it means anything.
fn milliseconds(elapsed: Duration) -> f64 {
    (elapsed.as_secs_f64() * 1_000_000.0).round() / 1000.0
}

fn span(service: &'static str, method: &'static str, route: &str, request: &Request) -> Span {
    let id = request.extensions().get::<RequestId>();
    // Of the level of errors, so that errors name their request under every filter.
    tracing::error_span!(
        "request",
        service,
        method,
        route,
        path = request.uri().path(),
        request_id = id.map(RequestId::as_str),
        tenant = Empty,
        subject = Empty,
    )
}
