//! Why a fill ends early, and why a row was not written.

use scan::ScanError;
use scan::session::WriteError;

/// Why a fill could not go on. What was written before stays, unless all rows were to be replaced.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// The query and the table do not fit, or the table cannot be filled in this way.
    #[error("{0}")]
    Unfit(String),
    /// The query, or the connection to its server.
    #[error(transparent)]
    Reading(#[from] ScanError),
    /// The table's server.
    #[error(transparent)]
    Writing(#[from] WriteError),
}

impl FillError {
    /// Whether the same fill may succeed later without anybody changing anything.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unfit(_) => false,
            Self::Reading(error) => error.is_transient(),
            Self::Writing(error) => error.is_transient(),
        }
    }
}

/// What the statements for `MySQL` make of a row whose values another row has; see [`super::mysql`].
pub(super) const OTHER_KEY: &str = "710 + coalesce(";

/// Why a row was not written, in the server's words.
pub(super) fn reason(code: &str, message: &str) -> String {
    if code == "1690" && message.contains(OTHER_KEY) {
        return "a row with another key has the same values in another unique key".to_owned();
    }
    format!("{message} ({code})")
}
