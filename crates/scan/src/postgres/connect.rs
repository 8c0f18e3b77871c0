//! Connecting to a server: options, TLS, and the settings of a session.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt;
use models::datasource::TlsMode;
use secrecy::ExposeSecret;
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{sleep, timeout};

use super::session::Session;
use super::{errors, server, wire};
use crate::passage::{self, Passage};
use crate::session::Purpose;
use crate::target::Limits;
use crate::{ScanError, Target, tls};

/// The databases to try first where the target names none.
const USUAL: [&str; 2] = ["postgres", "template1"];

/// Pauses before trying again when the server says that there are too many connections: a session
/// of ours may still be ending there after we closed it.
const BUSY: [Duration; 3] = [
    Duration::from_millis(50),
    Duration::from_millis(150),
    Duration::from_millis(400),
];

/// How long to look at a host that let the time-out pass, to say why.
const SECOND_LOOK: Duration = Duration::from_secs(1);

/// Opens a session for text on the target's own database or, without one, on the first usual one
/// that lets the login in.
pub(super) async fn open_first(target: &Target) -> Result<(Session, String), ScanError> {
    if let Some(database) = &target.database {
        return Ok((open_for_text(target, database).await?, database.clone()));
    }
    let mut first_error = None;
    for database in USUAL.into_iter().chain([target.username.as_str()]) {
        match open_for_text(target, database).await {
            Ok(session) => return Ok((session, database.to_owned())),
            Err(error @ (ScanError::UnknownDatabase { .. } | ScanError::Privilege { .. })) => {
                first_error.get_or_insert(error);
            }
            Err(error) => return Err(error),
        }
    }
    Err(first_error.unwrap_or_else(|| errors::foreign(target, "it has no database")))
}

/// Opens a session that hands out any text, whatever its bytes.
///
/// A database in `SQL_ASCII` may hold texts in any encoding, and the server refuses to send those
/// that are not valid in the encoding of the client. The login cannot say so: which database needs
/// it is only known afterwards.
pub(super) async fn open_for_text(target: &Target, database: &str) -> Result<Session, ScanError> {
    open_for(Purpose::Catalog, target, database).await
}

/// The same for any purpose.
pub(super) async fn open_for(
    purpose: Purpose,
    target: &Target,
    database: &str,
) -> Result<Session, ScanError> {
    let mut session = login(purpose, target, database).await?;
    let query = sqlx::query(
        "-- plumbline encoding\n\
         select pg_backend_pid(), case when current_setting('server_encoding') = 'SQL_ASCII'\n\
         then set_config('client_encoding', 'SQL_ASCII', false) end",
    );
    let process = session
        .one("the encoding of the database", query)
        .await?
        .small()?;
    let (target, database) = (target.clone(), database.to_owned());
    session
        .flight()
        .stop_by(move || stop(target, database, process).boxed());
    Ok(session)
}

/// Stops what a session does. A login may do so to sessions of its own (manual, "Server Signaling
/// Functions"); the name makes sure that the process is not somebody else's by now.
async fn stop(target: Target, database: String, process: i32) -> Result<(), ScanError> {
    let mut session = open(&target, &database).await?;
    let query = sqlx::query(
        "-- plumbline stop\n\
         select pg_cancel_backend(pid) from pg_stat_activity\n\
         where pid = $1 and application_name = 'plumbline' and usename = current_user",
    )
    .bind(process);
    let stopped = session.run("the stopping of a statement", query).await;
    session.close().await;
    stopped
}

/// Opens a session for reading catalogs on a database.
pub(super) async fn open(target: &Target, database: &str) -> Result<Session, ScanError> {
    login(Purpose::Catalog, target, database).await
}

/// Opens a session on a database, within the connect time-out.
async fn login(purpose: Purpose, target: &Target, database: &str) -> Result<Session, ScanError> {
    // The protocol ends names with NUL: what follows would be read as settings of the session.
    if database.contains('\0') {
        return Err(ScanError::UnknownDatabase {
            database: database.replace('\0', "\\0"),
        });
    }
    if target.username.contains('\0') || target.password.expose_secret().contains('\0') {
        let username = target.username.replace('\0', "\\0");
        let cause = "name or password has a NUL character".to_owned();
        let advice = "remove it".to_owned();
        return Err(ScanError::Authentication {
            username,
            cause,
            advice,
        });
    }
    tls::check_authorities(target)?;
    // The driver's parser panics on some malformed messages; a foreign server must not end the task.
    let attempt = AssertUnwindSafe(attempt(purpose, target, database)).catch_unwind();
    let (connection, passage) = match timeout(target.limits.connect_timeout, attempt).await {
        Ok(Ok(outcome)) => outcome?,
        Ok(Err(_)) => return Err(errors::foreign(target, "it sent a malformed message")),
        Err(_) => return Err(explain_silence(target).await),
    };
    let version = server::supported(connection.server_version_num())?;
    Ok(Session::new(connection, passage, version, target.limits))
}

async fn attempt(
    purpose: Purpose,
    target: &Target,
    database: &str,
) -> Result<(PgConnection, Passage), ScanError> {
    let mut pauses = BUSY.into_iter();
    loop {
        let error = match connect(purpose, target, database).await {
            Ok(connected) => return Ok(connected),
            Err(Barrier::Way(error)) => return Err(error),
            Err(Barrier::Login(error)) => error,
        };
        if let Some(pause) = pauses.next().filter(|_| errors::is_busy(&error)) {
            sleep(pause).await;
            continue;
        }
        let failure = errors::while_connecting(&error, target, database);
        return Err(match failure {
            ScanError::Connect { .. }
                if matches!(error, sqlx::Error::Io(_) | sqlx::Error::Protocol(_)) =>
            {
                match second_look(target).await {
                    Some(foreign @ ScanError::Protocol { .. }) => foreign,
                    _ => failure,
                }
            }
            failure => failure,
        });
    }
}

/// What keeps us out.
#[derive(Debug)]
enum Barrier {
    /// No way leads to the server, or it does what it must not.
    Way(ScanError),
    /// The login fails.
    Login(sqlx::Error),
}

impl Barrier {
    /// Whether a plain connection may succeed where a secure one failed.
    fn is_secure_refused(&self) -> bool {
        match self {
            Self::Way(error) => matches!(error, ScanError::Tls { .. }),
            Self::Login(error) => errors::is_secure_refused(error),
        }
    }
}

async fn connect(
    purpose: Purpose,
    target: &Target,
    database: &str,
) -> Result<(PgConnection, Passage), Barrier> {
    match connect_in_mode(purpose, target, database).await {
        // As libpq does for this mode.
        Err(secure) if target.tls.mode == TlsMode::Prefer && secure.is_secure_refused() => {
            tracing::debug!(cause = ?secure, "no secure connection, trying a plain one");
            let mut plain = target.clone();
            plain.tls.mode = TlsMode::Disable;
            match connect_in_mode(purpose, &plain, database).await {
                Err(Barrier::Login(plain)) if plain.as_database_error().is_none() => Err(secure),
                outcome => outcome,
            }
        }
        outcome => outcome,
    }
}

async fn connect_in_mode(
    purpose: Purpose,
    target: &Target,
    database: &str,
) -> Result<(PgConnection, Passage), Barrier> {
    let mut passage = wire::passage(purpose, target).await.map_err(Barrier::Way)?;
    let outcome = options(purpose, target, database, &passage).connect().await;
    passage.shut();
    match outcome {
        Ok(connection) => Ok((connection, passage)),
        Err(error) => Err(match passage.failure() {
            Some(failure) => Barrier::Way(failure),
            None => Barrier::Login(error),
        }),
    }
}

fn options(
    purpose: Purpose,
    target: &Target,
    database: &str,
    passage: &Passage,
) -> PgConnectOptions {
    // `new` would also read a password file.
    PgConnectOptions::new_without_pgpass()
        .socket(passage.directory())
        .port(target.port)
        .username(&target.username)
        .password(target.password.expose_secret())
        .database(database)
        // The passage leads into TLS.
        .ssl_mode(PgSslMode::Disable)
        .application_name("plumbline")
        .extra_float_digits(None)
        .statement_cache_capacity(0)
        .options(settings(purpose, &target.limits))
        .disable_statement_logging()
}

/// What makes a session gentle and its answers independent of the server's own defaults. Sent with
/// the login rather than by SET, which a pooler that shares sessions would leave behind for others.
fn settings(purpose: Purpose, limits: &Limits) -> Vec<(&'static str, String)> {
    let mut settings = vec![
        ("statement_timeout", milliseconds(limits.statement_timeout)),
        ("lock_timeout", milliseconds(limits.lock_timeout)),
        (
            "idle_in_transaction_session_timeout",
            milliseconds(purpose.pause(limits)),
        ),
    ];
    let read_only = if purpose.writes() { "off" } else { "on" };
    let common = [("default_transaction_read_only", read_only)];
    let of_purpose: &[(&str, &str)] = match purpose {
        Purpose::Catalog => &OF_CATALOG,
        Purpose::Reading | Purpose::Filling => &OF_ROWS,
        Purpose::Statement => &[QUIET],
    };
    let of_purpose = common.iter().chain(of_purpose);
    settings.extend(of_purpose.map(|(name, value)| (*name, (*value).to_owned())));
    settings
}

/// What a user's functions have to say may be values of rows, and nobody here reads it.
const QUIET: (&str, &str) = ("client_min_messages", "error");

/// Of a session that reads catalogs.
const OF_CATALOG: [(&str, &str); 12] = [
    // Names are printed with their schema, and none of the user's functions can step in.
    ("search_path", "pg_catalog"),
    QUIET,
    // How expressions are printed.
    ("quote_all_identifiers", "off"),
    ("standard_conforming_strings", "on"),
    ("intervalstyle", "postgres"),
    ("bytea_output", "hex"),
    ("extra_float_digits", "1"),
    // One process of the server, no compiling for one run.
    ("max_parallel_workers_per_gather", "0"),
    ("jit", "off"),
    // The system's tables are rarely analyzed, so the planner takes a table of thousands of
    // comments for an empty one and loops over it once per column. Hash joins read each once.
    ("enable_nestloop", "off"),
    ("enable_mergejoin", "off"),
    ("work_mem", "16MB"),
];

/// Of one that moves rows: values are printed and read the same everywhere. Names are looked up as for anybody who logs
/// in under this name, since somebody's own query may leave out schemas.
const OF_ROWS: [(&str, &str); 7] = [
    QUIET,
    ("standard_conforming_strings", "on"),
    ("intervalstyle", "postgres"),
    ("bytea_output", "hex"),
    ("extra_float_digits", "1"),
    ("timezone", "UTC"),
    // All rows of a query are wanted, not the first ones soon.
    ("cursor_tuple_fraction", "1.0"),
];

/// At least one, since 0 means no limit.
fn milliseconds(limit: Duration) -> String {
    limit.as_millis().clamp(1, 2_147_483_647).to_string()
}

/// Why nobody logged us in within the time: nobody there, somebody who is no `PostgreSQL`, or one
/// that is too slow.
async fn explain_silence(target: &Target) -> ScanError {
    second_look(target)
        .await
        .unwrap_or_else(|| ScanError::Timeout {
            what: "logging in".to_owned(),
            limit: target.limits.connect_timeout,
        })
}

/// Whether it is somebody else who listens there, or nobody; None when it may be `PostgreSQL`.
async fn second_look(target: &Target) -> Option<ScanError> {
    let mut stream = match timeout(SECOND_LOOK, passage::reach(target)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Some(error),
        Err(_) => return Some(ScanError::no_answer(target)),
    };
    // These bytes start no dialogue in any protocol: PostgreSQL closes the connection, before 14
    // with an error; a server that waited for the end of a line, as HTTP does, complains.
    let mut answer = [0; 64];
    let look = async {
        // Who has said something and hung up takes nothing, and can be read all the same.
        let _ = stream.write_all(b"?\r\n\r\n").await;
        stream.read(&mut answer).await
    };
    match timeout(SECOND_LOOK, look).await {
        Ok(Ok(length)) if length > 0 && answer[0] != b'E' => {
            let seen = answer[..length].escape_ascii();
            Some(errors::foreign(
                target,
                format!("it answers with \"{seen}\""),
            ))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_limits_are_sent_in_milliseconds_and_never_as_none() {
        assert_eq!(milliseconds(Duration::from_secs(5)), "5000");
        assert_eq!(milliseconds(Duration::ZERO), "1");
        assert_eq!(milliseconds(Duration::MAX), "2147483647");
    }
}
