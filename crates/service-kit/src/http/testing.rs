//! Calls of a router without a socket, for this crate's tests.

use std::net::Ipv4Addr;
use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use serde_json::Value;
use tower::ServiceExt;

use crate::config::ServerConfig;

/// A configuration with a body limit of 1,024 bytes and 30 seconds for a request.
pub(crate) fn config() -> ServerConfig {
    ServerConfig {
        address: Ipv4Addr::LOCALHOST.into(),
        port: 0,
        request_timeout_seconds: 30,
        body_limit_bytes: 1024,
        max_concurrent_requests: NonZeroUsize::new(100).unwrap(),
        header_timeout_seconds: NonZeroU64::new(30).unwrap(),
        body_timeout_seconds: NonZeroU64::new(20).unwrap(),
        max_connections: NonZeroUsize::new(100).unwrap(),
        requests_per_second: 10,
        request_burst: NonZeroU32::new(100).unwrap(),
        trusted_proxies: Vec::new(),
        cors_allowed_origins: Vec::new(),
    }
}

/// A request with a JSON body.
pub(crate) fn request(method: &str, uri: &str, body: &str) -> Request {
    http::Request::builder()
        .method(method)
        .uri(uri)
        .header("content-type", "application/json")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

/// The answer's head and its body: JSON, or a string where it is none.
pub(crate) async fn call(router: Router, request: Request) -> (http::response::Parts, Value) {
    let (head, body) = router.oneshot(request).await.unwrap().into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    let value = serde_json::from_slice(&bytes)
        .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(&bytes).into_owned()));
    (head, value)
}
