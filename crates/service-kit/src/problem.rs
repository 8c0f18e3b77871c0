//! Errors as answers: RFC 9457 problem documents, by one mechanism.
//!
//! A [`Reply`] renders itself and leaves its problem among the response's extensions. The
//! middleware [`finish`], which [`crate::http::router_stack`] adds, renders it once more with the
//! request's path and id. It also gives a problem to every error that arrives without a body: a
//! path or a method that no route takes, and a time-out.

use std::any::Any;
use std::error::Error;
use std::fmt::Write as _;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, Method, StatusCode};
use models::{Problem, ProblemType};

use crate::http::RequestId;

/// The media type of problem documents.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// What every 5xx of ours says instead of its cause.
const INTERNAL_DETAIL: &str = "the cause is in the service's log under this request_id";

/// When to come back after a 429 or a 503, in seconds. A handler that knows better sets the
/// header next to its reply.
const RETRY_AFTER_SECONDS: &str = "5";

/// A problem as an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply(pub Problem);

impl Reply {
    /// A problem of a kind, with what happened here.
    pub fn new(kind: ProblemType, detail: impl Into<String>) -> Self {
        Self(Problem::new(kind, detail))
    }

    /// A 500 for a fault of ours. The cause goes to the log, under the request's id, and nowhere
    /// else.
    #[must_use]
    pub fn internal(cause: &(dyn Error + 'static)) -> Self {
        tracing::error!(cause = %chain(cause), "request failed");
        Self::new(ProblemType::Internal, INTERNAL_DETAIL)
    }
}

impl From<Problem> for Reply {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let Self(problem) = self;
        let status =
            StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, render(&problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if matches!(
            status,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
        ) {
            headers.insert(RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
        }
        response.extensions_mut().insert(Carried(problem));
        response
    }
}

/// The problem of a response on its way out.
#[derive(Debug, Clone)]
struct Carried(Problem);

/// An error with everything that caused it, for the log.
#[must_use]
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        // Writing to a string cannot fail.
        let _ = write!(text, ": {inner}");
        cause = inner.source();
    }
    text
}

/// The answer to a request whose handler panicked. What it said goes to the log.
pub(crate) fn panicked(payload: &(dyn Any + Send)) -> Response {
    let said = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("a value that is no text");
    tracing::error!(panic = said, "handler panicked");
    Reply::new(ProblemType::Internal, INTERNAL_DETAIL).into_response()
}

/// Middleware: fills in `instance` and `request_id`, and gives bare errors a problem.
pub async fn finish(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let id = request.extensions().get::<RequestId>().cloned();
    let mut response = next.run(request).await;

    let carried = response
        .extensions_mut()
        .remove::<Carried>()
        .map(|Carried(problem)| problem);
    let Some(mut problem) = carried.or_else(|| bare(&response, &method, &path)) else {
        return response;
    };
    problem.instance = Some(path);
    problem.request_id = id.map(|id| id.as_str().to_owned());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.remove(CONTENT_LENGTH);
    if method != Method::HEAD {
        *response.body_mut() = Body::from(render(&problem));
    }
    response
}

/// The problem of an error without a body, as axum and the time-out layer answer.
fn bare(response: &Response, method: &Method, path: &str) -> Option<Problem> {
    if response.body().size_hint().exact() != Some(0) {
        return None;
    }
    let (kind, detail) = match response.status() {
        StatusCode::NOT_FOUND => (
            ProblemType::RouteNotFound,
            format!("there is nothing at {path}"),
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            ProblemType::MethodNotAllowed,
            format!("{path} does not take {method}; the header Allow says what it takes"),
        ),
        StatusCode::GATEWAY_TIMEOUT => (
            ProblemType::TimedOut,
            "the request took longer than the service allows".to_owned(),
        ),
        StatusCode::INTERNAL_SERVER_ERROR => (ProblemType::Internal, INTERNAL_DETAIL.to_owned()),
        _ => return None,
    };
    Some(Problem::new(kind, detail))
}

fn render(problem: &Problem) -> Vec<u8> {
    serde_json::to_vec(problem).expect("a problem has only text, numbers and lists of them")
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::{get, post};
    use serde_json::{Value, json};

    use super::*;
    use crate::http::testing::{call, config, request};

    #[derive(Debug, thiserror::Error)]
    #[error("the query failed")]
    struct Outer(#[source] std::fmt::Error);

    async fn panics() {
        panic!("hunter2");
    }

    fn app() -> Router {
        let router = Router::new()
            .route(
                "/taken",
                get(|| async { Reply::new(ProblemType::ScanActive, "one is active") }),
            )
            .route(
                "/fault",
                get(|| async { Reply::internal(&Outer(std::fmt::Error)) }),
            )
            .route("/panic", get(panics))
            .route(
                "/busy",
                get(|| async { Reply::new(ProblemType::StoreUnavailable, "later") }),
            )
            .route(
                "/own",
                get(|| async { (StatusCode::NOT_FOUND, "a page of its own") }),
            )
            .route(
                "/slow",
                get(|| async { std::future::pending::<()>().await }),
            )
            .route("/posted", post(|body: String| async { body }));
        crate::http::router_stack("test", router, &config())
    }

    #[tokio::test]
    async fn path_and_request_id_are_filled_in() {
        let (head, body) = call(app(), request("GET", "/taken?x=1", "")).await;
        assert_eq!(head.status, 409);
        assert_eq!(head.headers[CONTENT_TYPE], MEDIA_TYPE);
        assert_eq!(
            body,
            json!({
                "type": "/problems/scan-active", "title": "A scan of this data source is active",
                "status": 409, "detail": "one is active", "instance": "/taken",
                "request_id": head.headers["x-request-id"].to_str().unwrap(),
            })
        );
    }

    #[tokio::test]
    async fn faults_and_panics_say_nothing_of_their_cause() {
        for path in ["/fault", "/panic"] {
            let (head, body) = call(app(), request("GET", path, "")).await;
            assert_eq!(head.status, 500, "{path}");
            assert_eq!(body["type"], "/problems/internal", "{path}");
            assert_eq!(body["instance"], path);
            let text = body.to_string();
            assert!(
                !text.contains("hunter2") && !text.contains("query"),
                "{text}"
            );
        }
    }

    #[tokio::test]
    async fn unknown_paths_and_methods_are_problems() {
        let (head, body) = call(app(), request("GET", "/absent", "")).await;
        assert_eq!(
            (head.status.as_u16(), &body["type"]),
            (404, &json!("/problems/route-not-found"))
        );
        assert_eq!(body["instance"], "/absent");
        let (head, body) = call(app(), request("DELETE", "/posted", "")).await;
        assert_eq!(head.status, 405);
        assert_eq!(body["type"], "/problems/method-not-allowed");
        assert_eq!(head.headers["allow"], "POST");
    }

    #[tokio::test(start_paused = true)]
    async fn slow_handlers_time_out() {
        let (head, body) = call(app(), request("GET", "/slow", "")).await;
        assert_eq!(
            (head.status.as_u16(), &body["type"]),
            (504, &json!("/problems/timed-out"))
        );
    }

    #[tokio::test]
    async fn large_bodies_are_refused_declared_or_not() {
        let mut declared = request("POST", "/posted", "");
        declared
            .headers_mut()
            .insert(CONTENT_LENGTH, HeaderValue::from_static("4096"));
        let (head, body) = call(app(), declared).await;
        assert_eq!(
            (head.status.as_u16(), &body["type"]),
            (413, &json!("/problems/body-too-large"))
        );
        let (head, _) = call(app(), request("POST", "/posted", &"x".repeat(4096))).await;
        assert_eq!(head.status, 413);
        let (head, body) = call(app(), request("POST", "/posted", "fits")).await;
        assert_eq!((head.status.as_u16(), body), (200, json!("fits")));
    }

    #[tokio::test]
    async fn a_503_says_when_to_come_back_and_pages_stay_as_they_are() {
        let (head, _) = call(app(), request("GET", "/busy", "")).await;
        assert_eq!(head.headers[RETRY_AFTER], "5");
        let (head, body) = call(app(), request("GET", "/own", "")).await;
        assert_eq!(
            (head.status.as_u16(), body),
            (404, Value::from("a page of its own"))
        );
    }

    #[tokio::test]
    async fn a_head_request_gets_no_body() {
        let (head, body) = call(app(), request("HEAD", "/absent", "")).await;
        assert_eq!((head.status.as_u16(), body), (404, Value::from("")));
    }

    #[test]
    fn chains_are_told_to_the_end() {
        let text = chain(&Outer(std::fmt::Error));
        assert!(
            text.starts_with("the query failed: an error occurred"),
            "{text}"
        );
    }
}
