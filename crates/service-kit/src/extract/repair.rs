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
mod tests {
    use garde::Validate;
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize, Validate)]
    #[serde(deny_unknown_fields)]
    struct Register {
        #[garde(length(min = 1, max = 5))]
        name: String,
        #[serde(rename = "datasource_type")]
        #[garde(skip)]
        kind: Kind,
        #[garde(range(min = 1))]
        port: u16,
        #[garde(skip)]
        password: String,
        #[garde(dive)]
        tls: Option<Tls>,
        #[garde(dive)]
        #[serde(default)]
        targets: Vec<Target>,
        #[garde(skip)]
        note: Option<u8>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Mysql,
        Postgresql,
    }

    #[derive(Debug, Deserialize, Validate)]
    #[serde(deny_unknown_fields)]
    struct Tls {
        #[garde(length(min = 1))]
        mode: String,
        #[garde(skip)]
        #[expect(dead_code, reason = "only read from JSON")]
        verify: bool,
    }

    #[derive(Debug, Deserialize, Validate)]
    #[serde(deny_unknown_fields)]
    struct Target {
        #[garde(length(min = 2))]
        database: String,
    }

    impl RequestBody for Register {
        fn example() -> Value {
            json!({
                "name": "shop", "datasource_type": "mysql", "port": 3306, "password": "p",
                "tls": { "mode": "require", "verify": true },
                "targets": [{ "database": "shop" }],
            })
        }
    }

    fn problem(mut body: Value) -> Problem {
        read::<Register>(&mut body).expect_err("the body is wrong")
    }

    fn entries(body: Value) -> Vec<(String, String)> {
        let problem = problem(body);
        assert_eq!(problem.status, 422, "{problem:?}");
        problem
            .errors
            .into_iter()
            .map(|error| (error.pointer, error.detail))
            .collect()
    }

    fn pointers(body: Value) -> Vec<String> {
        entries(body)
            .into_iter()
            .map(|(pointer, _)| pointer)
            .collect()
    }

    /// The example with some members replaced.
    fn with(change: Value) -> Value {
        let mut body = Register::example();
        let Value::Object(change) = change else {
            panic!("a change is an object")
        };
        body.as_object_mut().unwrap().extend(change);
        body
    }

    #[test]
    fn a_sound_body_is_read() {
        let read: Register = read(&mut with(json!({ "datasource_type": "postgresql" }))).unwrap();
        assert_eq!(
            (read.name.as_str(), read.port, read.password.as_str()),
            ("shop", 3306, "p")
        );
        assert!(matches!(read.kind, Kind::Postgresql) && !matches!(read.kind, Kind::Mysql));
        assert_eq!(
            (read.targets[0].database.as_str(), read.note),
            ("shop", None)
        );
        assert_eq!(read.tls.unwrap().mode, "require");
    }

    #[test]
    fn every_missing_field_has_one_entry() {
        let all = ["/name", "/datasource_type", "/port", "/password"];
        assert_eq!(pointers(json!({})), all);
        assert_eq!(entries(json!({}))[0].1, "is required");
        assert_eq!(
            pointers(with(json!({ "tls": {} }))),
            ["/tls/mode", "/tls/verify"]
        );
    }

    #[test]
    fn every_wrong_field_has_one_entry_and_no_value() {
        let body = with(json!({
            "name": "too long", "datasource_type": "oracle", "port": 70_000, "password": 424_242,
            "tls": { "mode": "", "verify": "yes" },
            "targets": [{ "database": "ok" }, { "database": 1 }, { "database": "x" }, 5, {}],
            "note": -1,
        }));
        let found = entries(body);
        let say = |pointer: &str| {
            let entry = found.iter().find(|(found, _)| found == pointer);
            entry
                .unwrap_or_else(|| panic!("{pointer} in {found:?}"))
                .1
                .as_str()
        };
        assert_eq!(say("/name"), "must have a length of at most 5");
        assert_eq!(say("/datasource_type"), "must be `mysql` or `postgresql`");
        assert_eq!(say("/port"), "must be an integer from 0 to 65535");
        assert_eq!(say("/password"), "must be a string");
        assert_eq!(say("/tls/mode"), "must not be empty");
        assert_eq!(say("/tls/verify"), "must be true or false");
        assert_eq!(say("/targets/1/database"), "must be a string");
        assert_eq!(
            say("/targets/2/database"),
            "must have a length of at least 2"
        );
        assert_eq!(say("/targets/3"), "must be an object");
        assert_eq!(say("/targets/4/database"), "is required");
        assert_eq!(say("/note"), "must be an integer from 0 to 255");
        assert_eq!(found.len(), 11);
        assert!(
            found.iter().all(|(_, detail)| !detail.contains("424242")),
            "{found:?}"
        );
    }

    #[test]
    fn an_array_is_no_object() {
        assert_eq!(
            entries(json!(["shop"])),
            [(String::new(), "must be an object".to_owned())]
        );
        assert_eq!(
            entries(json!(5)),
            [(String::new(), "must be an object".to_owned())]
        );
        assert_eq!(
            pointers(with(json!({ "tls": ["require", true] }))),
            ["/tls"]
        );
        assert_eq!(
            pointers(with(json!({ "targets": [["shop"]] }))),
            ["/targets/0"]
        );
    }

    #[test]
    fn unknown_fields_are_named_wherever_they_are() {
        let problem = problem(with(json!({
            "prot": 1, "tls": { "mode": "require", "verify": true, "ca": "x" }, "port": "x",
        })));
        assert!(problem.is(ProblemType::UnknownField));
        let mut pointers: Vec<_> = problem.errors.iter().map(|error| &error.pointer).collect();
        pointers.sort();
        assert_eq!(pointers, ["/prot", "/tls/ca"]);
        assert!(problem.detail.contains("/prot"), "{}", problem.detail);
        assert!(
            problem
                .errors
                .iter()
                .any(|error| error.detail.contains("`verify`"))
        );
    }

    #[test]
    fn a_body_that_is_all_wrong_costs_little() {
        let targets: Vec<Value> = (0..1000).map(Value::from).collect();
        assert_eq!(
            entries(with(json!({ "targets": targets }))).len(),
            MOST_FAULTS
        );
    }

    #[test]
    fn an_example_that_is_wrong_itself_ends_the_search() {
        #[derive(Debug, Deserialize, Validate)]
        struct Odd {
            #[garde(skip)]
            #[expect(dead_code, reason = "only read from JSON")]
            port: u16,
        }
        impl RequestBody for Odd {
            fn example() -> Value {
                json!({ "port": "x" })
            }
        }
        for mut body in [json!({ "port": "y" }), json!({ "port": "x" }), json!({})] {
            let problem = read::<Odd>(&mut body).unwrap_err();
            assert_eq!(problem.errors[0].pointer, "/port");
        }
    }
}
