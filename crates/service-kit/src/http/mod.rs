//! HTTP around the routes: what every request passes through, the server, the client.

mod address;
mod audit;
mod body;
mod caller;
mod client;
mod connections;
mod crowd;
mod headers;
mod observe;
mod quota;
mod request_id;
mod serve;
mod stream;
#[cfg(test)]
pub(crate) mod testing;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use http::StatusCode;
use http::header::{AUTHORIZATION, ETAG};
use models::Ids;
use tokio::sync::Semaphore;
use tower::ServiceBuilder;
use tower::util::option_layer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::sensitive_headers::SetSensitiveRequestHeadersLayer;
use tower_http::timeout::TimeoutLayer;

use crate::conditional;
use crate::config::ServerConfig;
use crate::problem;

pub use address::{ClientAddress, FORWARDED_FOR};
pub use audit::{NOTHING_CHANGED, NothingChanged, TARGET as AUDIT_TARGET};
pub use body::body_refusal;
pub use caller::known_caller;
pub use client::{ask_health, forward_request_id, http_client, http_client_by, install_crypto};
pub use request_id::{REQUEST_ID, RequestId};
pub use serve::{BindError, bind, serve};

/// Puts around a service's routes what every request passes through. From the outside in: the
/// credential is kept out of debug prints; the request gets an id and an address; a span, a log
/// line and the metrics; the audit line; security headers; CORS; compression; 304 for who has the
/// object already; problems get their path and id; panics become 500; requests of an address that
/// asks too often 429, as those beyond what the service works on at once; those that take too long
/// 504; bodies that are too large 413, or too slow 408.
///
/// `service` names the service in the log and the metrics. Fallbacks that `router` has stay.
pub fn router_stack(service: &'static str, router: Router, config: &ServerConfig) -> Router {
    let places = config.max_concurrent_requests.get();
    let places = Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS)));
    let quotas = quota::Quotas::new(config);
    let body_limits = body::Limits {
        size: config.body_limit_bytes,
        time: config.body_timeout(),
    };
    router.layer(
        ServiceBuilder::new()
            .layer(SetSensitiveRequestHeadersLayer::new([AUTHORIZATION]))
            .layer(from_fn_with_state(Ids::random(), request_id::assign))
            .layer(from_fn_with_state(
                Arc::from(config.trusted_proxies.as_slice()),
                address::find,
            ))
            .layer(from_fn_with_state(service, observe::observe))
            .layer(from_fn_with_state(service, audit::audit))
            .layer(from_fn(headers::add))
            .layer(option_layer(headers::cors(&config.cors_allowed_origins)))
            .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(has_no_tag)))
            .layer(from_fn(conditional::not_modified))
            .layer(from_fn(problem::finish))
            .layer(CatchPanicLayer::custom(
                |payload: Box<dyn std::any::Any + Send>| problem::panicked(payload.as_ref()),
            ))
            .layer(option_layer(quotas.map(|quotas| {
                from_fn_with_state(quotas, quota::limit_address)
            })))
            .layer(from_fn_with_state(places, crowd::limit))
            .layer(TimeoutLayer::with_status_code(
                StatusCode::GATEWAY_TIMEOUT,
                config.request_timeout(),
            ))
            // Ours also covers bodies that no extractor reads, such as those passed on.
            .layer(DefaultBodyLimit::disable())
            .layer(from_fn_with_state(body_limits, body::limit)),
    )
}

/// Whether this says how the service is, which is told however much there is to do.
fn is_watched(path: &str) -> bool {
    matches!(path, "/health/live" | "/health/ready" | "/metrics")
}

/// Whether an answer may be compressed as far as its `ETag` is concerned: a strong one is that of the
/// bytes as they are.
fn has_no_tag(
    _: StatusCode,
    _: http::Version,
    headers: &http::HeaderMap,
    _: &http::Extensions,
) -> bool {
    !headers.contains_key(ETAG)
}

#[cfg(test)]
mod tests {
    use axum::extract::Request;
    use axum::routing::get;
    use http::HeaderValue;
    use serde_json::json;

    use super::testing::{call, config, request};
    use super::*;

    #[tokio::test]
    async fn a_fallback_of_the_service_stays() {
        let router = Router::new().fallback(|| async { "the console" });
        let (head, body) = call(
            router_stack("test", router, &config()),
            request("GET", "/any", ""),
        )
        .await;
        assert_eq!((head.status.as_u16(), body), (200, json!("the console")));
    }

    #[tokio::test]
    async fn large_answers_are_compressed_for_who_asks() {
        let router = Router::new().route("/", get(|| async { "x".repeat(1000) }));
        let mut asked = request("GET", "/", "");
        asked
            .headers_mut()
            .insert("accept-encoding", HeaderValue::from_static("gzip"));
        let (head, _) = call(router_stack("test", router, &config()), asked).await;
        assert_eq!(head.headers["content-encoding"], "gzip");
    }

    #[tokio::test]
    async fn the_credential_is_not_printed() {
        async fn print(request: Request) -> String {
            format!("{:?}", request.headers())
        }
        let mut asked = request("GET", "/", "");
        asked
            .headers_mut()
            .insert(AUTHORIZATION, HeaderValue::from_static("Bearer hunter2"));
        let router = Router::new().route("/", get(print));
        let (_, body) = call(router_stack("test", router, &config()), asked).await;
        assert!(body.as_str().unwrap().contains("Sensitive"), "{body}");
    }
}
