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
