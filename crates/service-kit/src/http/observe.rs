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

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use axum::Router;
    use axum::routing::get;
    use http::HeaderValue;
    use http::header::AUTHORIZATION;
    use models::{Role, TenantId};
    use secrecy::ExposeSecret;
    use serde_json::{Value, json};
    use tracing_subscriber::layer::SubscriberExt;

    use crate::auth::{self, tests::keys};
    use crate::http::testing::{call, config, request};

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn the_log_names_the_request_even_of_errors_alone() {
        async fn panics() {
            panic!("the cause");
        }
        let lines = Lines::default();
        let (writer, filter) = (lines.clone(), tracing_subscriber::EnvFilter::new("error"));
        let json = tracing_subscriber::fmt::layer().json().flatten_event(true);
        let subscriber = tracing_subscriber::registry()
            .with(filter)
            .with(json.with_writer(move || writer.clone()));
        let guard = tracing::subscriber::set_default(subscriber);

        let routes = Router::new().route("/items/{id}", get(panics));
        let routes = routes.route_layer(auth::layer(Arc::new(keys())));
        let token = keys().mint_user("ada", TenantId(7), &[Role::Viewer], Duration::from_mins(1));
        let mut asked = request("GET", "/items/5?q=secret", "");
        let bearer = format!("Bearer {}", token.expose_secret());
        let bearer = HeaderValue::from_str(&bearer).unwrap();
        asked.headers_mut().insert(AUTHORIZATION, bearer);
        let app = crate::http::router_stack("test", routes, &config());
        let (head, _) = call(app, asked).await;
        drop(guard);

        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        let line: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
        assert_eq!(line["panic"], "the cause");
        let expected = json!({
            "name": "request", "service": "test", "method": "GET", "route": "/items/{id}",
            "path": "/items/5", "tenant": 7, "subject": "ada",
            "request_id": head.headers["x-request-id"].to_str().unwrap(),
        });
        assert_eq!(line["span"], expected);
        assert!(
            !text.contains("q=secret") && !text.contains(token.expose_secret()),
            "{text}"
        );
    }
}
