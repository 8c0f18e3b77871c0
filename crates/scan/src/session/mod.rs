//! Sessions for the rows themselves: one that reads them in a single snapshot, and one that writes them.
//!
//! Both take the way of every other session: the network policy, TLS, the guard, the limits. What is read is handed on
//! row by row, whatever there is of it: one row is bounded ([`crate::Limits::message_bytes`]), an answer is not. Values
//! come as the server prints them, in words that both engines read, since what a driver decodes loses something of most
//! types.

mod form;
mod refusal;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use futures::stream::BoxStream;
use models::datasource::Engine;
use models::sync_log::Cost;
use sqlx::mysql::MySqlRow;
use sqlx::postgres::PgRow;

pub use self::form::Form;
pub(crate) use self::refusal::Ended;
pub use self::refusal::WriteError;
pub use crate::mysql::write::{Datum, Writing as MysqlWriting};
pub use crate::postgres::write::{List, Writing as PostgresWriting};
use crate::target::Limits;
use crate::{ScanError, Target, mysql, postgres};

/// What a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Reading catalogs.
    Catalog,
    /// Reading rows.
    Reading,
    /// Writing rows.
    Filling,
    /// One statement of the user's.
    Statement,
}

impl Purpose {
    pub(crate) fn writes(self) -> bool {
        matches!(self, Self::Filling | Self::Statement)
    }

    /// How long the session may stand still: what moves rows waits for the other side.
    pub(crate) fn pause(self, limits: &Limits) -> Duration {
        let minute = Duration::from_mins(1);
        match self {
            Self::Catalog => minute,
            _ => limits.statement_timeout.saturating_add(minute),
        }
    }
}

/// A column of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub form: Form,
}

/// A read-only session in one snapshot: whatever is asked sees the same state of the data, also where others write
/// meanwhile. (Tables of `MySQL` without transactions, such as `MyISAM`, know no snapshots.) After an error it is of no
/// more use.
#[derive(Debug)]
pub struct Reading(Kind);

#[derive(Debug)]
enum Kind {
    Postgres(postgres::rows::Reading),
    Mysql(mysql::rows::Reading),
}

impl Reading {
    /// Opens one on a database of the server. Times are printed in UTC.
    ///
    /// # Errors
    /// Whatever stops a connection.
    pub async fn open(target: &Target, database: &str) -> Result<Self, ScanError> {
        Ok(Self(match target.engine {
            Engine::Postgresql => {
                Kind::Postgres(postgres::rows::Reading::open(target, database).await?)
            }
            Engine::Mysql => Kind::Mysql(mysql::rows::Reading::open(target, database).await?),
        }))
    }

    /// Asks one query. Values stand for `$1`, `$2` ... of `PostgreSQL`, as text, and for each `?` of `MySQL`, where a
    /// query with values must have nothing but texts, bytes and decimals as columns (`CAST(... AS CHAR)`).
    ///
    /// The time-out counts what the server takes for a number of rows, not how long somebody takes to deal with them.
    ///
    /// # Errors
    /// When it is no query, or more than one, or the server does not take it.
    pub async fn ask<'a>(
        &'a mut self,
        query: &str,
        values: &[String],
    ) -> Result<Answer<'a>, ScanError> {
        match &mut self.0 {
            Kind::Postgres(reading) => reading.ask(query, values).await,
            Kind::Mysql(reading) => reading.ask(query, values).await,
        }
    }

    /// The first row of a query's answer; None where there is none.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub async fn first(
        &mut self,
        query: &str,
        values: &[String],
    ) -> Result<Option<Row>, ScanError> {
        let mut answer = self.ask(query, values).await?;
        let first = answer.next().await?;
        while answer.next().await?.is_some() {}
        Ok(first)
    }

    /// What the session has cost so far.
    #[must_use]
    pub fn cost(&self) -> Cost {
        match &self.0 {
            Kind::Postgres(reading) => reading.cost(),
            Kind::Mysql(reading) => reading.cost(),
        }
    }

    /// Says good-bye to the server. Where a session is dropped instead, the server is told to stop what it does.
    pub async fn close(self) {
        match self.0 {
            Kind::Postgres(reading) => reading.close().await,
            Kind::Mysql(reading) => reading.close().await,
        }
    }
}

/// The answer to a query. Dropped before its end it leaves the session to be dropped too.
pub struct Answer<'a> {
    pub(crate) headings: Arc<[Heading]>,
    pub(crate) rows: BoxStream<'a, Result<Row, ScanError>>,
}

impl Answer<'_> {
    /// The columns, at least one; known before the first row, and where there is none.
    #[must_use]
    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// The next row; None after the last.
    ///
    /// # Errors
    /// When the server cannot go on.
    pub async fn next(&mut self) -> Result<Option<Row>, ScanError> {
        self.rows.next().await.transpose()
    }
}

impl fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("headings", &self.headings)
            .finish_non_exhaustive()
    }
}

/// A row as the driver has it.
pub(crate) enum Raw {
    Postgres(PgRow),
    Mysql(MySqlRow),
}

/// One row of an answer.
pub struct Row {
    pub(crate) raw: Raw,
    pub(crate) headings: Arc<[Heading]>,
}

impl Row {
    /// The value at a place, None for NULL: text in UTF-8 as [`Form`] says, bytes for [`Form::Bytes`].
    ///
    /// # Errors
    /// When there is no such place, or what the server sent cannot be read.
    pub fn value(&self, place: usize) -> Result<Option<Cow<'_, [u8]>>, ScanError> {
        let Some(heading) = self.headings.get(place) else {
            return Err(crate::error::malformed("a row"));
        };
        let value = match &self.raw {
            Raw::Postgres(row) => postgres::rows::value(row, place)?,
            Raw::Mysql(row) => mysql::rows::value(row, place)?,
        };
        let is_postgres = matches!(self.raw, Raw::Postgres(_));
        Ok(value.map(|value| heading.form.neutral(value, is_postgres)))
    }

    /// The same as text; what is no UTF-8 becomes U+FFFD.
    ///
    /// # Errors
    /// As [`Self::value`].
    pub fn text(&self, place: usize) -> Result<Option<String>, ScanError> {
        let value = self.value(place)?;
        Ok(value.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not its values.
        f.debug_struct("Row").finish_non_exhaustive()
    }
}

/// A session that may write. What is under way when it is dropped is stopped on the server.
#[derive(Debug)]
pub enum Writing {
    /// On `PostgreSQL`.
    Postgres(PostgresWriting),
    /// On `MySQL` or `MariaDB`.
    Mysql(MysqlWriting),
}

impl Writing {
    /// Opens one for writing rows. Times are read in UTC; what does not fit a column is refused and not bent.
    ///
    /// # Errors
    /// Whatever stops a connection.
    pub async fn open(target: &Target, database: &str) -> Result<Self, ScanError> {
        Self::open_for(Purpose::Filling, target, database).await
    }

    /// Opens one for a statement of somebody's own: with the server's own time zone.
    ///
    /// # Errors
    /// Whatever stops a connection.
    pub async fn open_for_statement(target: &Target, database: &str) -> Result<Self, ScanError> {
        Self::open_for(Purpose::Statement, target, database).await
    }

    async fn open_for(
        purpose: Purpose,
        target: &Target,
        database: &str,
    ) -> Result<Self, ScanError> {
        Ok(match target.engine {
            Engine::Postgresql => {
                Self::Postgres(PostgresWriting::open(purpose, target, database).await?)
            }
            Engine::Mysql => Self::Mysql(MysqlWriting::open(purpose, target, database).await?),
        })
    }

    /// Runs one statement without values; how many rows it changed, as the server counts.
    ///
    /// # Errors
    /// When it is more than one, or the server does not carry it out.
    pub async fn run(&mut self, statement: &str) -> Result<u64, WriteError> {
        match self {
            Self::Postgres(writing) => writing.run(statement, Vec::new()).await,
            Self::Mysql(writing) => writing.run(statement, Vec::new()).await,
        }
    }

    /// Runs a statement that begins, ends or marks a transaction.
    ///
    /// # Errors
    /// When the server does not carry it out.
    pub async fn control(&mut self, statement: &'static str) -> Result<(), WriteError> {
        match self {
            Self::Postgres(writing) => writing.control(statement).await,
            Self::Mysql(writing) => writing.control(statement).await,
        }
    }

    /// What the session has cost so far.
    #[must_use]
    pub fn cost(&self) -> Cost {
        match self {
            Self::Postgres(writing) => writing.cost(),
            Self::Mysql(writing) => writing.cost(),
        }
    }

    /// Says good-bye to the server; a transaction that has not ended is undone.
    pub async fn close(self) {
        match self {
            Self::Postgres(writing) => writing.close().await,
            Self::Mysql(writing) => writing.close().await,
        }
    }
}
