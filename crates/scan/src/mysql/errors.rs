//! What an error of the driver or the server means for a scan.
//!
//! Numbers below 3000 are shared by both servers, those above are `MySQL`'s or `MariaDB`'s own
//! (`MySQL` "Server Error Message Reference"; `MariaDB` "Error Codes").

use std::io;

use sqlx::mysql::MySqlDatabaseError;

use crate::target::Limits;
use crate::{ScanError, Target};

/// What an error met while connecting and logging in means.
pub(super) fn while_connecting(error: &sqlx::Error, target: &Target) -> ScanError {
    let address = address(target);
    match error {
        sqlx::Error::Database(error) => match error.try_downcast_ref::<MySqlDatabaseError>() {
            Some(error) => refusal(error.number(), error.message(), target),
            None => ScanError::Connect {
                address,
                cause: error.to_string(),
            },
        },
        sqlx::Error::Tls(cause) => ScanError::Tls {
            address,
            cause: without_certificate(cause.to_string()),
        },
        // The handshake of TLS reports its own failures as invalid data on the socket.
        sqlx::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => ScanError::Tls {
            address,
            cause: error.to_string(),
        },
        sqlx::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            ScanError::Connect {
                address,
                cause: "it closed the connection before the login was done".to_owned(),
            }
        }
        sqlx::Error::Io(error) => ScanError::Connect {
            address,
            cause: error.to_string(),
        },
        sqlx::Error::Protocol(cause) if cause.contains("authentication plugin") => {
            ScanError::Authentication {
                username: target.username.clone(),
                cause: without_place(cause).to_owned(),
            }
        }
        sqlx::Error::Protocol(cause) => ScanError::Protocol {
            address,
            engine: ENGINE,
            cause: without_place(cause).to_owned(),
        },
        other => ScanError::Protocol {
            address,
            engine: ENGINE,
            cause: other.to_string(),
        },
    }
}

/// Whether the other side ended the connection.
pub(super) fn is_hanging_up(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Io(error) if matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
    ))
}

/// What an error met while reading `what` means.
pub(super) fn while_reading(error: &sqlx::Error, what: &str, limits: &Limits) -> ScanError {
    match error {
        sqlx::Error::Database(error) => match error.try_downcast_ref::<MySqlDatabaseError>() {
            Some(error) => failure(error.number(), error.message(), what, limits),
            None => statement(what, error.to_string()),
        },
        sqlx::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            interrupted(what, "the server closed it")
        }
        sqlx::Error::Io(error) => interrupted(what, error.to_string()),
        sqlx::Error::Protocol(cause) => statement(what, without_place(cause)),
        other => statement(what, other.to_string()),
    }
}

/// The driver's message without the place in its source that it ends with.
fn without_place(message: &str) -> &str {
    match message.rsplit_once(" (sqlx") {
        Some((message, _)) => message,
        None => message,
    }
}

/// The driver's message without the text of a certificate that it could not read.
fn without_certificate(message: String) -> String {
    match message.split_once("-----BEGIN") {
        Some(_) => "the authority's certificate is no valid PEM".to_owned(),
        None => message,
    }
}

/// The engine's name in messages.
pub(super) const ENGINE: &str = "MySQL and MariaDB";

/// Host and port, for messages.
pub(super) fn address(target: &Target) -> String {
    format!("{}:{}", target.host, target.port)
}

/// The session ended while `what` was read.
pub(super) fn interrupted(what: &str, cause: impl Into<String>) -> ScanError {
    ScanError::Interrupted {
        what: what.to_owned(),
        cause: cause.into(),
    }
}

/// The server could not answer.
pub(super) fn statement(what: &str, cause: impl Into<String>) -> ScanError {
    ScanError::Statement {
        what: what.to_owned(),
        cause: cause.into(),
    }
}

/// What an error number in answer to a login means.
fn refusal(number: u16, message: &str, target: &Target) -> ScanError {
    let cause = format!("{message} (error {number})");
    match number {
        // No such database, or no right on it: the server tells only those it trusts which.
        1044 | 1049 => ScanError::UnknownDatabase {
            database: target.database.clone().unwrap_or_default(),
        },
        // Too many connections, aborted ones, a limit of the login, the server stopping.
        1040 | 1053 | 1129 | 1203 | 1226 | 3032 => ScanError::Connect {
            address: address(target),
            cause,
        },
        // Only encrypted connections are let in.
        3159 | 4066 => ScanError::Tls {
            address: address(target),
            cause,
        },
        // 1045, 1698 access denied, 1130 wrong host, 1251 old protocol, 1820, 1862 password
        // expired, 3118, 4151 account locked, and whatever else a server answers to a login.
        _ => ScanError::Authentication {
            username: target.username.clone(),
            cause,
        },
    }
}

/// What an error number in answer to a statement means.
fn failure(number: u16, message: &str, what: &str, limits: &Limits) -> ScanError {
    let cause = format!("{message} (error {number})");
    match number {
        // max_execution_time of MySQL, max_statement_time of MariaDB.
        3024 | 1969 => ScanError::Timeout {
            what: format!("reading {what}"),
            limit: limits.statement_timeout,
        },
        1205 => ScanError::Timeout {
            what: format!("waiting for a lock on {what}"),
            limit: limits.lock_timeout,
        },
        1044 | 1142 | 1143 | 1227 | 1345 | 1370 => ScanError::Privilege {
            action: format!("read {what}"),
            cause,
        },
        // Server stopping, statement or session killed, connection aborted or idle for too long.
        1053
        | 1079
        | 1080
        | 1152
        | 1158..=1161
        | 1184
        | 1317
        | 1927
        | 2006
        | 2013
        | 3169
        | 4031 => interrupted(what, cause),
        _ => statement(what, cause),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use models::datasource::{Engine, Tls};
    use secrecy::SecretString;

    use super::*;

    fn target() -> Target {
        Target {
            engine: Engine::Mysql,
            host: "db.example".to_owned(),
            port: 3306,
            username: "reader".to_owned(),
            password: SecretString::from("hunter2"),
            database: Some("shop".to_owned()),
            tls: Tls::default(),
            filters: crate::Filters::default(),
            limits: Limits::default(),
        }
    }

    #[test]
    fn a_refused_login_is_told_by_its_number() {
        for number in [1045, 1698, 1130, 1251, 1862, 3118, 4151, 9999] {
            let error = refusal(number, "Access denied", &target());
            assert!(
                matches!(error, ScanError::Authentication { .. }),
                "{number}: {error}"
            );
        }
        for number in [1044, 1049] {
            let error = refusal(number, "no", &target());
            assert!(
                matches!(&error, ScanError::UnknownDatabase { database } if database == "shop"),
                "{number}: {error}"
            );
        }
        for number in [1040, 1203] {
            assert!(
                refusal(number, "Too many connections", &target()).is_transient(),
                "{number}"
            );
        }
        assert!(matches!(
            refusal(3159, "insecure transport", &target()),
            ScanError::Tls { .. }
        ));
    }

    #[test]
    fn a_failed_statement_is_told_by_its_number() {
        let limits = Limits {
            statement_timeout: Duration::from_secs(7),
            ..Limits::default()
        };
        let fail = |number| failure(number, "m", "the tables of shop", &limits);
        assert!(matches!(fail(3024), ScanError::Timeout { limit, .. } if limit.as_secs() == 7));
        assert!(matches!(fail(1969), ScanError::Timeout { .. }));
        assert!(
            matches!(fail(1205), ScanError::Timeout { limit, .. } if limit == limits.lock_timeout)
        );
        for number in [1044, 1142, 1227, 1370] {
            assert!(
                matches!(fail(number), ScanError::Privilege { .. }),
                "{number}"
            );
        }
        for number in [1053, 1317, 1927, 2006, 2013] {
            assert!(
                matches!(fail(number), ScanError::Interrupted { .. }),
                "{number}"
            );
        }
        assert!(matches!(fail(1064), ScanError::Statement { .. }));
        assert_eq!(
            fail(1064).to_string(),
            "the server could not answer while reading the tables of shop: m (error 1064)"
        );
    }

    #[test]
    fn errors_of_the_driver_while_connecting() {
        let connecting = |error: sqlx::Error| while_connecting(&error, &target());
        let io = |kind| sqlx::Error::Io(io::Error::new(kind, "x"));
        assert!(matches!(
            connecting(io(io::ErrorKind::ConnectionRefused)),
            ScanError::Connect { .. }
        ));
        assert!(matches!(
            connecting(io(io::ErrorKind::UnexpectedEof)),
            ScanError::Connect { .. }
        ));
        assert!(matches!(
            connecting(io(io::ErrorKind::InvalidData)),
            ScanError::Tls { .. }
        ));
        let plugin =
            sqlx::Error::Protocol("unknown authentication plugin: client_ed25519".to_owned());
        assert!(matches!(
            connecting(plugin),
            ScanError::Authentication { .. }
        ));
        let pem = sqlx::Error::Tls("Invalid certificate -----BEGIN CERTIFICATE-----\n%".into());
        assert!(!connecting(pem).to_string().contains("BEGIN"));
        let packet = "Packet empty (sqlx_mysql::connection::stream:162)".to_owned();
        let message = connecting(sqlx::Error::Protocol(packet)).to_string();
        assert!(message.contains("Packet empty;"), "{message}");
        assert!(matches!(
            connecting(sqlx::Error::Protocol("x".to_owned())),
            ScanError::Protocol { .. }
        ));
    }

    #[test]
    fn a_cut_connection_while_reading_is_an_interruption() {
        let cut = sqlx::Error::Io(io::Error::from(io::ErrorKind::ConnectionReset));
        assert!(matches!(
            while_reading(&cut, "x", &Limits::default()),
            ScanError::Interrupted { .. }
        ));
    }

    #[test]
    fn no_message_holds_the_password() {
        for number in 1000..5000 {
            assert!(
                !refusal(number, "Access denied (using password: YES)", &target())
                    .to_string()
                    .contains("hunter2")
            );
        }
    }
}
