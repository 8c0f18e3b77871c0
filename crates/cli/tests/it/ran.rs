//! A command that has ended.

use std::fmt::{self, Display};

use serde_json::Value;

/// How a command ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The arguments.
    pub(crate) line: String,
    /// The exit status; None when a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// The command, which must have ended with this exit status.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }

    /// The command, which must have ended with this exit status, printed no result, and said this
    /// on standard error.
    #[track_caller]
    pub(crate) fn only_says(self, code: i32, parts: &[&str]) -> Self {
        let ran = self.exits(code);
        assert_eq!(ran.stdout, "", "{ran}");
        for part in parts {
            assert!(ran.stderr.contains(part), "no {part:?} in {ran}");
        }
        ran
    }

    /// The one JSON document on standard output, on which nothing else may be.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let whole = serde_json::from_str(&self.stdout);
        whole.unwrap_or_else(|error| panic!("{error}, in {self}"))
    }
}

impl Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            code,
            stdout,
            stderr,
        } = self;
        write!(
            f,
            "plumb {line}: {code:?}\n--- stdout\n{stdout}\n--- stderr\n{stderr}"
        )
    }
}
