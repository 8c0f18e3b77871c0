//! One connection: sends statements, streams their rows, counts what they cost.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures::stream::BoxStream;
use futures::{FutureExt, TryStreamExt};
use models::sync_log::Cost;
use sqlx::mysql::{MySqlArguments, MySqlConnection, MySqlRow};
use sqlx::{AssertSqlSafe, Connection, Executor, MySql, raw_sql};
use tokio::time::timeout;

use super::errors;
use super::row::Row;
use crate::ScanError;
use crate::bounds::Bounds;
use crate::cost::Meter;
use crate::flight::Flight;
use crate::passage::Passage;
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
        let what = what.into();
        if self.broken {
            return Err(errors::interrupted(
                &what,
                "the session ended with an earlier error",
            ));
        }
        self.meter.statement();
        self.flight.begin();
        // Until the answer has begun: the driver reads past rows that were left over from a
        // statement, but takes what was left over of the answer to its PREPARE for all of it.
        self.broken = true;
        Ok(Rows {
            stream: query.fetch(&mut self.connection),
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

    /// Begins a read-only transaction, which ends with the session.
    pub(super) async fn begin_read_only(&mut self) -> Result<(), ScanError> {
        let statement = "START TRANSACTION READ ONLY /* plumbline preview */";
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
}

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
    pub(super) async fn next(&mut self) -> Result<Option<Row>, ScanError> {
        let started = Instant::now();
        let next = AssertUnwindSafe(self.stream.try_next()).catch_unwind();
        let next = timeout(self.left, next).await;
        self.left = self.left.saturating_sub(started.elapsed());
        self.meter.waited(started);
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
