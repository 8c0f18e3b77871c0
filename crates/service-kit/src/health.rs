//! Health: whether the process lives, and whether what it needs is there.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use futures::future::{BoxFuture, join_all};
use http::StatusCode;
use http::header::CACHE_CONTROL;
use serde::Serialize;
use utoipa::ToSchema;

/// How long one check may take before it counts as failed.
const CHECK_TIMEOUT: Duration = Duration::from_secs(3);

type Run = dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync;

/// Something that a service needs in order to serve.
#[derive(Clone)]
pub struct Check {
    name: &'static str,
    run: Arc<Run>,
}

impl Check {
    /// A check by its name. The error is shown to anybody who asks: it says what is missing, such
    /// as "the store cannot be reached", and nothing of hosts, accounts or messages.
    pub fn new<F, Fut>(name: &'static str, run: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), String>> + Send + 'static,
    {
        Self {
            name,
            run: Arc::new(move || Box::pin(run())),
        }
    }

    async fn report(&self) -> CheckReport {
        let failed = match tokio::time::timeout(CHECK_TIMEOUT, (self.run)()).await {
            Ok(Ok(())) => None,
            Ok(Err(detail)) => Some(detail),
            Err(_) => Some(format!("no answer within {} s", CHECK_TIMEOUT.as_secs())),
        };
        if let Some(detail) = &failed {
            tracing::warn!(check = self.name, detail, "not ready");
        }
        CheckReport {
            name: self.name,
            ok: failed.is_none(),
            detail: failed,
        }
    }
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Check")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// What `/health/ready` answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HealthReport {
    /// `ok`, or `unavailable` if a check failed.
    pub status: &'static str,
    /// Every check, in the order in which the service named them.
    pub checks: Vec<CheckReport>,
}

/// How one check went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CheckReport {
    /// The check's name.
    pub name: &'static str,
    /// Whether what it looks for is there.
    pub ok: bool,
    /// What is missing; null if nothing is.
    pub detail: Option<String>,
}

/// `/health/live`, 200 as long as the process answers, and `/health/ready`, 200 if every check
/// passes, else 503. The checks run side by side, each for 3 seconds at most.
pub fn router<S: Clone + Send + Sync + 'static>(checks: Vec<Check>) -> Router<S> {
    Router::new()
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
        .with_state::<S>(Arc::<[Check]>::from(checks))
}

async fn live() -> Response {
    (
        [(CACHE_CONTROL, "no-store")],
        Json(serde_json::json!({ "status": "ok" })),
    )
        .into_response()
}

async fn ready(State(checks): State<Arc<[Check]>>) -> Response {
    let checks = join_all(checks.iter().map(Check::report)).await;
    let (code, status) = if checks.iter().all(|check| check.ok) {
        (StatusCode::OK, "ok")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
    };
    (
        code,
        [(CACHE_CONTROL, "no-store")],
        Json(HealthReport { status, checks }),
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::http::router_stack;
    use crate::http::testing::{call, config, request};

    fn app(checks: Vec<Check>) -> Router {
        router_stack("test", router(checks), &config())
    }

    #[tokio::test]
    async fn all_well_is_200() {
        let (head, body) = call(app(vec![]), request("GET", "/health/live", "")).await;
        assert_eq!(
            (head.status.as_u16(), body),
            (200, json!({ "status": "ok" }))
        );
        let checks = vec![Check::new("store", || async { Ok(()) })];
        let (head, body) = call(app(checks), request("GET", "/health/ready", "")).await;
        assert_eq!(head.status, 200);
        let check = json!({ "name": "store", "ok": true, "detail": null });
        assert_eq!(body, json!({ "status": "ok", "checks": [check] }));
    }

    #[tokio::test(start_paused = true)]
    async fn one_missing_or_silent_is_503() {
        let checks = vec![
            Check::new("store", || async { Err("cannot be reached".to_owned()) }),
            Check::new("queue", std::future::pending),
        ];
        let (head, body) = call(app(checks), request("GET", "/health/ready", "")).await;
        assert_eq!(head.status, 503);
        assert_eq!(head.headers["content-type"], "application/json");
        assert_eq!(body["status"], "unavailable");
        assert_eq!(body["checks"][0]["detail"], "cannot be reached");
        assert_eq!(body["checks"][1]["detail"], "no answer within 3 s");
    }
}
