//! What a look at one thing found.

use std::error::Error;

use serde::Serialize;

use crate::output::{Table, plain};

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    /// As it should be.
    Ok,
    /// Worth a look; nothing is broken.
    Warn,
    /// Broken.
    Fail,
}

impl Status {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Check {
    /// What was looked at.
    name: String,
    pub(super) status: Status,
    /// What was found.
    detail: String,
    /// What to do about it; null where nothing need be done.
    advice: Option<String>,
}

impl Check {
    pub(super) fn ok(name: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            status: Status::Ok,
            detail: detail.into(),
            advice: None,
        }
    }

    pub(super) fn warn(
        name: impl Into<String>,
        detail: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            status: Status::Warn,
            advice: Some(advice.into()),
            ..Self::ok(name, detail)
        }
    }

    pub(super) fn fail(
        name: impl Into<String>,
        detail: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            status: Status::Fail,
            ..Self::warn(name, detail, advice)
        }
    }
}

/// All that was looked at.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    /// Whether nothing is broken.
    pub(super) ok: bool,
    checks: Vec<Check>,
}

impl Report {
    pub(super) fn new(checks: Vec<Check>) -> Self {
        Self {
            ok: checks.iter().all(|check| check.status != Status::Fail),
            checks,
        }
    }

    /// A line for each thing, and below it what to do.
    pub(super) fn render(&self) -> String {
        let mut table = Table::bare();
        for check in &self.checks {
            table.row(&[check.status.as_str(), &check.name, &check.detail]);
        }
        let lines = table.render();
        let lines = lines.lines().zip(&self.checks);
        let lines = lines.map(|(line, check)| match &check.advice {
            Some(advice) => format!("{line}\n      -> {}\n", plain(advice)),
            None => format!("{line}\n"),
        });
        lines.collect()
    }

    /// How many are how, in words.
    pub(super) fn summary(&self) -> String {
        let count = |status| {
            let checks = self.checks.iter();
            checks.filter(|check| check.status == status).count()
        };
        let (ok, warn, fail) = (count(Status::Ok), count(Status::Warn), count(Status::Fail));
        format!("{ok} ok, {warn} to look at, {fail} failed")
    }
}

/// An error with what caused it, on one line.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let message = inner.to_string();
        // Some libraries repeat the cause in their own message.
        if !text.ends_with(&message) {
            text = format!("{text}: {message}");
        }
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_stands_below_what_it_is_about() {
        let report = Report::new(vec![
            Check::ok("store", "PostgreSQL 15"),
            Check::warn("secrets\u{7}", "mode 0644", "chmod 600 x\u{1b}"),
        ]);
        assert!(report.ok);
        assert_eq!(
            report.render(),
            "ok    store         PostgreSQL 15\n\
             warn  secrets\\u{7}  mode 0644\n      -> chmod 600 x\\u{1b}\n"
        );
        assert_eq!(report.summary(), "1 ok, 1 to look at, 0 failed");
        assert!(!Report::new(vec![Check::fail("a", "b", "c")]).ok);
    }
}
