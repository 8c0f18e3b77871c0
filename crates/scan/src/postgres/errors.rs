//! What an error of the driver or the server means for a scan.
//!
//! Codes are SQLSTATEs (`PostgreSQL` manual, appendix A, "Error Codes").

use std::io;

use models::datasource::TlsMode;
use sqlx::error::DatabaseError;

use crate::error::{cut, of_driver, refused};
pub(super) use crate::error::{foreign, interrupted, malformed, statement};
use crate::quote::postgres as quoted;
use crate::session::WriteError;
use crate::target::Limits;
use crate::{ScanError, Target};

/// A statement that failed, and whether one object alone may be to blame.
#[derive(Debug)]
pub(super) struct Failure {
    /// What it means for the statement.
    pub(super) error: ScanError,
    /// What the server said, where it may have failed at a single object that it could not print.
    pub(super) at_object: Option<String>,
    /// Whether it is that object's lock that was waited for in vain.
    pub(super) is_locked: bool,
}

impl From<Failure> for ScanError {
    fn from(failure: Failure) -> Self {
        failure.error
    }
}

impl From<ScanError> for Failure {
    fn from(error: ScanError) -> Self {
        Self {
            error,
            at_object: None,
            is_locked: false,
        }
    }
}

/// Whether there are too many connections at the moment.
pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    code(error).is_some_and(|code| code == "53300")
}

/// Whether no line of `pg_hba.conf` lets in secure connections.
pub(super) fn is_secure_refused(error: &sqlx::Error) -> bool {
    code(error).is_some_and(|code| code == "28000")
}

/// What an error met while connecting and logging in means.
pub(super) fn while_connecting(error: &sqlx::Error, target: &Target, database: &str) -> ScanError {
    match error {
        sqlx::Error::Database(error) => refusal(&**error, target, database),
        sqlx::Error::Io(error) => io_failure(error, target),
        sqlx::Error::Protocol(cause) if cause.contains("unsupported") || cause.contains("SASL") => {
            refused(
                target,
                of_driver(error),
                "let this login in by scram-sha-256 or md5 in pg_hba.conf",
            )
        }
        other => foreign(target, of_driver(other)),
    }
}

fn io_failure(error: &io::Error, target: &Target) -> ScanError {
    let cause = error.to_string();
    match error.kind() {
        // What came was taken for the length of a message that never came.
        io::ErrorKind::UnexpectedEof if cause.contains("expected") && !cause.contains("got 0 ") => {
            foreign(target, "its answer is no message of the protocol")
        }
        _ => ScanError::unreachable(target, error),
    }
}

/// What the server's answer to a login means.
fn refusal(error: &dyn DatabaseError, target: &Target, database: &str) -> ScanError {
    let code = error.code().unwrap_or_default();
    let cause = format!("{} ({code})", cut(error.message()));
    let closed = |advice: &str| ScanError::Connect {
        address: target.address(),
        cause: cause.clone(),
        advice: advice.to_owned(),
    };
    let user = quoted(&target.username);
    match &*code {
        "3D000" => ScanError::UnknownDatabase {
            database: database.to_owned(),
        },
        "42501" => ScanError::Privilege {
            action: format!("connect to the database {database}"),
            cause: format!(
                "{cause}; as the owner of the database: GRANT CONNECT ON DATABASE {} TO {user}",
                quoted(database)
            ),
        },
        // It accepts no connections, or its DROP was interrupted.
        "55000" => ScanError::Privilege {
            action: format!("connect to the database {database}"),
            cause,
        },
        // The driver writes the name into a message whose parts are separated by commas.
        "08P01" if target.username.contains(',') => refused(
            target,
            cause,
            "the driver cannot log in by SCRAM under a name with a comma; use another login",
        ),
        // Poolers refuse settings of a session that they do not know with 08P01.
        "08P01" | "0A000" => foreign(target, cause),
        "28P01" => refused(
            target,
            cause,
            "check user name, password, and on the server until when the password is valid (VALID UNTIL of the role); the server's log says which it was",
        ),
        "28000" => refused(target, cause, on_refusal(error.message(), target, database)),
        "53300" => closed(
            "wait, or raise the limit: max_connections of the server, CONNECTION LIMIT of the role or the database",
        ),
        "57P03" => closed("wait until the server has started"),
        _ => match code.get(..2) {
            Some("28") => refused(target, cause, "check user name and password"),
            Some("53" | "57" | "08") => closed("look into the server's log, and try again later"),
            _ => statement("the answer to the login", cause),
        },
    }
}

/// A login may be refused before its password is looked at: by the server's list of who may come from
/// where, whose file every language names the same, or since the role is none that logs in.
fn on_refusal(message: &str, target: &Target, database: &str) -> String {
    let user = quoted(&target.username);
    if message.contains("pg_hba.conf") {
        let kind = if target.tls.mode == TlsMode::Disable {
            "hostnossl"
        } else {
            "hostssl"
        };
        format!(
            "let the login in by a line of pg_hba.conf, such as `{kind} {} {user} ADDRESS/32 scram-sha-256` with the address that the server names, above any line that rejects it, and SELECT pg_reload_conf()",
            quoted(database)
        )
    } else {
        format!(
            "check the user name; a role without the right to log in gets it by ALTER ROLE {user} LOGIN"
        )
    }
}

/// What an error met while reading `what` means.
pub(super) fn while_reading(error: &sqlx::Error, what: &str, limits: &Limits) -> Failure {
    match error {
        sqlx::Error::Database(error) => {
            let code = error.code().unwrap_or_default();
            let message = cut(error.message());
            let at_object = is_at_object(&code).then(|| message.to_string());
            Failure {
                error: failure(&code, format!("{message} ({code})"), what, limits),
                at_object,
                is_locked: code == "55P03",
            }
        }
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) => interrupted(what, of_driver(error)).into(),
        other => statement(what, of_driver(other)).into(),
    }
}

/// What a code in answer to a statement means.
fn failure(code: &str, cause: String, what: &str, limits: &Limits) -> ScanError {
    match code {
        "57014" => ScanError::Timeout {
            what: format!("reading {what}"),
            limit: limits.statement_timeout,
        },
        "55P03" => ScanError::Timeout {
            what: format!("waiting for a lock while reading {what}"),
            limit: limits.lock_timeout,
        },
        "42501" => ScanError::Privilege {
            action: format!("read {what}"),
            cause,
        },
        "40P01" => ScanError::Conflict {
            what: what.to_owned(),
            cause,
        },
        // 25P03 and the rest of 57: the session was ended. 40001: a standby had to drop what we read.
        "25P03" | "40001" => interrupted(what, cause),
        _ if code.starts_with("08") || code.starts_with("57") => interrupted(what, cause),
        _ => statement(what, cause),
    }
}

/// What an error met while changing something means.
pub(super) fn while_writing(error: &sqlx::Error) -> WriteError {
    let error = match error {
        sqlx::Error::Database(error) => error,
        other => return WriteError::interrupted(of_driver(other)),
    };
    let code = error.code().unwrap_or_default();
    refusal_of_change(&code, cut(error.message()).into_owned())
}

/// What a code in answer to a change means.
fn refusal_of_change(code: &str, message: String) -> WriteError {
    let with_code = || format!("{message} ({code})");
    match code {
        // A key that is twice in one statement, rows too large.
        "21000" | "54000" => WriteError::rows(code, message),
        // Data, constraints, views WITH CHECK OPTION, and what functions of triggers say by RAISE and ASSERT.
        _ if ["22", "23", "44", "P0"]
            .iter()
            .any(|class| code.starts_with(class))
            || is_made_up(code) =>
        {
            WriteError::rows(code, message)
        }
        "57014" => WriteError::Stopped { cause: with_code() },
        "55P03" | "40P01" | "40001" => WriteError::Conflict { cause: with_code() },
        _ if ["08", "57", "53"]
            .iter()
            .any(|class| code.starts_with(class))
            || code == "25P03" =>
        {
            WriteError::interrupted(with_code())
        }
        _ => WriteError::Refused { cause: with_code() },
    }
}

/// Whether a code is of nobody but the author of a function: classes that begin with 5 to 9 or I to Z are for whoever
/// implements (SQL standard, "SQLSTATE"), and these are not the server's own.
fn is_made_up(code: &str) -> bool {
    let is_free = code.starts_with(|first| matches!(first, '5'..='9' | 'I'..='Z'));
    is_free
        && !["53", "54", "55", "57", "58", "72", "P0", "XX"]
            .iter()
            .any(|class| code.starts_with(class))
}

/// Whether a code can come from printing one object: it is locked, or its catalog rows are damaged
/// or beyond the printer's limits.
fn is_at_object(code: &str) -> bool {
    code == "55P03"
        || ["XX", "42", "22", "54"]
            .iter()
            .any(|class| code.starts_with(class))
}

fn code(error: &sqlx::Error) -> Option<std::borrow::Cow<'_, str>> {
    error.as_database_error().and_then(DatabaseError::code)
}

#[cfg(test)]
#[path = "errors_tests.rs"]
mod tests;
