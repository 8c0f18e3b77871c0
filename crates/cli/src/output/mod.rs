//! What is printed, and how.

mod facts;
mod format;
mod report;
mod table;
mod text;

use std::io::{ErrorKind, Write as _};

use serde::Serialize;

pub(crate) use facts::Facts;
pub(crate) use format::{bytes, count, duration, time};
pub(crate) use report::{hint, report};
pub(crate) use table::Table;
pub(crate) use text::{plain, short};

/// Why a result could not be printed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PrintError {
    /// Standard output does not take it.
    #[error("cannot write to standard output")]
    Write(#[source] std::io::Error),
    /// The answer has no JSON, such as a number that is none.
    #[error("the answer cannot be written as JSON")]
    Json(#[source] serde_json::Error),
}

/// Prints to standard output, with a line break at the end. That nobody reads any more, as with
/// `| head`, is no failure.
///
/// # Errors
/// When it cannot be written, such as to a full disk.
pub(crate) fn print(text: &str) -> Result<(), PrintError> {
    let line_break = if text.ends_with('\n') { "" } else { "\n" };
    if print_part(text)? {
        print_part(line_break)?;
    }
    Ok(())
}

/// Prints a part of a result to standard output as it is. Answers whether anybody reads on: false
/// after the end of `| head`.
///
/// # Errors
/// When it cannot be written, such as to a full disk.
pub(crate) fn print_part(text: &str) -> Result<bool, PrintError> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(PrintError::Write(error)),
    }
}

/// Prints an answer of the API as it came.
///
/// # Errors
/// Those of [`print()`].
pub(crate) fn print_json<T: Serialize>(answer: &T) -> Result<(), PrintError> {
    print(&to_json(answer)?)
}

/// An answer of the API as it came.
///
/// # Errors
/// When it has no JSON.
pub(crate) fn to_json<T: Serialize>(answer: &T) -> Result<String, PrintError> {
    serde_json::to_string(answer).map_err(PrintError::Json)
}
