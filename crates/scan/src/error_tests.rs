use models::datasource::Engine;

use super::*;

#[test]
fn long_texts_are_cut_between_characters() {
    assert_eq!(cut("short"), "short");
    let long = cut(&"ä".repeat(5000)).into_owned();
    assert_eq!((long.len(), long.ends_with("ä...")), (2003, true));
}

#[test]
fn of_what_the_driver_says_as_much_is_kept() {
    let long = "word ".repeat(10_000);
    let place = " (sqlx_mysql::connection::auth:21)";
    for error in [
        sqlx::Error::Protocol(format!("{long}{place}")),
        sqlx::Error::Configuration(long.clone().into()),
    ] {
        let said = of_driver(&error);
        assert_eq!(said.len(), TOLD + 3, "{error:?}");
    }
    // What somebody says who knows where it will stand is not the end of it.
    let error = sqlx::Error::Protocol(format!("unknown (sqlx) word{place}"));
    assert_eq!(of_driver(&error), "unknown (sqlx) word");
}

#[test]
fn who_answers_is_told_from_who_was_expected() {
    for (engine, name) in [
        (Engine::Postgresql, "of PostgreSQL: x;"),
        (Engine::Mysql, "of MySQL and MariaDB: x;"),
    ] {
        let error = foreign(&Target::example(engine), "x").to_string();
        assert!(error.contains(name), "{error}");
    }
}

fn text() -> String {
    "x".to_owned()
}

#[test]
fn what_the_network_or_other_sessions_did_may_pass() {
    let limit = Duration::from_secs(1);
    for error in [
        ScanError::Resolve {
            host: text(),
            cause: text(),
        },
        ScanError::Connect {
            address: text(),
            cause: text(),
            advice: text(),
        },
        ScanError::Interrupted {
            what: text(),
            cause: text(),
        },
        ScanError::Timeout {
            what: text(),
            limit,
        },
        ScanError::Conflict {
            what: text(),
            cause: text(),
        },
    ] {
        assert!(error.is_transient(), "{error:?}");
    }
}

#[test]
fn what_somebody_must_change_cannot_pass() {
    for error in [
        ScanError::Forbidden { host: text() },
        ScanError::Local { cause: text() },
        ScanError::Hostile {
            address: text(),
            cause: text(),
        },
        ScanError::TooMuch {
            what: text(),
            most: text(),
        },
        ScanError::Protocol {
            address: text(),
            engine: "PostgreSQL",
            cause: text(),
        },
        ScanError::Tls {
            address: text(),
            cause: text(),
            advice: text(),
        },
        ScanError::Authentication {
            username: text(),
            cause: text(),
            advice: text(),
        },
        ScanError::UnknownDatabase { database: text() },
        ScanError::Privilege {
            action: text(),
            cause: text(),
        },
        ScanError::UnsupportedVersion {
            version: text(),
            hint: "x",
        },
        ScanError::Statement {
            what: text(),
            cause: text(),
        },
    ] {
        assert!(!error.is_transient(), "{error:?}");
    }
}
