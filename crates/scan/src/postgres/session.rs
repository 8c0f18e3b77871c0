//! One connection: sends statements, streams their rows, counts what they cost.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures::stream::BoxStream;
use futures::{FutureExt, TryStreamExt};
use models::sync_log::Cost;
use sqlx::postgres::{PgArguments, PgConnection, PgRow, PgStatement};
use sqlx::{AssertSqlSafe, Connection, Execute, Executor, Postgres, SqlSafeStr, Type, raw_sql};
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use super::errors::{self, Failure};
use super::row::Row;
use crate::ScanError;
use crate::bounds::Bounds;
use crate::cost::Meter;
use crate::flight::Flight;
use crate::passage::Passage;
use crate::session::{Ended, WriteError};
use crate::target::Limits;

/// A statement with its values.
pub(super) type Query<'a> = sqlx::query::Query<'a, Postgres, PgArguments>;

/// How much longer than the server we wait, so that its own time-out speaks first and the session
/// lives on.
const GRACE: Duration = Duration::from_secs(2);

/// How long a good-bye may take.
const GOOD_BYE: Duration = Duration::from_secs(1);

/// One connection.
#[derive(Debug)]
pub(super) struct Session {
    connection: PgConnection,
    passage: Passage,
    version: u32,
    limits: Limits,
    meter: Meter,
    /// Whether an answer was given up half read: what follows on the connection belongs to it.
    broken: bool,
    flight: Flight,
}

impl Session {
    /// A session on a connection that is logged in to a server of this `server_version_num`.
    pub(super) fn new(
        connection: PgConnection,
        passage: Passage,
        version: u32,
        limits: Limits,
    ) -> Self {
        Self {
            connection,
            passage,
            version,
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

    /// The server's `server_version_num`.
    pub(super) fn version(&self) -> u32 {
        self.version
    }

    /// The most databases that a server may have.
    pub(super) fn most_databases(&self) -> u64 {
        self.limits.databases
    }

    /// What the session has cost so far.
    pub(super) fn cost(&self) -> Cost {
        self.meter.cost()
    }

    /// Sends a statement and hands out its rows as they come. `what` names in messages what is read.
    pub(super) fn rows<'a>(
        &'a mut self,
        what: &'static str,
        query: Query<'a>,
    ) -> Result<Rows<'a>, ScanError> {
        // Without a name the statement does not stay on the server after its only run.
        self.ask(what, query.persistent(false))
    }

    /// The same for a statement of ours without values, whose rows come as the server prints them.
    pub(super) fn printed_rows(
        &mut self,
        what: &'static str,
        statement: String,
    ) -> Result<Rows<'_>, ScanError> {
        self.ask(what, raw_sql(AssertSqlSafe(statement)))
    }

    fn ask<'a, A>(&'a mut self, what: &'static str, asked: A) -> Result<Rows<'a>, ScanError>
    where
        A: Execute<'a, Postgres> + 'a,
    {
        self.begin(what)?;
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
        })
    }

    /// A statement is about to be sent.
    fn begin(&mut self, what: &'static str) -> Result<(), ScanError> {
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

    /// What the server makes of a statement with so many values, all of them text. More than one statement is none.
    pub(super) async fn prepare(
        &mut self,
        what: &'static str,
        statement: &str,
        values: usize,
    ) -> Result<PgStatement, ScanError> {
        let sql = AssertSqlSafe(statement.to_owned()).into_sql_str();
        let types = vec![<str as Type<Postgres>>::type_info(); values];
        self.begin(what)?;
        let preparing = (&mut self.connection).prepare_with(sql, &types);
        let limit = self.limits.statement_timeout;
        let prepared = timeout(
            limit.saturating_add(GRACE),
            AssertUnwindSafe(preparing).catch_unwind(),
        );
        let outcome = prepared.await;
        self.settled(outcome).map_err(|ended| match ended {
            Ended::Driver(error) => errors::while_reading(&error, what, &self.limits).error,
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
        A: Execute<'q, Postgres> + 'q,
    {
        self.begin("what was changed")?;
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
        let ended = match outcome {
            Ok(Ok(done)) => {
                self.flight.end();
                let Err(error) = done else {
                    return done.map_err(Ended::Driver);
                };
                match self.passage.failure() {
                    Some(failure) => Ended::Passage(failure),
                    // What the server says of a statement ends nothing but that.
                    None if matches!(error, sqlx::Error::Database(_)) => {
                        return Err(Ended::Driver(error));
                    }
                    None => Ended::Driver(error),
                }
            }
            Ok(Err(_)) => Ended::Malformed,
            Err(_) => Ended::Late(self.limits.statement_timeout),
        };
        self.broken = true;
        Err(ended)
    }

    /// Sends a statement and reads its first row.
    async fn first(
        &mut self,
        what: &'static str,
        query: Query<'_>,
    ) -> Result<Option<Row>, ScanError> {
        let mut rows = self.rows(what, query)?;
        let first = rows.next().await?;
        while rows.next().await?.is_some() {}
        Ok(first)
    }

    /// Sends a statement and reads its only row.
    pub(super) async fn one(
        &mut self,
        what: &'static str,
        query: Query<'_>,
    ) -> Result<Row, ScanError> {
        let row = self.first(what, query).await?;
        row.ok_or_else(|| errors::statement(what, "the answer has no row"))
    }

    /// Sends a statement for what it does.
    pub(super) async fn run(
        &mut self,
        what: &'static str,
        query: Query<'_>,
    ) -> Result<(), ScanError> {
        self.first(what, query).await.map(drop)
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
    stream: BoxStream<'a, Result<PgRow, sqlx::Error>>,
    passage: &'a Passage,
    limits: &'a Limits,
    bounds: Bounds,
    meter: &'a mut Meter,
    broken: &'a mut bool,
    flight: &'a mut Flight,
    what: &'static str,
    left: Duration,
}

/// What comes next, as far as the driver can read it: it panics on some malformed messages.
type Next = Result<Result<Option<PgRow>, sqlx::Error>, Box<dyn Any + Send>>;

impl Rows<'_> {
    /// For an answer that becomes a list in memory: ends it after so many rows.
    pub(super) fn at_most(mut self, rows: u64) -> Self {
        self.bounds = Bounds::of_list(rows);
        self
    }

    /// For an answer that is handed on row by row: it may have any number.
    pub(super) fn endless(mut self) -> Self {
        self.bounds = Bounds::of_stream();
        self
    }

    /// The next row; None after the last.
    ///
    /// The time-out covers the time spent waiting for the server, not what the caller does between
    /// rows.
    pub(super) async fn next(&mut self) -> Result<Option<Row>, Failure> {
        // Most rows have arrived with the one before: they need neither clock nor timer.
        let next = AssertUnwindSafe(self.stream.try_next()).catch_unwind();
        let next = match next.now_or_never() {
            Some(next) => next,
            None => self.wait().await?,
        };
        match next {
            Ok(Ok(Some(row))) => Ok(Some(self.taken(row)?)),
            Ok(Ok(None)) => {
                self.flight.end();
                Ok(None)
            }
            Ok(Err(error)) => {
                self.flight.end();
                if let Some(failure) = self.passage.failure() {
                    *self.broken = true;
                    return Err(failure.into());
                }
                let failure = errors::while_reading(&error, self.what, self.limits);
                *self.broken = matches!(failure.error, ScanError::Interrupted { .. });
                Err(failure)
            }
            Err(_) => {
                *self.broken = true;
                Err(errors::malformed(self.what).into())
            }
        }
    }

    fn taken(&mut self, row: PgRow) -> Result<Row, ScanError> {
        let row = Row::new(row);
        let bytes = row.bytes();
        self.meter.row(bytes);
        let bounded = self.bounds.row(bytes, self.what);
        // Nobody reads the rest of an answer that is too large.
        *self.broken |= bounded.is_err();
        bounded.map(|()| row)
    }

    async fn wait(&mut self) -> Result<Next, ScanError> {
        let started = Instant::now();
        let next = AssertUnwindSafe(self.stream.try_next()).catch_unwind();
        let next = timeout(self.left, next).await;
        self.left = self.left.saturating_sub(started.elapsed());
        self.meter.waited(started);
        next.map_err(|_| {
            *self.broken = true;
            let limit = self.limits.statement_timeout;
            ScanError::Timeout {
                what: format!("reading {}", self.what),
                limit,
            }
        })
    }
}
