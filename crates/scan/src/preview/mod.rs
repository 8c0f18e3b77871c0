//! Some rows of a table, as a person looks at them.
//!
//! Every value is the server's own text, since a decoder would lose something of most types; only
//! truth values and whole numbers are told apart. The server cuts what is long, so that a value of a
//! gigabyte is neither sent nor held here.

mod shown;

use std::time::Duration;

use models::details::TableName;
use tokio::time::timeout;

pub(crate) use self::shown::{Form, Shown};
use crate::target::Limits;
use crate::{Condition, Refusal, ScanError, Target};

/// A column that the catalog names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, byte for byte.
    pub name: String,
    /// The neutral type, as [`models::field::Field::data_type`].
    pub data_type: String,
    /// The type as the server prints it.
    pub column_type: String,
}

/// What to show.
#[derive(Debug, Clone)]
pub struct PreviewRequest {
    /// The table.
    pub table: TableName,
    /// Its columns, in the order of the answer.
    pub columns: Vec<Column>,
    /// Which of its rows; all when absent.
    pub condition: Option<Condition>,
    /// How much at most.
    pub caps: Caps,
}

/// What a value takes that has no bytes, such as NULL: wide rows of nothing are not for free.
const PLACE: usize = 4;

/// How much a preview shows at most.
#[derive(Debug, Clone, Copy)]
pub struct Caps {
    /// Rows.
    pub rows: u32,
    /// Bytes of all values, each of which takes four more than it is shown with.
    pub bytes: usize,
    /// Bytes of one value as it is shown.
    pub cell_bytes: usize,
    /// The time of the statement on the server, and with two seconds more of everything.
    pub time: Duration,
}

impl Caps {
    /// How much of a value the server is to send: of very many columns less, so that one row has no
    /// more than an answer may.
    pub(crate) fn cell(&self, columns: usize) -> usize {
        let share = (self.bytes / columns.max(1)).saturating_sub(PLACE);
        share.clamp(1, self.cell_bytes.max(1))
    }
}

/// Rows of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// Which columns are bytes, shown in hexadecimal digits; one entry for each column.
    pub are_bytes: Vec<bool>,
    /// The rows, in no particular order.
    pub rows: Vec<Vec<Cell>>,
    /// How many bytes the values have as they are shown.
    pub bytes: usize,
    /// Why there are no more rows; None when these are all.
    pub stop: Option<Stop>,
}

/// Why a preview ends before its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// As many rows as asked for.
    Rows,
    /// As many bytes as an answer may have.
    Bytes,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// NULL.
    Null,
    /// A truth value of a type that has nothing else.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// The server's text, or hexadecimal digits.
    Text(String),
    /// The beginning of one, and how many bytes the whole value has, where the server can tell without
    /// printing it.
    Cut(String, Option<i64>),
}

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// The server cannot be read. Of what it said only its code is told: an error of a view or a
    /// function may repeat values of rows.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// The table or a column is not there as the catalog has it.
    #[error("{0}")]
    Gone(String),
    /// The server does not take the condition.
    #[error("{0}")]
    Refused(String),
}

impl From<Refusal> for PreviewError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.what)
    }
}

/// What is read, in errors.
pub(crate) const ROWS: &str = "the rows";

/// How much longer than the server we wait, so that its own time-out speaks first. Connecting is
/// within the whole.
const GRACE: Duration = Duration::from_secs(2);

/// The server, to be read for no longer than a preview may take.
pub(crate) fn hasty(target: &Target, caps: Caps) -> Target {
    Target {
        limits: Limits {
            statement_timeout: caps.time,
            connect_timeout: target.limits.connect_timeout.min(caps.time),
            ..target.limits
        },
        ..target.clone()
    }
}

/// What `reading` shows, unless it takes too long. A session that it drops with a statement under way has the
/// server stop it.
pub(crate) async fn in_time<F>(caps: Caps, reading: F) -> Result<Preview, PreviewError>
where
    F: Future<Output = Result<Preview, PreviewError>>,
{
    timeout(caps.time.saturating_add(GRACE), reading)
        .await
        .unwrap_or_else(|_| {
            Err(PreviewError::Scan(ScanError::Timeout {
                what: format!("reading {ROWS}"),
                limit: caps.time,
            }))
        })
}

/// The code that stands in brackets at the end of a cause, as the errors of both engines put it.
pub(crate) fn code(cause: &str) -> &str {
    cause
        .rsplit_once(" (")
        .and_then(|(_, code)| code.strip_suffix(')'))
        .unwrap_or("no code")
}

/// An error without what the server said, but for its code.
pub(crate) fn without_words(error: ScanError) -> ScanError {
    let only = |cause: &str| code(cause).to_owned();
    match error {
        ScanError::Privilege { action, cause } => ScanError::Privilege {
            cause: only(&cause),
            action,
        },
        ScanError::Interrupted { what, cause } => ScanError::Interrupted {
            cause: only(&cause),
            what,
        },
        ScanError::Conflict { what, cause } => ScanError::Conflict {
            cause: only(&cause),
            what,
        },
        ScanError::Statement { what, cause } => ScanError::Statement {
            cause: only(&cause),
            what,
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_a_server_says_only_the_code_is_told() {
        let error = ScanError::Statement {
            what: "the rows".to_owned(),
            cause: "invalid input syntax for type integer: \"4111 (1)\" (22P02)".to_owned(),
        };
        assert_eq!(
            without_words(error).to_string(),
            "the server could not answer while reading the rows: 22P02"
        );
        let error = ScanError::Interrupted {
            what: "the rows".to_owned(),
            cause: "something without a code".to_owned(),
        };
        assert!(without_words(error).to_string().contains("no code"));
    }

    #[test]
    fn wide_tables_have_less_of_each_value() {
        let caps = Caps {
            rows: 1,
            bytes: 1000,
            cell_bytes: 100,
            time: GRACE,
        };
        assert_eq!((caps.cell(1), caps.cell(9), caps.cell(20)), (100, 100, 46));
        assert_eq!((caps.cell(0), caps.cell(5000)), (100, 1));
    }
}
