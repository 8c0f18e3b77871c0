//! Connecting to a server: options, TLS, and the settings of a session.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures::FutureExt;
use models::datasource::TlsMode;
use secrecy::ExposeSecret;
use sqlx::ConnectOptions;
use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlSslMode};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::server::{self, Flavor, Server};
use super::session::Session;
use super::{errors, greeting};
use crate::{ScanError, Target, probe, tls};

/// How long to look at a host that let the time-out pass, to say why.
const SECOND_LOOK: Duration = Duration::from_secs(1);

/// Connects, logs in, looks at the server and settles the session.
pub(super) async fn open(target: &Target) -> Result<(Session, Server), ScanError> {
    let mut session = login(target).await?;
    let (server, connection) = server::read(&mut session).await?;
    settle(&mut session, &server).await?;
    if let Some(id) = connection {
        let target = target.clone();
        session.flight().stop_by(move || stop(target, id).boxed());
    }
    Ok((session, server))
}

/// Stops what a session does. A login may do so to connections of its own (`MySQL` manual, "KILL
/// Statement"), whose numbers are not given out again.
async fn stop(target: Target, connection: i64) -> Result<(), ScanError> {
    let mut session = login(&target).await?;
    let stopped = session.kill_query(connection).await;
    session.close().await;
    stopped
}

/// Connects and logs in, within the connect time-out.
pub(super) async fn login(target: &Target) -> Result<Session, ScanError> {
    let started = Instant::now();
    let limit = target.limits.connect_timeout;
    tls::check_authorities(target)?;
    // The driver resolves the name again; this tells a wrong name from a dead server.
    probe::resolve(target).await?;
    // The driver panics on some malformed greetings; a foreign server must not end the task.
    let attempt = AssertUnwindSafe(attempt(target)).catch_unwind();
    match timeout(limit.saturating_sub(started.elapsed()), attempt).await {
        Ok(Ok(connection)) => Ok(Session::new(connection?, target.limits)),
        Ok(Err(_)) => Err(errors::foreign(target, "it sent a malformed greeting")),
        Err(_) => Err(explain_silence(target).await),
    }
}

async fn attempt(target: &Target) -> Result<MySqlConnection, ScanError> {
    let connect = async |mode| match options(target, mode).connect().await {
        Ok(connection) => Ok(connection),
        Err(error) if errors::is_hanging_up(&error) => Err(explain_hanging_up(target).await),
        Err(error) => Err(errors::while_connecting(&error, target)),
    };
    match connect(ssl_mode(target.tls.mode)).await {
        // The driver's own "preferred" gives up when the server offers only outdated TLS.
        Err(ScanError::Tls { cause, .. }) if target.tls.mode == TlsMode::Prefer => {
            tracing::debug!(%cause, "no secure connection, trying a plain one");
            connect(MySqlSslMode::Disabled).await
        }
        outcome => outcome,
    }
}

fn options(target: &Target, mode: MySqlSslMode) -> MySqlConnectOptions {
    let mut options = MySqlConnectOptions::new()
        .host(target.plain_host())
        .port(target.port)
        .username(&target.username)
        .ssl_mode(mode)
        // No settings of the driver's own: `settle` says what the session needs. The cache of
        // statements stays on: to close one is a packet without an answer, after which the next
        // waits 40 ms for the network's delayed acknowledgement.
        .set_names(false)
        .timezone(None)
        .pipes_as_concat(false)
        .no_engine_substitution(false)
        .disable_statement_logging();
    let password = target.password.expose_secret();
    // A login without a password must answer the challenge with nothing.
    if !password.is_empty() {
        options = options.password(password);
    }
    if let Some(database) = &target.database {
        options = options.database(database);
    }
    if let Some(certificate) = &target.tls.ca_certificate {
        options = options.ssl_ca_from_pem(certificate.clone().into_bytes());
    }
    options
}

fn ssl_mode(mode: TlsMode) -> MySqlSslMode {
    match mode {
        TlsMode::Disable => MySqlSslMode::Disabled,
        TlsMode::Prefer => MySqlSslMode::Preferred,
        TlsMode::Require => MySqlSslMode::Required,
        TlsMode::VerifyCa => MySqlSslMode::VerifyCa,
        TlsMode::VerifyFull => MySqlSslMode::VerifyIdentity,
    }
}

/// Says why the connection ended before the login was done: somebody who is no `MySQL` said
/// something and went, or the server did not want us.
async fn explain_hanging_up(target: &Target) -> ScanError {
    match timeout(2 * SECOND_LOOK, second_look(target)).await {
        Ok(Err(foreign @ ScanError::Protocol { .. })) => foreign,
        _ => ScanError::hung_up(target),
    }
}

/// Says why nobody logged us in within the time: nobody there, somebody who is no `MySQL`, or one
/// that is too slow.
async fn explain_silence(target: &Target) -> ScanError {
    let limit = target.limits.connect_timeout;
    match timeout(2 * SECOND_LOOK, second_look(target)).await {
        Ok(Ok(true)) => ScanError::Timeout {
            what: "logging in".to_owned(),
            limit,
        },
        Ok(Ok(false)) => errors::foreign(
            target,
            format!(
                "it accepted the connection and sent no greeting within {} s",
                limit.as_secs_f64()
            ),
        ),
        Ok(Err(error)) => error,
        Err(_) => ScanError::no_answer(target),
    }
}

/// Connects once more. Answers whether there was a greeting, false when nothing came for a while.
async fn second_look(target: &Target) -> Result<bool, ScanError> {
    let stream = TcpStream::connect((target.plain_host(), target.port))
        .await
        .map_err(|error| ScanError::unreachable(target, &error))?;
    match timeout(SECOND_LOOK, greeting::read(target, stream)).await {
        Ok(outcome) => outcome.map(|_| true),
        Err(_) => Ok(false),
    }
}

/// The settings of `MySQL`, and those that only later versions know.
macro_rules! mysql_settings {
    ($later:literal) => {
        concat!(
            "/* plumbline settings */ SET NAMES utf8mb4, SESSION sql_mode = '', \
             SESSION sql_select_limit = 18446744073709551615, SESSION lock_wait_timeout = ?, \
             SESSION max_execution_time = ?",
            $later
        )
    };
}

/// Makes the session read-only, patient only within the limits, and independent of how the
/// server's own defaults print catalog text.
///
/// `LOAD DATA LOCAL` needs no setting: the driver neither offers it nor knows how to answer it.
pub(super) async fn settle(session: &mut Session, server: &Server) -> Result<(), ScanError> {
    const WHAT: &str = "the settings of the session";
    session
        .execute(
            WHAT,
            sqlx::query("/* plumbline read only */ SET SESSION TRANSACTION READ ONLY"),
        )
        .await?;
    let limits = session.limits();
    // Whole seconds, at least one: 0 would mean not to wait at all, and MySQL knows no fractions.
    let lock = limits.lock_timeout.as_secs().clamp(1, 31_536_000);
    // ANSI_QUOTES and ORACLE change how expressions are printed; a select limit would hide tables.
    let settings = match server.flavor {
        Flavor::MariaDb => sqlx::query(
            "/* plumbline settings */ SET NAMES utf8mb4, SESSION sql_mode = '', \
             SESSION sql_select_limit = 18446744073709551615, SESSION lock_wait_timeout = ?, \
             SESSION max_statement_time = ?",
        )
        .bind(lock)
        .bind(limits.statement_timeout.as_secs_f64()),
        Flavor::MySql => sqlx::query(if server.generates_primary_keys() {
            mysql_settings!(", SESSION show_gipk_in_create_table_and_information_schema = ON")
        } else {
            mysql_settings!("")
        })
        .bind(lock)
        .bind(u32::try_from(limits.statement_timeout.as_millis()).unwrap_or(u32::MAX)),
    };
    session.execute(WHAT, settings).await
}
