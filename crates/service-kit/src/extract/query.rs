//! Query strings.

use axum::extract::FromRequestParts;
use http::request::Parts;
use models::{FieldError, Problem};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use url::form_urlencoded;

use super::pointer::Pointer;
use super::repair::{REPEATED, unknown_detail, unknown_fields};
use super::words::{self, Fault};
use super::zero;
use crate::problem::Reply;

/// The longest value of the named parameter, in characters: several times the longest name of a
/// server, and more for those that hold several names or values.
pub(crate) fn longest(name: &str) -> usize {
    match name {
        "cursor" | "columns" => 8_192,
        "where" => 4_000,
        _ => 1_000,
    }
}

/// The parameters of a query string, read strictly.
///
/// `T` is a struct with `#[serde(deny_unknown_fields)]` and without `flatten`, which reads numbers
/// as text. Answers 400 for parameters that it does not have and 422 with one entry for each that
/// is missing, wrong or given twice.
#[derive(Debug, Clone, Copy)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Reply;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Reply> {
        Ok(Self(read(parts.uri.query().unwrap_or_default())?))
    }
}

/// Reads a query string. What is wrong is left out and the rest read again, so that every
/// parameter gets its entry.
fn read<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let (mut pairs, mut wrong) = pairs(query);
    let mut unknown = Vec::new();
    loop {
        let text = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&pairs)
            .finish();
        let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
        let error = match serde_path_to_error::deserialize::<_, T>(reader) {
            Ok(read) if unknown.is_empty() && wrong.is_empty() => return Ok(read),
            Ok(_) => break,
            Err(error) => error,
        };
        let (name, detail, list) = match words::read(&error.inner().to_string()) {
            Fault::Missing(name) => (name, "is required".to_owned(), &mut wrong),
            Fault::Unknown(name, known) => (name, unknown_detail(&known), &mut unknown),
            Fault::Repeated(name) => (name, REPEATED.to_owned(), &mut wrong),
            Fault::Wrong(detail) => (parameter(error.path()), detail, &mut wrong),
        };
        let pointer = Pointer::default().join(&name).to_string();
        // A parameter that was wrong and left out may then be missed: one entry is enough.
        if wrong_already(list, &pointer) {
            break;
        }
        list.push(FieldError::new(pointer, detail));
        let before = pairs.len();
        pairs.retain(|(given, _)| *given != name);
        if pairs.len() == before {
            break;
        }
    }
    Err(if unknown.is_empty() {
        Problem::fields(wrong)
    } else {
        unknown_fields(unknown)
    })
}

/// The parameters, and what to say of those that are no text, have a zero in it or are too long. Read
/// with other characters in the place of what is no text, they would look for what nobody asked for.
fn pairs(query: &str) -> (Vec<(String, String)>, Vec<FieldError>) {
    let (mut pairs, mut wrong) = (Vec::new(), Vec::new());
    for part in query.split('&') {
        let is_text = percent_decode_str(part).decode_utf8().is_ok();
        for (name, value) in form_urlencoded::parse(part.as_bytes()).into_owned() {
            let detail = if !is_text {
                "must be UTF-8, percent-encoded".to_owned()
            } else if value.contains('\0') {
                zero::DETAIL.to_owned()
            } else if value.chars().count() > longest(&name) {
                format!("must have a length of at most {}", longest(&name))
            } else {
                pairs.push((name, value));
                continue;
            };
            let pointer = Pointer::default().join(&name).to_string();
            wrong.push(FieldError::new(pointer, detail));
        }
    }
    (pairs, wrong)
}

fn wrong_already(list: &[FieldError], pointer: &str) -> bool {
    list.iter().any(|error| error.pointer == pointer)
}

fn parameter(path: &serde_path_to_error::Path) -> String {
    match path.iter().next() {
        Some(Segment::Map { key }) => key.clone(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use models::ProblemType;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        resource_id: i64,
        limit: Option<u32>,
        q: Option<String>,
        #[serde(default)]
        include_removed: bool,
    }

    fn entries(query: &str) -> (u16, Vec<(String, String)>) {
        let problem = read::<Sample>(query).unwrap_err();
        let errors = problem
            .errors
            .into_iter()
            .map(|error| (error.pointer, error.detail));
        (problem.status, errors.collect())
    }

    fn entry(pointer: &str, detail: &str) -> (String, String) {
        (pointer.to_owned(), detail.to_owned())
    }

    #[test]
    fn values_are_read() {
        let sample: Sample = read("resource_id=7&q=a%20b%26c&include_removed=true").unwrap();
        let expected = Sample {
            resource_id: 7,
            limit: None,
            q: Some("a b&c".into()),
            include_removed: true,
        };
        assert_eq!(sample, expected);
    }

    #[test]
    fn every_wrong_parameter_has_one_entry() {
        let (status, errors) = entries("limit=many&include_removed=1&resource_id=x");
        assert_eq!(status, 422);
        assert_eq!(
            errors,
            [
                entry("/limit", "must be an integer"),
                entry("/include_removed", "must be true or false"),
                entry("/resource_id", "must be an integer"),
            ]
        );
        assert_eq!(entries("").1, [entry("/resource_id", "is required")]);
        assert_eq!(
            entries("resource_id=1&limit=-1").1,
            [entry("/limit", "must be an integer")]
        );
        assert_eq!(
            entries("resource_id=1&limit=").1,
            [entry("/limit", "must be an integer")]
        );
    }

    #[test]
    fn what_is_no_text_is_named() {
        let detail = "must be UTF-8, percent-encoded";
        assert_eq!(
            entries("resource_id=1&q=a%00b").1,
            [entry("/q", zero::DETAIL)]
        );
        assert_eq!(entries("resource_id=1&q=a%FF").1, [entry("/q", detail)]);
        assert_eq!(
            entries("resource_id=%E8%A8").1,
            [entry("/resource_id", detail)]
        );
        let name = entry("/q\u{fffd}", detail);
        assert_eq!(entries("resource_id=1&q%FF=a").1, [name]);
    }

    #[test]
    fn what_is_too_long_is_named() {
        let longest = "é".repeat(longest("q"));
        let read: Sample = read(&format!("resource_id=1&q={longest}")).unwrap();
        assert_eq!(read.q.as_ref(), Some(&longest));
        let error = entry("/q", "must have a length of at most 1000");
        assert_eq!(entries(&format!("resource_id=1&q={longest}x")).1, [error]);
    }

    #[test]
    fn a_repeated_parameter_is_named() {
        let repeated = entry("/resource_id", "is given more than once");
        assert_eq!(entries("resource_id=1&resource_id=2").1, [repeated]);
    }

    #[test]
    fn unknown_parameters_come_first() {
        let problem = read::<Sample>("limit=x&offset=3&page=2").unwrap_err();
        assert!(problem.is(ProblemType::UnknownField));
        assert_eq!(problem.detail, "not known here: /offset, /page");
    }
}
