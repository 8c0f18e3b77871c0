//! A span, a log line and the metrics of each request.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::RequestId;
use crate::metrics;

/// Middleware: runs the request in a span that names it, and tells how it ended.
///
/// `tenant` and `subject` are filled in by [`crate::auth::layer()`]. The query string stays out: a
/// search may hold what nobody wants in a log.
pub(super) async fn observe(
    State(service): State<&'static str>,
    request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let method = metrics::method_label(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    let span = span(service, method, &route, &request);
    let watched = matches!(
        route.as_str(),
        "/health/live" | "/health/ready" | "/metrics"
    );

    async move {
        let response = next.run(request).await;
        let (status, elapsed) = (response.status().as_u16(), started.elapsed());
        metrics::record_request(service, method, route, status, elapsed);
        let duration_ms = elapsed.as_secs_f64() * 1000.0;
        if watched {
            tracing::debug!(status, duration_ms, "request finished");
        } else {
            tracing::info!(status, duration_ms, "request finished");
        }
        response
    }
    .instrument(span)
    .await
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
