//! What an error of the driver or the server means for a scan.
//!
//! Numbers below 3000 are shared by both servers, those above are `MySQL`'s or `MariaDB`'s own
//! (`MySQL` "Server Error Message Reference"; `MariaDB` "Error Codes").

use std::io;

use models::datasource::TlsMode;
use sqlx::mysql::MySqlDatabaseError;

use super::grants::quoted;
use crate::error::{cut, of_driver, refused};
pub(super) use crate::error::{foreign, interrupted, malformed, statement};
use crate::session::WriteError;
use crate::target::Limits;
use crate::{ScanError, Target, tls};

/// What an error met while connecting and logging in means.
pub(super) fn while_connecting(error: &sqlx::Error, target: &Target) -> ScanError {
    match error {
        sqlx::Error::Database(error) => match error.try_downcast_ref::<MySqlDatabaseError>() {
            Some(error) => refusal(error.number(), error.message(), target),
            None => foreign(target, cut(error.message())),
        },
        sqlx::Error::Io(error) => ScanError::unreachable(target, error),
        sqlx::Error::Protocol(cause) if cause.contains("authentication plugin") => {
            refused(target, of_driver(error), advice_on_plugin(target))
        }
        // The password goes encrypted by a key of the server's, which has room for so much.
        sqlx::Error::Protocol(cause) if cause.contains("message too long") => refused(
            target,
            "the password is too long to be sent without TLS",
            "choose the TLS mode require, or a password of at most 200 bytes",
        ),
        other => foreign(target, of_driver(other)),
    }
}

/// What an error met while reading `what` means.
pub(super) fn while_reading(error: &sqlx::Error, what: &str, limits: &Limits) -> ScanError {
    match error {
        sqlx::Error::Database(error) => match error.try_downcast_ref::<MySqlDatabaseError>() {
            Some(error) => failure(error.number(), error.message(), what, limits),
            None => statement(what, cut(error.message())),
        },
        sqlx::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            interrupted(what, "the server closed it")
        }
        sqlx::Error::Io(_) => interrupted(what, of_driver(error)),
        other => statement(what, of_driver(other)),
    }
}

/// What an error number in answer to a login means.
pub(super) fn refusal(number: u16, message: &str, target: &Target) -> ScanError {
    let cause = format!("{} (error {number})", cut(message));
    let refused = |advice: String| refused(target, cause.clone(), advice);
    let closed = |advice: &str| ScanError::Connect {
        address: target.address(),
        cause: cause.clone(),
        advice: advice.to_owned(),
    };
    let account = account(target);
    match number {
        // No such database, or no right on it: the server tells only those it trusts which.
        1044 | 1049 => ScanError::UnknownDatabase {
            database: target.database.clone().unwrap_or_default(),
        },
        1040 => closed("wait, or raise max_connections of the server"),
        // Too many connections of one account; a limit of the account in an hour.
        1203 | 1226 => closed(
            "wait, or raise the account's limits (max_user_connections, MAX_CONNECTIONS_PER_HOUR)",
        ),
        1129 => closed(
            "unblock this host: FLUSH HOSTS, on MySQL from 8.0.23 on TRUNCATE TABLE performance_schema.host_cache",
        ),
        // Stopping, and closed to all but administrators.
        1053 | 3032 => closed("wait until the server is open again"),
        // Only encrypted connections are let in.
        3159 | 4066 => tls::told(target, cause, "choose the TLS mode require"),
        1130 => refused(format!(
            "the server knows no account for this host: CREATE USER {account} IDENTIFIED BY '...', or name the host instead of %"
        )),
        1698 => refused(format!(
            "the account logs in without a password, by the operating system: give it a password by ALTER USER {account} IDENTIFIED BY '...'"
        )),
        1820 | 1862 => refused(format!(
            "the password has expired: ALTER USER {account} IDENTIFIED BY '...'"
        )),
        3118 | 3955 | 4151 => refused(format!(
            "the account is locked: ALTER USER {account} ACCOUNT UNLOCK"
        )),
        1251 | 1275 | 1524 => refused(advice_on_plugin(target)),
        // 1045, access denied, and whatever else a server answers to a login.
        _ => refused(on_denial(target)),
    }
}

/// The account in statements; from which host it comes only the server knows.
fn account(target: &Target) -> String {
    quoted(&format!("{}@%", target.username))
}

fn on_denial(target: &Target) -> String {
    let mut advice =
        "check user name, password, and from which hosts the account may log in".to_owned();
    if target.tls.mode == TlsMode::Disable {
        advice.push_str(", and whether it may without TLS");
    }
    advice
}

/// `MariaDB` has plugins that the driver does not know, such as ed25519.
fn advice_on_plugin(target: &Target) -> String {
    format!(
        "only mysql_native_password, caching_sha2_password and sha256_password can be used: \
         on MariaDB ALTER USER {0} IDENTIFIED VIA mysql_native_password USING PASSWORD('...'), \
         on MySQL ALTER USER {0} IDENTIFIED WITH caching_sha2_password BY '...'",
        account(target)
    )
}

/// What an error number in answer to a statement means.
fn failure(number: u16, message: &str, what: &str, limits: &Limits) -> ScanError {
    let cause = format!("{} (error {number})", cut(message));
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
        // A deadlock.
        1213 => ScanError::Conflict {
            what: what.to_owned(),
            cause,
        },
        // MariaDB lets an expired password in, and then does nothing for it.
        1820 => statement(
            what,
            format!("{cause}; the password has expired, renew it by ALTER USER"),
        ),
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

/// What an error met while changing something means.
pub(super) fn while_writing(error: &sqlx::Error) -> WriteError {
    let error = match error {
        sqlx::Error::Database(error) => error.try_downcast_ref::<MySqlDatabaseError>(),
        other => return WriteError::interrupted(of_driver(other)),
    };
    let Some(error) = error else {
        return WriteError::interrupted("an unknown error");
    };
    refusal_of_change(error.number(), cut(error.message()).into_owned())
}

/// What an error number in answer to a change means.
fn refusal_of_change(number: u16, message: String) -> WriteError {
    let with_number = || format!("{message} (error {number})");
    match number {
        // NULL, keys, ranges, lengths, values of other types, SIGNAL, partitions, JSON, checks, character sets.
        1022 | 1048 | 1062 | 1169 | 1216 | 1217 | 1264 | 1265 | 1292 | 1366 | 1367 | 1369
        | 1406 | 1411 | 1416 | 1451 | 1452 | 1525 | 1526 | 1557 | 1586 | 1644 | 1690 | 1748
        | 1761 | 1762 | 1977 | 3140 | 3141 | 3156 | 3157 | 3158 | 3819 | 3854 | 3988 | 4025
        | 4038 | 4078 => WriteError::rows(&number.to_string(), message),
        // max_execution_time, max_statement_time, KILL QUERY.
        3024 | 1969 | 1317 => WriteError::Stopped {
            cause: with_number(),
        },
        1205 | 1213 => WriteError::Conflict {
            cause: with_number(),
        },
        1053 | 1079 | 1080 | 1152 | 1158..=1161 | 1184 | 1927 | 2006 | 2013 | 3169 | 4031 => {
            WriteError::interrupted(with_number())
        }
        _ => WriteError::Refused {
            cause: with_number(),
        },
    }
}

#[cfg(test)]
#[path = "errors_tests.rs"]
mod tests;
