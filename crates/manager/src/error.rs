//! What can go wrong in a call, and the one place where it becomes a problem document.

use std::time::Duration;

use axum::response::{IntoResponse, Response};
use db::StoreError;
use models::{Problem, ProblemType};
use service_kit::problem::{Reply, chain};

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// There is no such thing in the caller's tenant.
    #[error("{1}")]
    NotFound(ProblemType, String),
    /// The caller may not do this.
    #[error("{0}")]
    Forbidden(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// `meta` did not answer as asked.
    #[error(transparent)]
    Meta(#[from] meta_client::Error),
    /// `meta` took longer than there was time.
    #[error("meta took longer than {} s", .0.as_secs())]
    MetaSlow(Duration),
    /// The request itself is wrong in a way that has been described.
    #[error("{}", .0.0.detail)]
    Reply(Reply),
}

impl Error {
    pub(crate) fn managed_object_not_found(id: i64) -> Self {
        Self::NotFound(
            ProblemType::ManagedObjectNotFound,
            format!("there is no managed object {id}"),
        )
    }

    pub(crate) fn database_not_found(resource_id: i64, name: &str) -> Self {
        Self::NotFound(
            ProblemType::DatabaseNotFound,
            format!("data source {resource_id} has no database {name}"),
        )
    }

    /// Whether the same call may succeed once `meta` is back.
    pub(crate) fn is_meta_away(&self) -> bool {
        match self {
            Self::Meta(error) => error.is_unavailable(),
            Self::MetaSlow(_) => true,
            _ => false,
        }
    }
}

impl From<Reply> for Error {
    fn from(reply: Reply) -> Self {
        Self::Reply(reply)
    }
}

impl From<Error> for Reply {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound(kind, detail) => Self::new(kind, detail),
            Error::Forbidden(detail) => Self::new(ProblemType::Forbidden, detail),
            Error::Store(error @ StoreError::Unavailable(_)) => {
                tracing::error!(cause = chain(&error), "store unavailable");
                let detail = "the service's store cannot be reached; try again later";
                Self::new(ProblemType::StoreUnavailable, detail)
            }
            Error::Store(error) => Self::internal(&error),
            Error::Meta(error) => of_meta(error),
            Error::MetaSlow(_) => meta_unavailable(),
            Error::Reply(reply) => reply,
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        Reply::from(self).into_response()
    }
}

/// What the caller did wrong, and what a data source did, is told in `meta`'s own words. What went
/// wrong with `meta` is told as such.
fn of_meta(error: meta_client::Error) -> Reply {
    if error.is_unavailable() {
        tracing::warn!(cause = chain(&error), "meta unavailable");
        return meta_unavailable();
    }
    match error {
        meta_client::Error::Problem(problem) if is_for_the_caller(&problem) => Reply(problem),
        other => {
            tracing::error!(cause = chain(&other), "meta failed");
            let detail = "the meta service failed; its log has the cause under this request_id";
            Reply::new(ProblemType::MetaFailed, detail)
        }
    }
}

/// The answer while `meta` cannot be asked.
pub(crate) fn meta_unavailable() -> Reply {
    let detail = "the meta service cannot be reached; try again later";
    Reply::new(ProblemType::MetaUnavailable, detail)
}

fn is_for_the_caller(problem: &Problem) -> bool {
    problem.status < 500
        || problem.is(ProblemType::DatasourceUnreachable)
        || problem.is(ProblemType::TimedOut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status_and_type(error: meta_client::Error) -> (u16, String) {
        let Reply(problem) = Error::from(error).into();
        (problem.status, problem.problem_type)
    }

    #[test]
    fn metas_problems_are_told_as_what_they_mean_here() {
        let told = |kind| status_and_type(meta_client::Error::Problem(Problem::new(kind, "so")));
        for (kind, status, slug) in [
            (ProblemType::DatasourceNotFound, 404, "datasource-not-found"),
            (ProblemType::InvalidCursor, 400, "invalid-cursor"),
            (
                ProblemType::DatasourceUnreachable,
                502,
                "datasource-unreachable",
            ),
            (ProblemType::StoreUnavailable, 503, "meta-unavailable"),
            (ProblemType::Internal, 502, "meta-failed"),
        ] {
            assert_eq!(
                told(kind),
                (status, format!("/problems/{slug}")),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn what_is_no_answer_of_metas_is_not_repeated() {
        let page = |status| {
            let source = serde_json::from_str::<Problem>("<html>").expect_err("no JSON");
            status_and_type(meta_client::Error::Unexpected {
                service: "meta",
                status,
                source,
            })
        };
        assert_eq!(page(502), (503, "/problems/meta-unavailable".to_owned()));
        assert_eq!(page(200), (502, "/problems/meta-failed".to_owned()));
    }
}
