//! The programs `meta` and `manager`, run as an operator does.

use std::process::{Command, Output};

const PROGRAMS: [&str; 2] = ["meta", "manager"];

/// What no program prints. The key is for `meta` alone.
const SECRETS: [(&str, &str); 3] = [
    (
        "AUTH__JWT_SECRET",
        "a-key-that-nobody-may-read-in-a-terminal",
    ),
    (
        "AUTH__SERVICE_SECRET",
        "another-key-that-is-not-for-a-terminal",
    ),
    (
        "SECRETS__KEY",
        "bm90IHRvIGJlIHJlYWQgaW4gYW55IHRlcm1pbmFsISE=",
    ),
];

/// What the program says, with nothing in its environment but these variables.
fn run(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(test_support::programs().join(program))
        .args(arguments)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .expect("the program can be run")
}

/// What `config check` says of these variables beside those without which there is no service.
fn check(program: &str, variables: &[(&str, &str)]) -> Output {
    let url = (
        "STORE__URL",
        "postgresql://login:hidden-in-a-url@store/plumbline",
    );
    let needed = SECRETS.into_iter().chain([url]);
    let needed = needed.filter(|(name, _)| program == "meta" || *name != "SECRETS__KEY");
    let needed: Vec<_> = needed
        .map(|(name, value)| (variable(program, name), value))
        .collect();
    let needed = needed.iter().map(|(name, value)| (name.as_str(), *value));
    let all: Vec<_> = needed.chain(variables.iter().copied()).collect();
    run(program, &["config", "check"], &all)
}

/// The variable for a setting of a program.
fn variable(program: &str, setting: &str) -> String {
    format!("{}__{setting}", program.to_uppercase())
}

#[test]
fn health_is_bad_where_nothing_serves() {
    for program in PROGRAMS {
        // A port of the system's own, for a protocol that nobody speaks.
        let port = variable(program, "SERVER__PORT");
        let asked = run(program, &["health"], &[(&port, "1")]);
        let said = String::from_utf8_lossy(&asked.stderr);
        assert_eq!(asked.status.code(), Some(1), "{said}");
        assert!(said.contains(&format!("{program} is not ready")), "{said}");
    }
}

#[test]
fn settings_are_printed_without_secrets() {
    for program in PROGRAMS {
        let checked = check(program, &[]);
        assert!(checked.status.success(), "{checked:?}");
        let said = String::from_utf8_lossy(&checked.stdout);
        assert!(said.contains("jwt_secret = \"[redacted]\""), "{said}");
        for (name, secret) in SECRETS {
            assert!(!said.contains(secret), "{program}: {name}: {said}");
        }
        assert!(!said.contains("hidden-in-a-url"), "{program}: {said}");
    }
}

/// The filter of the log that is in effect.
fn filter(program: &str, variables: &[(&str, &str)]) -> String {
    let output = check(program, variables);
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{program}: {said}");
    let line = said.lines().find(|line| line.starts_with("filter = "));
    line.expect("the filter").to_owned()
}

#[test]
fn rust_log_is_below_the_services_own_variable_only() {
    for program in PROGRAMS {
        let own = variable(program, "LOG__FILTER");
        let with = |variables: &[_]| filter(program, variables);
        assert_eq!(
            with(&[("RUST_LOG", "debug,sqlx=warn")]),
            "filter = \"debug,sqlx=warn\""
        );
        assert_eq!(
            with(&[("RUST_LOG", "debug"), (&own, "warn")]),
            "filter = \"warn\""
        );
        assert!(with(&[("RUST_LOG", "")]).starts_with("filter = \"info,"));
    }
}

#[test]
fn a_filter_that_cannot_be_read_is_told() {
    for program in PROGRAMS {
        let output = check(program, &[("RUST_LOG", "sqlx=loudly")]);
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(
            !output.status.success() && said.contains("log.filter or RUST_LOG cannot be read"),
            "{program}: {said}"
        );
    }
}
