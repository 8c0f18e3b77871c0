//! How many requests a service works on at once.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use models::ProblemType;
use tokio::sync::Semaphore;

use super::is_watched;
use crate::problem::Reply;

/// Marks a request of a connection that is one more than the service takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct OneTooMany;

/// Middleware: refuses a request that finds no place among those that the service works on. A place
/// is free again when the answer starts.
pub(super) async fn limit(
    State(places): State<Arc<Semaphore>>,
    request: Request,
    next: Next,
) -> Response {
    if is_watched(request.uri().path()) {
        return next.run(request).await;
    }
    if request.extensions().get::<OneTooMany>().is_some() {
        let detail = "the service has as many connections as it takes at once; come back later";
        return Reply::new(ProblemType::TooManyRequests, detail).into_response();
    }
    let Ok(_place) = places.try_acquire() else {
        let detail =
            "the service works on as many requests as it takes at once; send this one again later";
        return Reply::new(ProblemType::TooManyRequests, detail).into_response();
    };
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use axum::Router;
    use axum::routing::get;
    use http::header::RETRY_AFTER;
    use serde_json::json;
    use tokio::sync::Notify;

    use crate::config::ServerConfig;
    use crate::http::router_stack;
    use crate::http::testing::{call, config, request};

    #[tokio::test]
    async fn one_too_many_is_told_when_to_come_back() {
        let config = ServerConfig {
            max_concurrent_requests: NonZeroUsize::MIN,
            ..config()
        };
        let entered = std::sync::Arc::new(Notify::new());
        let leave = std::sync::Arc::new(Notify::new());
        let (says, waits) = (entered.clone(), leave.clone());
        let slow = get(move || async move {
            says.notify_one();
            waits.notified().await;
        });
        let router = Router::new()
            .route("/slow", slow)
            .route("/", get(|| async { "fine" }))
            .route("/health/live", get(|| async { "alive" }));
        let app = router_stack("test", router, &config);
        let first = tokio::spawn(call(app.clone(), request("GET", "/slow", "")));
        entered.notified().await;

        let (head, body) = call(app.clone(), request("GET", "/", "")).await;
        assert_eq!(
            (head.status.as_u16(), &body["type"]),
            (429, &json!("/problems/too-many-requests"))
        );
        assert_eq!(head.headers[RETRY_AFTER], "5");
        let (head, _) = call(app.clone(), request("GET", "/health/live", "")).await;
        assert_eq!(head.status, 200);

        leave.notify_one();
        let (head, _) = first.await.unwrap();
        assert_eq!(head.status, 200);
        let (head, _) = call(app, request("GET", "/", "")).await;
        assert_eq!(head.status, 200, "the place is free again");
    }
}
