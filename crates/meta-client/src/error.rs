//! Why a service did not answer as asked.

use std::time::Duration;

use models::{Problem, ProblemType};

/// An error of a call.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There was no whole answer: no connection, a time-out, or an answer that was cut off.
    #[error("{service} cannot be reached")]
    Unreachable {
        /// Which service.
        service: &'static str,
        /// What happened to the connection.
        #[source]
        source: reqwest::Error,
    },
    /// There is a connection, and nothing comes.
    #[error("{service} has said nothing for {} s", limit.as_secs())]
    Silent {
        /// Which service.
        service: &'static str,
        /// How long it may be silent.
        limit: Duration,
    },
    /// The connection ended before anything was said on it.
    #[error("{service} hung up without a word")]
    HungUp {
        /// Which service, or what stands before it.
        service: &'static str,
    },
    /// The service answered with a problem.
    #[error("{}", .0.detail)]
    Problem(Problem),
    /// The answer is none of the service's: something between the two may have made it.
    #[error("the answer with status {status} is not one of {service}'s")]
    Unexpected {
        /// Which service.
        service: &'static str,
        /// The HTTP status.
        status: u16,
        /// Why it could not be read.
        #[source]
        source: serde_json::Error,
    },
}

impl Error {
    /// The problem that the service answered with, if it did.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            Self::Unreachable { .. }
            | Self::Silent { .. }
            | Self::HungUp { .. }
            | Self::Unexpected { .. } => None,
        }
    }

    /// Whether the service answered with a problem of this kind.
    #[must_use]
    pub fn is(&self, kind: ProblemType) -> bool {
        self.problem().is_some_and(|problem| problem.is(kind))
    }

    /// Whether the same call may succeed once the service is back: it cannot be reached, or it says,
    /// or a proxy before it says, that it cannot work at present.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Silent { .. } | Self::HungUp { .. } => true,
            Self::Problem(problem) => problem.status == 503,
            Self::Unexpected { status, .. } => matches!(status, 502..=504),
        }
    }

    /// Whether the service, or a proxy before it, has too much to do at present: the answer is 429.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Silent { .. } | Self::HungUp { .. } => false,
            Self::Problem(problem) => problem.status == 429,
            Self::Unexpected { status, .. } => *status == 429,
        }
    }
}
