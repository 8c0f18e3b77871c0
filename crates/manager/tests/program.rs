//! The program `manager`, run as an operator does. Tests of the whole start it too, from where cargo puts it for this one.

use std::process::{Command, Output};

/// What the program says, with nothing in its environment but these variables.
fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_manager"))
        .args(arguments)
        .env_clear()
        .envs(environment.iter().copied())
        .output()
        .expect("the program can be run")
}

#[test]
fn help_is_a_contract() {
    let help = run(&["--help"], &[]);
    assert!(help.status.success(), "{help:?}");
    insta::assert_snapshot!(String::from_utf8_lossy(&help.stdout), @r"
    Plumbline's service for managed objects and permissions

    Usage: manager [OPTIONS] <COMMAND>

    Commands:
      serve    Migrate the store, then serve the API and follow scans until SIGTERM or Ctrl-C
      migrate  Migrate the store and exit
      health   Ask the running service on this machine whether it is ready; exit status 0 if so
      config   Look at the settings
      help     Print this message or the help of the given subcommand(s)

    Options:
          --config <FILE>  A TOML file with the settings that differ from the defaults [env: MANAGER_CONFIG=]
      -h, --help           Print help
      -V, --version        Print version
    ");
}

#[test]
fn health_is_bad_where_nothing_serves() {
    // A port of the system's own, for a protocol that nobody speaks.
    let asked = run(&["health"], &[("MANAGER__SERVER__PORT", "1")]);
    let said = String::from_utf8_lossy(&asked.stderr);
    assert_eq!(asked.status.code(), Some(1), "{said}");
    assert!(said.contains("manager is not ready"), "{said}");
}

#[test]
fn settings_are_printed_without_secrets() {
    let secrets = [
        (
            "MANAGER__AUTH__JWT_SECRET",
            "a-key-that-nobody-may-read-in-a-terminal",
        ),
        (
            "MANAGER__AUTH__SERVICE_SECRET",
            "another-key-that-is-not-for-a-terminal",
        ),
    ];
    let url = "postgresql://login:hidden-in-a-url@store/plumbline";
    let environment = [&secrets[..], &[("MANAGER__STORE__URL", url)]].concat();
    let checked = run(&["config", "check"], &environment);
    assert!(checked.status.success(), "{checked:?}");
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(said.contains("jwt_secret = \"[redacted]\""), "{said}");
    for (name, secret) in secrets {
        assert!(!said.contains(secret), "{name}: {said}");
    }
    assert!(!said.contains("hidden-in-a-url"), "{said}");
}

/// What it refuses to be without.
const NEEDED: [(&str, &str); 3] = [
    ("MANAGER__STORE__URL", "postgresql://app@db/plumbline"),
    (
        "MANAGER__AUTH__JWT_SECRET",
        "32 bytes or more for users tokens",
    ),
    (
        "MANAGER__AUTH__SERVICE_SECRET",
        "32 bytes or more for services tokens",
    ),
];

/// The filter of the log that is in effect.
fn filter(variables: &[(&str, &str)]) -> String {
    let output = run(&["config", "check"], &[&NEEDED[..], variables].concat());
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{said}");
    let line = said.lines().find(|line| line.starts_with("filter = "));
    line.expect("the filter").to_owned()
}

#[test]
fn rust_log_is_below_the_services_own_variable_only() {
    let own = ("MANAGER__LOG__FILTER", "warn");
    assert_eq!(
        filter(&[("RUST_LOG", "debug,sqlx=warn")]),
        "filter = \"debug,sqlx=warn\""
    );
    assert_eq!(filter(&[("RUST_LOG", "debug"), own]), "filter = \"warn\"");
    assert!(filter(&[("RUST_LOG", "")]).starts_with("filter = \"info,"));
}

#[test]
fn a_filter_that_cannot_be_read_is_told() {
    let output = run(&["config", "check"], &[("RUST_LOG", "sqlx=loudly")]);
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(
        !output.status.success() && said.contains("log.filter or RUST_LOG cannot be read"),
        "{said}"
    );
}
