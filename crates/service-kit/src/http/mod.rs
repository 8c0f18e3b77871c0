//! HTTP around the routes: what every request passes through, the server, the client.

mod client;
mod crowd;
mod observe;
mod request_id;
mod serve;
#[cfg(test)]
pub(crate) mod testing;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::header::{
    AUTHORIZATION, CONTENT_LENGTH, ETAG, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use http::{HeaderValue, StatusCode};
use http_body_util::Limited;
use models::{Ids, ProblemType};
use tokio::sync::Semaphore;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::sensitive_headers::SetSensitiveRequestHeadersLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use crate::conditional;
use crate::config::ServerConfig;
use crate::problem::{self, Reply};

pub use client::{ask_health, forward_request_id, http_client, install_crypto};
pub use request_id::{REQUEST_ID, RequestId};
pub use serve::{BindError, bind, serve};

/// Puts around a service's routes what every request passes through. From the outside in: the
/// credential is kept out of debug prints; the request gets an id; a span, a log line and the
/// metrics; security headers; compression; 304 for who has the object already; problems get their path and id; panics become 500;
/// requests beyond those that the service works on at once 429, those that take too long 504; bodies
/// that are too large 413.
///
/// `service` names the service in the log and the metrics. Fallbacks that `router` has stay.
pub fn router_stack(service: &'static str, router: Router, config: &ServerConfig) -> Router {
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let places = config.max_concurrent_requests.get();
    let places = Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS)));
    router.layer(
        ServiceBuilder::new()
            .layer(SetSensitiveRequestHeadersLayer::new([AUTHORIZATION]))
            .layer(from_fn_with_state(Ids::random(), request_id::assign))
            .layer(from_fn_with_state(service, observe::observe))
            .layer(header(X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .layer(header(REFERRER_POLICY, "no-referrer"))
            .layer(header(X_FRAME_OPTIONS, "DENY"))
            .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(has_no_tag)))
            .layer(from_fn(conditional::not_modified))
            .layer(from_fn(problem::finish))
            .layer(CatchPanicLayer::custom(
                |payload: Box<dyn std::any::Any + Send>| problem::panicked(payload.as_ref()),
            ))
            .layer(from_fn_with_state(places, crowd::limit))
            .layer(TimeoutLayer::with_status_code(
                StatusCode::GATEWAY_TIMEOUT,
                config.request_timeout(),
            ))
            // Ours also covers bodies that no extractor reads, such as those passed on.
            .layer(DefaultBodyLimit::disable())
            .layer(from_fn_with_state(config.body_limit_bytes, limit_body)),
    )
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

/// Refuses a body that says it is larger than `limit` bytes, and ends one that turns out to be.
async fn limit_body(State(limit): State<usize>, request: Request, next: Next) -> Response {
    let declared = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|length| usize::try_from(length).map_or(true, |length| length > limit))
    {
        let detail = format!("the body may have at most {limit} bytes");
        return Reply::new(ProblemType::BodyTooLarge, detail).into_response();
    }
    next.run(request.map(|body| axum::body::Body::new(Limited::new(body, limit))))
        .await
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use serde_json::json;

    use super::testing::{call, config, request};
    use super::*;

    #[tokio::test]
    async fn answers_carry_the_security_headers() {
        for path in ["/", "/absent"] {
            let router = Router::new().route("/", get(|| async { "fine" }));
            let (head, _) = call(
                router_stack("test", router, &config()),
                request("GET", path, ""),
            )
            .await;
            assert_eq!(head.headers[X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
            assert_eq!(head.headers[REFERRER_POLICY], "no-referrer", "{path}");
            assert_eq!(head.headers[X_FRAME_OPTIONS], "DENY", "{path}");
        }
    }

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
