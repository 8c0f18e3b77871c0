//! What a broken or hostile server may make us do: so much and no more, and never panic.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::ScanError;
use crate::target::Limits;

/// What one answer may come to, and what it has.
#[derive(Debug)]
pub(crate) struct Bounds {
    rows: u64,
    bytes: u64,
    most_rows: u64,
    most_bytes: u64,
}

/// Bytes of a row in a list that is held in memory, on average.
const LISTED: u64 = 1024;

impl Bounds {
    /// Those of any answer.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            rows: 0,
            bytes: 0,
            most_rows: limits.answer_rows,
            most_bytes: limits.answer_bytes,
        }
    }

    /// Those of a list that is held in memory.
    pub(crate) fn of_list(rows: u64) -> Self {
        Self {
            rows: 0,
            bytes: 0,
            most_rows: rows,
            most_bytes: rows.saturating_mul(LISTED),
        }
    }

    /// None: of what is handed on row by row nothing stays. A row has its own bound, that of a message.
    pub(crate) fn of_stream() -> Self {
        Self {
            rows: 0,
            bytes: 0,
            most_rows: u64::MAX,
            most_bytes: u64::MAX,
        }
    }

    /// Counts a row.
    ///
    /// # Errors
    /// [`ScanError::TooMuch`]
    pub(crate) fn row(&mut self, bytes: usize, what: &str) -> Result<(), ScanError> {
        self.rows += 1;
        self.bytes = self.bytes.saturating_add(bytes as u64);
        let most = if self.rows > self.most_rows {
            format!("{} rows", self.most_rows)
        } else if self.bytes > self.most_bytes {
            format!("{} bytes", self.most_bytes)
        } else {
            return Ok(());
        };
        Err(ScanError::TooMuch {
            what: what.to_owned(),
            most,
        })
    }
}

/// What `read` comes to; None where it panics, as the driver does at some messages that are malformed.
pub(crate) fn caught<T>(read: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_ends_at_its_bounds() {
        let limits = Limits {
            answer_rows: 2,
            answer_bytes: 10,
            ..Limits::default()
        };
        let mut many = Bounds::new(&limits);
        assert!(many.row(1, "x").is_ok() && many.row(1, "x").is_ok());
        let error = many.row(1, "the list").expect_err("the third").to_string();
        assert!(
            error.starts_with("the list came to more than 2 rows"),
            "{error}"
        );
        let mut large = Bounds::new(&limits);
        let error = large.row(11, "the list").expect_err("bytes").to_string();
        assert!(error.contains("more than 10 bytes"), "{error}");
        assert!(Bounds::of_list(3).row(3 * 1024, "x").is_ok());
        assert!(Bounds::of_list(3).row(3 * 1024 + 1, "x").is_err());
    }

    #[test]
    fn a_panic_is_no_end() {
        assert_eq!(caught(|| 1), Some(1));
        let none: Option<i32> = caught(|| panic!("a test of what a panic does"));
        assert_eq!(none, None);
    }
}
