//! Why something was not written.

use std::time::Duration;

use crate::ScanError;

/// How a statement ended that did not end well.
#[derive(Debug)]
pub(crate) enum Ended {
    /// The passage ended the connection.
    Passage(ScanError),
    /// The server or the driver says so.
    Driver(sqlx::Error),
    /// The driver panicked.
    Malformed,
    /// Nobody said anything for so long.
    Late(Duration),
}

/// Why a statement changed nothing, or may not have.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Rows of the statement are to blame; others may do. It changed nothing.
    #[error("{message} ({code})")]
    Rows {
        /// The server's code: a SQLSTATE, or a number of `MySQL`'s.
        code: String,
        /// What the server said, which may repeat values.
        message: String,
    },
    /// The statement is to blame, or a right is missing: no row would do. It changed nothing.
    #[error("the server refused the statement: {cause}")]
    Refused {
        /// What the server said.
        cause: String,
    },
    /// Another session stood in the way. It changed nothing, and may do the next time.
    #[error("another session stood in the way: {cause}; try again")]
    Conflict {
        /// What the server said.
        cause: String,
    },
    /// The server stopped it, after its time or since somebody wanted that. It changed nothing.
    #[error("the statement was stopped: {cause}; raise the time-out or let it do less at once")]
    Stopped {
        /// What the server said.
        cause: String,
    },
    /// Nobody answered in time. The server was told to stop it.
    #[error("the statement took longer than {} s; raise the time-out or let it do less at once", limit.as_secs_f64())]
    Timeout {
        /// How long it might take.
        limit: Duration,
    },
    /// The connection ended. Nobody here knows whether the statement was carried out.
    #[error(
        "the connection was cut while something was written: {cause}; whether the last statement was carried out is not known"
    )]
    Interrupted {
        /// What was seen.
        cause: String,
    },
    /// The server does what none does that means well, or there is no connection.
    #[error(transparent)]
    Source(#[from] ScanError),
}

impl WriteError {
    pub(crate) fn rows(code: &str, message: String) -> Self {
        Self::Rows {
            code: code.to_owned(),
            message,
        }
    }

    pub(crate) fn interrupted(cause: impl Into<String>) -> Self {
        Self::Interrupted {
            cause: cause.into(),
        }
    }

    pub(crate) fn of(ended: Ended, by_driver: impl FnOnce(&sqlx::Error) -> Self) -> Self {
        match ended {
            Ended::Passage(error) => Self::Source(error),
            Ended::Driver(error) => by_driver(&error),
            Ended::Malformed => Self::interrupted("it sent what cannot be read"),
            Ended::Late(limit) => Self::Timeout { limit },
        }
    }

    /// Whether the same attempt may succeed later without anybody changing anything.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Conflict { .. }
            | Self::Stopped { .. }
            | Self::Timeout { .. }
            | Self::Interrupted { .. } => true,
            Self::Rows { .. } | Self::Refused { .. } => false,
            Self::Source(error) => error.is_transient(),
        }
    }
}
