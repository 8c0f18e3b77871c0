//! One connection: sends statements, streams their rows, counts what they cost.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures::stream::BoxStream;
use futures::{FutureExt, TryStreamExt};
use models::sync_log::Cost;
use sqlx::mysql::{MySqlArguments, MySqlConnection, MySqlRow, MySqlStatement};
use sqlx::{AssertSqlSafe, Connection, Execute, Executor, MySql, SqlSafeStr, raw_sql};
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use super::errors;
use super::row::Row;
use crate::ScanError;
use crate::bounds::Bounds;
use crate::cost::Meter;
use crate::flight::Flight;
use crate::passage::Passage;
use crate::session::{Ended, WriteError};
use crate::target::Limits;

/// A statement with its values.
pub(super) type Query<'a> = sqlx::query::Query<'a, MySql, MySqlArguments>;

/// How much longer than the server we wait, so that its own time-out speaks first and the session
/// lives on.
const GRACE: Duration = Duration::from_secs(1);

/// How long a good-bye may take.
const GOOD_BYE: Duration = Duration::from_secs(1);

/// One connection.
#[derive(Debug)]
pub(super) struct Session {
    connection: MySqlConnection,
    passage: Passage,
    limits: Limits,
    meter: Meter,
    /// Whether nobody knows any more what the next bytes on the connection belong to.
    broken: bool,
    flight: Flight,
}

impl Session {
    /// A session on a connection that is logged in.
    pub(super) fn new(connection: MySqlConnection, passage: Passage, limits: Limits) -> Self {
        Self {
            connection,
            passage,
            limits,
            meter: Meter::default(),
            broken: false,
            flight: Flight::default(),
        }
    }

    /// What the session does, to be told how to stop it.
    pub(super) fn flight(&mut self) -> &mut Flight {
        &mut self.flight
    }

    /// How gently to read.
    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    /// Whether the connection is of no use any more.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }

    /// What the session has cost so far.
    pub(super) fn cost(&self) -> Cost {
        self.meter.cost()
    }

    /// Sends a statement and hands out its rows as they come. `what` names for messages what is
    /// read.
    pub(super) fn rows<'a>(
        &'a mut self,
        what: impl Into<String>,
        query: Query<'a>,
    ) -> Result<Rows<'a>, ScanError> {
        self.ask(what.into(), query)
    }

    /// The same for a statement without values, whose rows come as the server prints them. It must be a single one: the
    /// guard takes no second answer, but by then the server has done what it was told.
    pub(super) fn printed_rows(
        &mut self,
        what: &str,
        statement: String,
    ) -> Result<Rows<'_>, ScanError> {
        self.ask(what.to_owned(), raw_sql(AssertSqlSafe(statement)))
    }

    fn ask<'a, A>(&'a mut self, what: String, asked: A) -> Result<Rows<'a>, ScanError>
    where
        A: Execute<'a, MySql> + 'a,
    {
        self.begin(&what)?;
        // Until the answer has begun: the driver reads past rows that were left over from a
        // statement, but takes what was left over of the answer to its PREPARE for all of it.
        self.broken = true;
        Ok(Rows {
            stream: (&mut self.connection).fetch(asked),
            passage: &self.passage,
            limits: &self.limits,
            bounds: Bounds::new(&self.limits),
            meter: &mut self.meter,
            broken: &mut self.broken,
            flight: &mut self.flight,
            what,
            left: self.limits.statement_timeout.saturating_add(GRACE),
            is_endless: false,
        })
    }

    /// A statement is about to be sent.
    fn begin(&mut self, what: &str) -> Result<(), ScanError> {
        if self.broken {
            return Err(errors::interrupted(
                what,
                "the session ended with an earlier error",
            ));
        }
        self.meter.statement();
        self.flight.begin();
        Ok(())
    }

    /// What the server makes of a statement. More than one is none.
    pub(super) async fn prepare(
        &mut self,
        what: &str,
        statement: &str,
    ) -> Result<MySqlStatement, ScanError> {
        let sql = AssertSqlSafe(statement.to_owned()).into_sql_str();
        self.begin(what)?;
        self.broken = true;
        let preparing = AssertUnwindSafe((&mut self.connection).prepare(sql)).catch_unwind();
        let limit = self.limits.statement_timeout.saturating_add(GRACE);
        let outcome = timeout(limit, preparing).await;
        self.settled(outcome).map_err(|ended| match ended {
            Ended::Driver(error) => errors::while_reading(&error, what, &self.limits),
            Ended::Passage(error) => error,
            Ended::Malformed => errors::malformed(what),
            Ended::Late(limit) => ScanError::Timeout {
                what: format!("reading {what}"),
                limit,
            },
        })
    }

    /// Sends a statement for what it changes; how many rows that is.
    pub(super) async fn change<'q, A>(&mut self, asked: A) -> Result<u64, WriteError>
    where
        A: Execute<'q, MySql> + 'q,
    {
        self.begin("what was changed")?;
        self.broken = true;
        let limit = self.limits.statement_timeout.saturating_add(GRACE);
        let started = Instant::now();
        let changing = AssertUnwindSafe((&mut self.connection).execute(asked)).catch_unwind();
        let outcome = timeout(limit, changing).await;
        self.meter.waited(started);
        match self.settled(outcome) {
            Ok(done) => Ok(done.rows_affected()),
            Err(ended) => Err(WriteError::of(ended, errors::while_writing)),
        }
    }

    /// What came of a statement that is over, or of which nobody knows whether it is.
    fn settled<T>(&mut self, outcome: Outcome<T>) -> Result<T, Ended> {
        match outcome {
            Ok(Ok(done)) => {
                self.flight.end();
                self.broken = !matches!(done, Ok(_) | Err(sqlx::Error::Database(_)));
                done.map_err(|error| match self.passage.failure() {
                    Some(failure) => Ended::Passage(failure),
                    None => Ended::Driver(error),
                })
            }
            Ok(Err(_)) => Err(Ended::Malformed),
            Err(_) => Err(Ended::Late(self.limits.statement_timeout)),
        }
    }

    /// Sends a statement and reads its first row.
    pub(super) async fn first(
        &mut self,
        what: &str,
        query: Query<'_>,
    ) -> Result<Option<Row>, ScanError> {
        let mut rows = self.rows(what, query)?;
        let first = rows.next().await?;
        while rows.next().await?.is_some() {}
        Ok(first)
    }

    /// Sends a statement that has no rows.
    pub(super) async fn execute(&mut self, what: &str, query: Query<'_>) -> Result<(), ScanError> {
        self.first(what, query).await.map(drop)
    }

    /// Begins a read-only transaction by this statement; it ends with the session.
    pub(super) async fn begin_read_only(&mut self, statement: &str) -> Result<(), ScanError> {
        self.command("the rows", statement.to_owned()).await
    }

    /// Stops the statement of another connection.
    pub(super) async fn kill_query(&mut self, connection: i64) -> Result<(), ScanError> {
        // A number cannot be misread, and KILL takes no parameter in all versions.
        let kill = format!("KILL QUERY {connection} /* plumbline stop */");
        self.command("the stopping of a statement", kill).await
    }

    /// Sends a statement of ours without values or rows, which need not be among those that can be prepared (`MySQL`
    /// manual, "Prepared Statements").
    async fn command(&mut self, what: &str, statement: String) -> Result<(), ScanError> {
        let limit = self.limits.statement_timeout;
        let running = self.connection.execute(raw_sql(AssertSqlSafe(statement)));
        let outcome = timeout(limit, AssertUnwindSafe(running).catch_unwind()).await;
        self.broken = !matches!(outcome, Ok(Ok(Ok(_) | Err(sqlx::Error::Database(_)))));
        match outcome {
            Ok(Ok(done)) => done.map(drop).map_err(|error| self.explain(&error, what)),
            // The driver panics on some malformed messages.
            Ok(Err(_)) => Err(errors::malformed(what)),
            Err(_) => Err(ScanError::Timeout {
                what: format!("reading {what}"),
                limit,
            }),
        }
    }

    /// What an error of the driver means: why the passage ended, where it did.
    fn explain(&self, error: &sqlx::Error, what: &str) -> ScanError {
        self.passage
            .failure()
            .unwrap_or_else(|| errors::while_reading(error, what, &self.limits))
    }

    /// Says good-bye, without waiting for rows that nobody wants any more.
    pub(super) async fn close(self) {
        let Self {
            connection,
            passage,
            ..
        } = self;
        let closing = async {
            let _ = connection.close().await;
            passage.end().await;
        };
        // Closing can only fail on a connection that is closed already, or hang on a dead network.
        let _ = timeout(GOOD_BYE, closing).await;
    }
}

/// What a statement came to: within the time or not, as far as the driver can read it, and well or not.
type Outcome<T> = Result<Result<Result<T, sqlx::Error>, Box<dyn Any + Send>>, Elapsed>;

/// The rows of one statement.
pub(super) struct Rows<'a> {
    stream: BoxStream<'a, Result<MySqlRow, sqlx::Error>>,
    passage: &'a Passage,
    limits: &'a Limits,
    bounds: Bounds,
    meter: &'a mut Meter,
    broken: &'a mut bool,
    flight: &'a mut Flight,
    what: String,
    left: Duration,
    /// Whether the time-out counts anew with each row.
    is_endless: bool,
}

/// What comes next, as far as the driver can read it: it panics on some malformed messages.
type Next = Result<Result<Option<MySqlRow>, sqlx::Error>, Box<dyn Any + Send>>;

impl Rows<'_> {
    /// For an answer that becomes a list in memory: ends it after so many rows.
    pub(super) fn at_most(mut self, rows: u64) -> Self {
        self.bounds = Bounds::of_list(rows);
        self
    }

    /// For an answer that is handed on row by row: it may have any number, and the time-out counts for each.
    pub(super) fn endless(mut self) -> Self {
        self.bounds = Bounds::of_stream();
        self.is_endless = true;
        self
    }

    /// The next row; None after the last.
    ///
    /// The time-out covers the time spent waiting for the server, not what the caller does between
    /// rows.
    pub(super) async fn next(&mut self) -> Result<Option<Row>, ScanError> {
        // Most rows have arrived with the one before: they need neither clock nor timer.
        let next = AssertUnwindSafe(self.stream.try_next()).catch_unwind();
        let next = match next.now_or_never() {
            Some(next) => Ok(next),
            None => self.wait().await,
        };
        *self.broken = !matches!(next, Ok(Ok(Ok(_) | Err(sqlx::Error::Database(_)))));
        if matches!(next, Ok(Ok(Ok(None) | Err(_)) | Err(_))) {
            self.flight.end();
        }
        match next {
            Ok(Ok(Ok(Some(row)))) => self.taken(row).map(Some),
            Ok(Ok(Ok(None))) => Ok(None),
            Ok(Ok(Err(error))) => Err(self
                .passage
                .failure()
                .unwrap_or_else(|| errors::while_reading(&error, &self.what, self.limits))),
            // The driver panics on some malformed messages.
            Ok(Err(_)) => Err(errors::malformed(&self.what)),
            Err(_) => {
                let limit = self.limits.statement_timeout;
                Err(ScanError::Timeout {
                    what: format!("reading {}", self.what),
                    limit,
                })
            }
        }
    }

    async fn wait(&mut self) -> Result<Next, Elapsed> {
        let started = Instant::now();
        let next = AssertUnwindSafe(self.stream.try_next()).catch_unwind();
        let next = timeout(self.left, next).await;
        if !self.is_endless {
            self.left = self.left.saturating_sub(started.elapsed());
        }
        self.meter.waited(started);
        next
    }

    fn taken(&mut self, row: MySqlRow) -> Result<Row, ScanError> {
        let row = Row::new(row);
        let bytes = row.bytes();
        self.meter.row(bytes);
        match self.bounds.row(bytes, &self.what) {
            Ok(()) => Ok(row),
            Err(error) => {
                // Nobody reads the rest.
                *self.broken = true;
                Err(error)
            }
        }
    }
}
