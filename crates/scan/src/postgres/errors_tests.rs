use std::borrow::Cow;
use std::error::Error;
use std::time::Duration;

use models::datasource::Engine;
use sqlx::error::ErrorKind;

use super::*;

/// An answer of the server.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Answer(&'static str);

impl DatabaseError for Answer {
    fn message(&self) -> &'static str {
        "no"
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self.0))
    }

    fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn Error + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn Error + Send + Sync + 'static> {
        self
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}

fn target() -> Target {
    Target::example(Engine::Postgresql)
}

fn connecting(error: impl Into<sqlx::Error>) -> ScanError {
    while_connecting(&error.into(), &target(), "shop")
}

fn reading(error: impl Into<sqlx::Error>) -> Failure {
    let limits = Limits {
        statement_timeout: Duration::from_secs(7),
        ..Limits::default()
    };
    while_reading(&error.into(), "the tables", &limits)
}

fn protocol(text: &str) -> sqlx::Error {
    sqlx::Error::Protocol(text.to_owned())
}

#[test]
fn a_refused_login_is_told_by_its_code() {
    for code in ["28P01", "28000"] {
        assert!(
            matches!(connecting(Answer(code)), ScanError::Authentication { .. }),
            "{code}"
        );
    }
    assert!(
        matches!(connecting(Answer("3D000")), ScanError::UnknownDatabase { database } if database == "shop")
    );
    for code in ["42501", "55000"] {
        assert!(
            matches!(connecting(Answer(code)), ScanError::Privilege { .. }),
            "{code}"
        );
    }
    for code in ["53300", "57P01", "57P03"] {
        assert!(connecting(Answer(code)).is_transient(), "{code}");
    }
    for code in ["08P01", "0A000"] {
        assert!(
            matches!(connecting(Answer(code)), ScanError::Protocol { .. }),
            "{code}"
        );
    }
    assert_eq!(
        connecting(Answer("42501")).to_string(),
        "the login may not connect to the database shop: no (42501); as the owner of the database: GRANT CONNECT ON DATABASE \"shop\" TO \"reader\"; grant it what it lacks and scan again"
    );
}

#[test]
fn what_is_no_postgresql_is_told_from_what_does_not_answer() {
    let io = |kind, text: &str| io::Error::new(kind, text.to_owned());
    let eof = io::ErrorKind::UnexpectedEof;
    for error in [
        protocol("unknown message type: 'J'"),
        io(
            eof,
            "expected to read 1414811695 bytes, got 343 bytes at EOF",
        )
        .into(),
    ] {
        assert!(matches!(connecting(error), ScanError::Protocol { .. }));
    }
    for error in [
        sqlx::Error::from(io(eof, "expected to read 5 bytes, got 0 bytes at EOF")),
        io(io::ErrorKind::ConnectionReset, "reset").into(),
        io(io::ErrorKind::ConnectionRefused, "refused").into(),
    ] {
        assert!(matches!(connecting(error), ScanError::Connect { .. }));
    }
    assert!(matches!(
        connecting(protocol("unsupported authentication method: Gss")),
        ScanError::Authentication { .. }
    ));
}

#[test]
fn no_message_tells_places_in_the_driver() {
    let error = connecting(protocol(
        "unknown message type: 'J' (sqlx_postgres::message:173)",
    ));
    assert_eq!(
        error.to_string(),
        "db.example:5432 does not speak the protocol of PostgreSQL: unknown message type: 'J'; \
         check the port and the type of the data source"
    );
}

#[test]
fn a_failed_statement_is_told_by_its_code() {
    assert!(
        matches!(reading(Answer("57014")).error, ScanError::Timeout { limit, .. } if limit == Duration::from_secs(7))
    );
    assert!(
        matches!(reading(Answer("55P03")).error, ScanError::Timeout { limit, .. } if limit == Duration::from_secs(5))
    );
    assert!(matches!(
        reading(Answer("42501")).error,
        ScanError::Privilege { .. }
    ));
    for code in [
        "57P01", "57P02", "57P04", "57P05", "08006", "25P03", "40001",
    ] {
        assert!(
            matches!(reading(Answer(code)).error, ScanError::Interrupted { .. }),
            "{code}"
        );
    }
    assert!(matches!(
        reading(Answer("40P01")).error,
        ScanError::Conflict { .. }
    ));
    let cut = io::Error::from(io::ErrorKind::ConnectionReset);
    assert!(matches!(reading(cut).error, ScanError::Interrupted { .. }));
    assert_eq!(
        reading(Answer("42601")).error.to_string(),
        "the server could not answer while reading the tables: no (42601)"
    );
}

#[test]
fn one_object_is_blamed_only_for_what_one_object_can_do() {
    for code in ["55P03", "XX000", "42P01", "54001"] {
        assert!(reading(Answer(code)).at_object.is_some(), "{code}");
    }
    for code in ["57014", "57P01", "53200", "40001"] {
        assert!(reading(Answer(code)).at_object.is_none(), "{code}");
    }
}

#[test]
fn no_message_holds_the_password() {
    for code in ["28P01", "28000", "3D000", "53300", "XX000"] {
        assert!(
            !connecting(Answer(code)).to_string().contains("hunter2"),
            "{code}"
        );
    }
}

#[test]
fn a_change_is_refused_for_its_rows_for_itself_or_for_now() {
    let told = |code: &str| format!("{:?}", refusal_of_change(code, "no".to_owned()));
    for (codes, kind) in [
        (
            &[
                "22P02", "23505", "23514", "44000", "21000", "P0001", "P0004", "U0001",
            ][..],
            "Rows",
        ),
        (
            &["42P01", "42703", "42501", "428C9", "25006", "XX000"],
            "Refused",
        ),
        (&["40P01", "40001", "55P03"], "Conflict"),
        (&["57014"], "Stopped"),
        (&["57P01", "08006", "53100", "25P03"], "Interrupted"),
    ] {
        for code in codes {
            assert!(told(code).starts_with(kind), "{code}: {}", told(code));
        }
    }
    assert!(refusal_of_change("40P01", String::new()).is_transient());
    assert!(!refusal_of_change("23505", String::new()).is_transient());
}
