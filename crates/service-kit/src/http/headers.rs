//! What answers tell browsers: to guess nothing, keep nothing, and let no other page in.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap,
    HeaderName, IF_MATCH, IF_NONE_MATCH, LOCATION, REFERRER_POLICY, RETRY_AFTER,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderValue, Method};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::REQUEST_ID;
use crate::extract::IDEMPOTENCY_KEY;

/// How long a browser may remember what another origin may send.
const PREFLIGHT_LIFETIME: Duration = Duration::from_mins(10);

/// Nothing may be loaded or run by what is no page.
const NO_PAGE: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What each answer has unless its endpoint says otherwise.
const ALWAYS: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (X_FRAME_OPTIONS, "DENY"),
    (CONTENT_SECURITY_POLICY, NO_PAGE),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Middleware: adds the headers.
pub(super) async fn add(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        add_to(headers, name, value);
    }
    // What has a tag may be kept by the browser that asked, and is asked for again each time.
    let caching = if headers.contains_key(ETAG) {
        "private, no-cache"
    } else {
        "no-store"
    };
    add_to(headers, CACHE_CONTROL, caching);
    response
}

fn add_to(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}

/// Lets pages of these origins call the API. None where there are none: then no answer has a header
/// of CORS, and browsers keep other origins out.
pub(super) fn cors(origins: &[HeaderValue]) -> Option<CorsLayer> {
    if origins.is_empty() {
        return None;
    }
    let layer = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins.iter().cloned()))
        .allow_methods([
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ])
        .allow_headers([
            AUTHORIZATION,
            CONTENT_TYPE,
            IDEMPOTENCY_KEY,
            IF_MATCH,
            IF_NONE_MATCH,
            HeaderName::from_static("last-event-id"),
            REQUEST_ID,
        ])
        .expose_headers([ETAG, LOCATION, RETRY_AFTER, REQUEST_ID])
        .max_age(PREFLIGHT_LIFETIME);
    Some(layer)
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::get;

    use super::*;
    use crate::conditional::Tagged;
    use crate::config::ServerConfig;
    use crate::http::router_stack;
    use crate::http::testing::{call, config, request};

    const PAGE: &str = "default-src 'self'";

    fn app(config: &ServerConfig) -> Router {
        let page = || async {
            [
                (CONTENT_SECURITY_POLICY, PAGE),
                (CACHE_CONTROL, "max-age=60"),
            ]
        };
        let router = Router::new()
            .route("/", get(|| async { "fine" }))
            .route("/tagged", get(|| async { Tagged("fine") }))
            .route("/page", get(page));
        router_stack("test", router, config)
    }

    #[tokio::test]
    async fn every_answer_has_them() {
        for (path, policy, caching) in [
            ("/", NO_PAGE, "no-store"),
            ("/absent", NO_PAGE, "no-store"),
            ("/tagged", NO_PAGE, "private, no-cache"),
            ("/page", PAGE, "max-age=60"),
        ] {
            let (head, _) = call(app(&config()), request("GET", path, "")).await;
            let headers = &head.headers;
            assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
            assert_eq!(headers[REFERRER_POLICY], "no-referrer", "{path}");
            assert_eq!(headers[X_FRAME_OPTIONS], "DENY", "{path}");
            assert_eq!(headers["cross-origin-resource-policy"], "same-origin");
            assert_eq!(headers[CONTENT_SECURITY_POLICY], policy, "{path}");
            assert_eq!(headers[CACHE_CONTROL], caching, "{path}");
            assert!(!headers.contains_key("server"), "{path}");
        }
    }

    /// The headers of CORS in the answer to a request of a page of this origin.
    async fn cors(allowed: &[&'static str], method: &str, origin: &'static str) -> Vec<String> {
        let allowed = allowed.iter().map(|it| HeaderValue::from_static(it));
        let config = ServerConfig {
            cors_allowed_origins: allowed.collect(),
            ..config()
        };
        let mut asked = request(method, "/", "");
        let headers = asked.headers_mut();
        headers.insert("origin", HeaderValue::from_static(origin));
        if method == "OPTIONS" {
            let (name, value) = ("access-control-request-method", "DELETE");
            headers.insert(name, HeaderValue::from_static(value));
        }
        let (head, _) = call(app(&config), asked).await;
        let headers = head.headers.iter();
        let of_cors = headers.filter(|(name, _)| name.as_str().starts_with("access-control-"));
        let show = |(name, value): (&HeaderName, &HeaderValue)| {
            format!("{name}: {}", value.to_str().unwrap())
        };
        of_cors.map(show).collect()
    }

    #[tokio::test]
    async fn no_other_origin_is_let_in_unless_it_is_named() {
        let (ours, other) = ("https://app.example", "https://other.example");
        for method in ["GET", "OPTIONS"] {
            assert!(cors(&[], method, ours).await.is_empty(), "{method}");
            let given = cors(&[ours], method, ours).await;
            let allowed = "access-control-allow-origin: https://app.example".to_owned();
            assert!(given.contains(&allowed), "{method}: {given:?}");
            let given = cors(&[ours], method, other).await;
            assert!(
                !given
                    .iter()
                    .any(|it| it.starts_with("access-control-allow-origin")),
                "{method}: {given:?}"
            );
            assert!(
                !given.iter().any(|it| it.contains("credentials")),
                "{given:?}"
            );
        }
        let preflight = cors(&[ours], "OPTIONS", ours).await.join("\n");
        for expected in ["DELETE", "authorization", "idempotency-key", "max-age: 600"] {
            assert!(preflight.contains(expected), "{preflight}");
        }
    }
}
