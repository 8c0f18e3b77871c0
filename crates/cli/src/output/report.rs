//! Errors and hints on standard error.

use std::error::Error as StdError;
use std::fmt::Write as _;
use std::io::Write as _;

use models::Problem;

use super::plain;
use crate::error::Error;

/// Tells why a command failed.
pub(crate) fn report(error: &Error) {
    let text = match error {
        Error::Client(error) => {
            let mut text = error.problem().map_or_else(|| causes(error), problem);
            if let Some(advice) = error.advice() {
                // Writing to a `String` cannot fail.
                let _ = writeln!(text, "  hint: {}", plain(advice));
            }
            if let Some(goes_on) = error.goes_on() {
                let _ = writeln!(text, "  {goes_on}");
            }
            text
        }
        other => causes(other),
    };
    to_stderr(&format!("plumb: {text}"));
}

/// Tells what may be done next.
pub(crate) fn hint(text: &str) {
    to_stderr(&format!("{text}\n"));
}

fn to_stderr(text: &str) {
    // There is nowhere left to tell of a failure.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// An error and what caused it, a line each.
fn causes(error: &dyn StdError) -> String {
    let mut text = lines(&error.to_string());
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let message = inner.to_string();
        // Some libraries repeat the cause in their own message.
        if !told.ends_with(&message) {
            let _ = writeln!(text, "  because: {}", lines(&message).trim_end());
        }
        told = message;
        cause = inner.source();
    }
    text
}

/// A problem of the API: what it is, what happened, each field, and the request's id.
fn problem(problem: &Problem) -> String {
    let mut text = format!("{} ({})\n", plain(&problem.title), problem.status);
    if !problem.detail.is_empty() {
        let _ = write!(text, "  {}", lines(&problem.detail));
    }
    for error in &problem.errors {
        let told = format!("{}: {}", error.pointer, error.detail);
        if told != problem.detail {
            let _ = writeln!(text, "  {}", plain(&told));
        }
    }
    if let Some(id) = &problem.request_id {
        let _ = writeln!(text, "  request: {}", plain(id));
    }
    text
}

/// Harmless text whose lines after the first are indented, with a line break at the end.
fn lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(plain).collect();
    format!("{}\n", lines.join("\n    "))
}

#[cfg(test)]
mod tests {
    use models::{FieldError, ProblemType};

    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{text}")]
    struct Chained {
        text: &'static str,
        source: Option<Box<Chained>>,
    }

    fn chained(texts: &[&'static str]) -> Chained {
        let (text, rest) = texts.split_first().expect("at least one");
        let source = (!rest.is_empty()).then(|| Box::new(chained(rest)));
        Chained { text, source }
    }

    #[test]
    fn causes_are_told_once() {
        let error = chained(&[
            "no store",
            "connecting: refused",
            "refused",
            "os\u{1b}\nerror",
        ]);
        assert_eq!(
            causes(&error),
            "no store\n  because: connecting: refused\n  because: os\\u{1b}\n    error\n"
        );
    }

    #[test]
    fn a_problem_shows_every_field_and_the_request() {
        let errors = vec![
            FieldError::new("/port", "must be above 0"),
            FieldError::new("/host", "empty\u{7}"),
        ];
        let mut shown = Problem::fields(errors);
        shown.request_id = Some("r-1".into());
        assert_eq!(
            problem(&shown),
            "Some values have to be changed (422)\n  2 fields have to be changed; see errors\n  \
             /port: must be above 0\n  /host: empty\\u{7}\n  request: r-1\n"
        );
        let one = problem(&Problem::field("/port", "must be above 0"));
        assert_eq!(one.matches("/port").count(), 1, "{one}");
        let plain = problem(&Problem::new(ProblemType::ScanActive, "wait"));
        assert_eq!(
            plain,
            "A scan of this data source is active (409)\n  wait\n"
        );
    }
}
