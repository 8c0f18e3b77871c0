//! Connecting to a server: options, TLS, and the settings of a session.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures::FutureExt;
use models::datasource::TlsMode;
use secrecy::ExposeSecret;
use sqlx::ConnectOptions;
use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};
use tokio::time::timeout;

use super::server::{self, Flavor, Server};
use super::session::Session;
use super::{errors, greeting, wire};
use crate::passage::{self, Passage};
use crate::probe::Offer;
use crate::session::Purpose;
use crate::{ScanError, Target, tls};

/// How many statements the driver keeps: as many as there are here, and no more.
const STATEMENTS: usize = 48;

/// The same of a session that fills: one for each size into which a batch is halved, and a few. A server spends some 700
/// bytes on each value of a statement that it keeps.
const STATEMENTS_OF_FILL: usize = 20;

/// Connects, logs in, looks at the server and settles the session.
pub(super) async fn open(target: &Target) -> Result<(Session, Server), ScanError> {
    open_for(Purpose::Catalog, target).await
}

/// The same for any purpose.
pub(super) async fn open_for(
    purpose: Purpose,
    target: &Target,
) -> Result<(Session, Server), ScanError> {
    let mut session = login_for(purpose, target).await?;
    let (server, connection) = server::read(&mut session).await?;
    match purpose {
        Purpose::Catalog => settle(&mut session, &server).await?,
        _ => settle_for_rows(purpose, &mut session, &server).await?,
    }
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

/// Connects and logs in for reading catalogs.
pub(super) async fn login(target: &Target) -> Result<Session, ScanError> {
    login_for(Purpose::Catalog, target).await
}

/// Connects and logs in, within the connect time-out.
async fn login_for(purpose: Purpose, target: &Target) -> Result<Session, ScanError> {
    tls::check_authorities(target)?;
    let until = Instant::now() + target.limits.connect_timeout;
    match attempt(purpose, target, until).await {
        Err(ScanError::Tls { cause, .. }) if target.tls.mode == TlsMode::Prefer => {
            tracing::debug!(%cause, "no secure connection, trying a plain one");
            let mut plain = target.clone();
            plain.tls.mode = TlsMode::Disable;
            attempt(purpose, &plain, until).await
        }
        outcome => outcome,
    }
}

async fn attempt(purpose: Purpose, target: &Target, until: Instant) -> Result<Session, ScanError> {
    let left = || until.saturating_duration_since(Instant::now());
    let stream = match timeout(left(), passage::reach(target)).await {
        Ok(stream) => stream?,
        Err(_) => return Err(ScanError::no_answer(target)),
    };
    let greeted = greeting::read(target, stream, left()).await?;
    let secure = match (target.tls.mode, greeted.offer) {
        (TlsMode::Disable, _) | (TlsMode::Prefer, Offer::None | Offer::Unknown) => false,
        (_, Offer::None | Offer::Unknown) => return Err(tls::not_offered(target)),
        (_, Offer::After(_)) => true,
    };
    let mut passage = wire::passage(purpose, target, greeted, secure)?;
    // The driver panics on some malformed messages; a foreign server must not end the task.
    let options = options(purpose, target, &passage);
    let connecting = AssertUnwindSafe(options.connect()).catch_unwind();
    let outcome = timeout(left(), connecting).await;
    passage.shut();
    match outcome {
        Ok(Ok(Ok(connection))) => Ok(Session::new(connection, passage, target.limits)),
        Ok(Ok(Err(error))) => Err(passage
            .failure()
            .unwrap_or_else(|| errors::while_connecting(&error, target))),
        Ok(Err(_)) => Err(errors::foreign(target, "it sent a malformed message")),
        Err(_) => Err(ScanError::Timeout {
            what: "logging in".to_owned(),
            limit: target.limits.connect_timeout,
        }),
    }
}

fn options(purpose: Purpose, target: &Target, passage: &Passage) -> MySqlConnectOptions {
    let statements = match purpose {
        Purpose::Filling => STATEMENTS_OF_FILL,
        Purpose::Catalog | Purpose::Reading | Purpose::Statement => STATEMENTS,
    };
    let mut options = MySqlConnectOptions::new()
        .socket(passage.socket())
        .username(&target.username)
        // The passage leads into TLS.
        .ssl_mode(MySqlSslMode::Disabled)
        // No settings of the driver's own: `settle` says what the session needs. The cache of
        // statements stays on: to close one is a packet without an answer, after which the next
        // waits 40 ms for the network's delayed acknowledgement. It has the descriptions that came
        // with each, and more than a scan has statements would be for who sends much of that.
        .statement_cache_capacity(statements)
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
    options
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
/// `LOAD DATA LOCAL` needs no setting: the driver does not offer it, and the guard stops who asks all the same.
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

/// Nothing cuts an answer short. Of longer values than this a sort compares the beginning alone, for which 1024 bytes
/// are usual, while an index may have keys of 3072; and it has some memory before it goes to disk.
const WHOLE_ANSWERS: &str = "/* plumbline settings */ SET SESSION sql_select_limit = 18446744073709551615, \
     SESSION sql_big_selects = 1, SESSION max_sort_length = 4096, SESSION sort_buffer_size = 16777216";

/// The settings of a session that moves rows, but for its mode.
macro_rules! rows_settings {
    ($mode:literal) => {
        concat!(
            "/* plumbline settings */ SET NAMES utf8mb4, SESSION sql_mode = ",
            $mode,
            ", SESSION lock_wait_timeout = ?, SESSION innodb_lock_wait_timeout = ?, \
             SESSION net_write_timeout = ?, SESSION net_read_timeout = ?, SESSION wait_timeout = ?"
        )
    };
}

/// Makes the session fit to move rows, or to run one statement of the user's: its lock and time limits, and that values
/// are printed and read the same everywhere.
///
/// What writes is strict, since a value that does not fit must be told and not be bent. To a fill 0 is a number also in a
/// column that counts by itself: there it would ask for the next one. A statement of the user's has the server's own time
/// zone and, beyond that, the server's own mode.
async fn settle_for_rows(
    purpose: Purpose,
    session: &mut Session,
    server: &Server,
) -> Result<(), ScanError> {
    const WHAT: &str = "the settings of the session";
    let limits = session.limits();
    let lock = limits.lock_timeout.as_secs().clamp(1, 31_536_000);
    let pause = purpose.pause(&limits).as_secs().clamp(1, 2_147_483);
    let settings = sqlx::query(match purpose {
        Purpose::Filling => {
            rows_settings!(
                "CONCAT_WS(',', NULLIF(@@SESSION.sql_mode, ''), 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO')"
            )
        }
        Purpose::Statement => {
            rows_settings!("CONCAT_WS(',', NULLIF(@@SESSION.sql_mode, ''), 'STRICT_ALL_TABLES')")
        }
        Purpose::Catalog | Purpose::Reading => rows_settings!("''"),
    });
    let settings = settings.bind(lock).bind(lock.min(1_073_741_824));
    session
        .execute(WHAT, settings.bind(pause).bind(pause).bind(pause))
        .await?;
    // The server's own limit of a statement counts the time for which nobody takes its rows.
    let limit = if purpose.writes() {
        limits.statement_timeout
    } else {
        Duration::ZERO
    };
    let limited = match server.flavor {
        Flavor::MariaDb => {
            sqlx::query("/* plumbline settings */ SET SESSION max_statement_time = ?")
                .bind(limit.as_secs_f64())
        }
        Flavor::MySql => sqlx::query("/* plumbline settings */ SET SESSION max_execution_time = ?")
            .bind(u32::try_from(limit.as_millis()).unwrap_or(u32::MAX)),
    };
    session.execute(WHAT, limited).await?;
    if purpose == Purpose::Reading {
        session.execute(WHAT, sqlx::query(WHOLE_ANSWERS)).await?;
    }
    if purpose != Purpose::Statement {
        let zone = "/* plumbline settings */ SET SESSION time_zone = '+00:00'";
        session.execute(WHAT, sqlx::query(zone)).await?;
    }
    Ok(())
}
