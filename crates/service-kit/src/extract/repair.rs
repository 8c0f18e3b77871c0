//! One entry for each field that is wrong, though serde stops at the first.
//!
//! What is wrong is put right with the request's own example and read again, until the rest of the
//! body has been seen. What was read from a body that had to be put right is thrown away.

use std::collections::HashSet;

use models::{FieldError, Problem, ProblemType};
use serde_json::Value;

use super::pointer::Pointer;
use super::words::{self, Fault};
use super::zero;
use models::RequestBody;

/// What to say of a name that is given more than once.
pub(super) const REPEATED: &str = "is given more than once";

/// How many faults are looked for, so that a large body that is all wrong costs little.
const MOST_FAULTS: usize = 50;

/// Reads a body that is JSON.
///
/// # Errors
///
/// 400 `unknown-field` naming the fields that the request does not have, else 422 with one entry
/// for each field that is missing or wrong.
pub(super) fn read<T: RequestBody>(body: &mut Value) -> Result<T, Problem> {
    let not_yet = T::not_yet(body);
    if !not_yet.is_empty() {
        return Err(Problem::fields(not_yet));
    }
    let example = T::example();
    let zeros = zero::in_body(body);
    let mut found = Found::default();
    found.objects_given_as_arrays(body, &example, &Pointer::default());
    let read = loop {
        match serde_path_to_error::deserialize::<_, T>(&*body) {
            Ok(read) => break Some(read),
            Err(error) => {
                if !found.note(&error, body, &example) {
                    break None;
                }
            }
        }
    };
    if let Some(read) = &read
        && let Err(report) = read.validate()
    {
        found.violations(&report);
    }
    found.zeros(&zeros);
    match read {
        Some(read) if found.is_empty() => Ok(read),
        _ => Err(found.into_problem()),
    }
}

/// What was found so far.
#[derive(Default)]
struct Found {
    unknown: Vec<FieldError>,
    wrong: Vec<FieldError>,
    /// Where the body no longer is what the caller sent.
    repaired: HashSet<Pointer>,
}

impl Found {
    fn is_empty(&self) -> bool {
        self.unknown.is_empty() && self.wrong.is_empty()
    }

    /// Notes a fault and puts it right. Says whether reading again may find another one.
    fn note(
        &mut self,
        error: &serde_path_to_error::Error<serde_json::Error>,
        body: &mut Value,
        example: &Value,
    ) -> bool {
        let at = Pointer::from_serde(error.path(), body);
        let (at, detail, unknown) = match words::read(&error.inner().to_string()) {
            Fault::Missing(name) => (at.join(&name), "is required".to_owned(), false),
            Fault::Unknown(name, known) => (at.ending_in(&name), unknown_detail(&known), true),
            // Possible where serde gives one field two names.
            Fault::Repeated(name) => (at.ending_in(&name), REPEATED.to_owned(), false),
            Fault::Wrong(detail) => (at, detail, false),
        };
        if !self.repaired.insert(at.clone()) {
            // The example is wrong here as well: nothing more can be learned.
            return false;
        }
        let list = if unknown {
            &mut self.unknown
        } else {
            &mut self.wrong
        };
        list.push(FieldError::new(at.to_string(), detail));
        if self.repaired.len() >= MOST_FAULTS {
            return false;
        }
        let value = if unknown { None } else { at.find_like(example) };
        at.put(body, value) || (value.is_some() && at.put(body, None))
    }

    /// Serde takes an array for an object and its items for the fields in their order; JSON does
    /// not. Where the example has an object, an array is an error.
    fn objects_given_as_arrays(&mut self, body: &mut Value, example: &Value, at: &Pointer) {
        match (body, example) {
            (body @ Value::Array(_), Value::Object(_)) => {
                self.wrong
                    .push(FieldError::new(at.to_string(), "must be an object"));
                self.repaired.insert(at.clone());
                *body = example.clone();
            }
            (Value::Object(fields), Value::Object(like)) => {
                for (name, value) in fields {
                    if let Some(like) = like.get(name) {
                        self.objects_given_as_arrays(value, like, &at.join(name));
                    }
                }
            }
            (Value::Array(items), Value::Array(like)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    if let Some(like) = like.first() {
                        self.objects_given_as_arrays(item, like, &at.join(&index.to_string()));
                    }
                }
            }
            _ => {}
        }
    }

    /// Adds what garde says of values that came from the caller and not from the example.
    fn violations(&mut self, report: &garde::Report) {
        for (path, violation) in report.iter() {
            let at = Pointer::from_garde(path);
            if !self.repaired.iter().any(|repaired| repaired.overlaps(&at)) {
                let detail = words::limit(violation.message());
                self.wrong.push(FieldError::new(at.to_string(), detail));
            }
        }
    }

    /// Adds what has U+0000 and was not found wrong for another reason.
    fn zeros(&mut self, zeros: &[Pointer]) {
        for at in zeros.iter().map(ToString::to_string) {
            if !self.wrong.iter().any(|error| error.pointer == at) {
                self.wrong.push(FieldError::new(at, zero::DETAIL));
            }
        }
    }

    fn into_problem(self) -> Problem {
        let Self { unknown, wrong, .. } = self;
        if unknown.is_empty() {
            Problem::fields(wrong)
        } else {
            unknown_fields(unknown)
        }
    }
}

/// The 400 for names that a request does not know.
pub(super) fn unknown_fields(errors: Vec<FieldError>) -> Problem {
    let names: Vec<&str> = errors.iter().map(|error| error.pointer.as_str()).collect();
    let detail = format!("not known here: {}", names.join(", "));
    Problem {
        errors,
        ..Problem::new(ProblemType::UnknownField, detail)
    }
}

/// What to say of a name that is not known, given those that are.
pub(super) fn unknown_detail(known: &str) -> String {
    if known.is_empty() {
        "is not known".to_owned()
    } else {
        format!("is not known; known: {known}")
    }
}

#[cfg(test)]
#[path = "repair_tests.rs"]
mod tests;
