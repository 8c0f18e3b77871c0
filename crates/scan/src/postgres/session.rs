//! One connection: sends statements, streams their rows, counts what they cost.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures::stream::BoxStream;
use futures::{FutureExt, TryStreamExt};
use models::sync_log::Cost;
use sqlx::postgres::{PgArguments, PgConnection, PgRow};
use sqlx::{Connection, Postgres};
use tokio::time::timeout;

use super::errors::{self, Failure};
use super::row::Row;
use crate::ScanError;
use crate::bounds::Bounds;
use crate::cost::Meter;
use crate::flight::Flight;
use crate::passage::Passage;
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
        if self.broken {
            return Err(errors::interrupted(
                what,
                "the session ended with an earlier error",
            ));
        }
        self.meter.statement();
        self.flight.begin();
        Ok(Rows {
            // Without a name the statement does not stay on the server after its only run.
            stream: query.persistent(false).fetch(&mut self.connection),
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
