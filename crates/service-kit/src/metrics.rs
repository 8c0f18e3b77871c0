//! Metrics for Prometheus: one recorder in a process, `/metrics`, and what is counted of requests.
//!
//! Other crates count through the macros of the crate `metrics`; what they count shows up here.

use std::sync::OnceLock;
use std::time::Duration;

use ::metrics::{Unit, describe_counter, describe_histogram};
use axum::Router;
use axum::routing::get;
use http::Method;
use http::header::CONTENT_TYPE;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// Answered requests, by service, method, route and status.
pub const REQUESTS: &str = "plumbline_http_requests_total";
/// Seconds until an answer starts, by service, method, route and status.
pub const REQUEST_SECONDS: &str = "plumbline_http_request_duration_seconds";

/// Connections that the service ended or did not take for want of room, by why.
pub const CONNECTIONS_CUT: &str = "plumbline_http_connections_cut_total";

/// Bounds of the histograms, in seconds; scans take minutes, requests milliseconds.
const BUCKETS: [f64; 14] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0, 600.0,
];

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts the recorder of the process; further calls change nothing. [`router`] calls it.
pub fn install() {
    handle();
}

/// `/metrics` in the text format of Prometheus.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    install();
    let show = || async {
        (
            [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
            handle().render(),
        )
    };
    Router::new().route("/metrics", get(show))
}

/// Folds up the samples of histograms, which otherwise grow until somebody reads `/metrics`.
pub(crate) fn upkeep() {
    if let Some(handle) = HANDLE.get() {
        handle.run_upkeep();
    }
}

/// The label of a method: our own words only, since a client may invent any number of them.
pub(crate) fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}

/// Counts an answered request.
pub(crate) fn record_request(
    service: &'static str,
    method: &'static str,
    route: String,
    status: u16,
    elapsed: Duration,
) {
    let labels = [
        ("service", service.to_owned()),
        ("method", method.to_owned()),
        ("route", route),
        ("status", status.to_string()),
    ];
    ::metrics::counter!(REQUESTS, &labels).increment(1);
    ::metrics::histogram!(REQUEST_SECONDS, &labels).record(elapsed);
}

/// Counts a connection that was ended for want of room.
pub(crate) fn record_cut(reason: &'static str) {
    ::metrics::counter!(CONNECTIONS_CUT, "reason" => reason).increment(1);
}

fn handle() -> &'static PrometheusHandle {
    HANDLE.get_or_init(|| {
        let recorder = PrometheusBuilder::new()
            .set_buckets(&BUCKETS)
            .expect("the list of buckets is not empty")
            .build_recorder();
        let handle = recorder.handle();
        if ::metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("another metrics recorder is installed: /metrics stays empty");
        }
        describe_counter!(REQUESTS, "Answered requests");
        describe_counter!(CONNECTIONS_CUT, "Connections ended for want of room");
        describe_histogram!(
            REQUEST_SECONDS,
            Unit::Seconds,
            "Time until an answer starts"
        );
        handle
    })
}

#[cfg(test)]
mod tests {
    use axum::extract::Path;

    use super::*;
    use crate::http::router_stack;
    use crate::http::testing::{call, config, request};

    #[tokio::test]
    async fn requests_are_counted_by_route_not_by_path() {
        let routes = Router::new()
            .route("/things/{id}", get(|Path(id): Path<String>| async { id }))
            .merge(router());
        let app = router_stack("counted", routes, &config());
        call(app.clone(), request("GET", "/things/secret-name", "")).await;
        call(app.clone(), request("GET", "/things/another", "")).await;
        call(app.clone(), request("BREW", "/nowhere", "")).await;
        upkeep();
        let (head, body) = call(app, request("GET", "/metrics", "")).await;
        assert_eq!(
            head.headers[CONTENT_TYPE],
            "text/plain; version=0.0.4; charset=utf-8"
        );
        let text = body.as_str().unwrap();
        for line in [
            r#"plumbline_http_requests_total{service="counted",method="GET",route="/things/{id}",status="200"} 2"#,
            r#"plumbline_http_requests_total{service="counted",method="OTHER",route="unmatched",status="404"} 1"#,
            r#"route="/things/{id}",status="200",le="0.25"} 2"#,
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
        assert!(!text.contains("secret-name"), "{text}");
    }
}
