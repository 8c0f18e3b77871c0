//! One of the two tables, in a session that sees one state of it.

use std::time::Duration;

use models::datasource::Engine;
use scan::session::{Answer, Reading, Row};
use scan::{ScanError, Target};

use super::statement::{Dialect, POSTGRES_SETTINGS};
use super::{DeltaError, Place};

/// One table.
#[derive(Debug)]
pub(super) struct Source {
    reading: Reading,
    dialect: Dialect,
    place: Place,
    /// What it is called in messages.
    role: &'static str,
}

impl Source {
    /// Opens a session. From here on it sees the table as it is now.
    ///
    /// # Errors
    /// Whatever stops a connection.
    pub(super) async fn open(
        role: &'static str,
        place: &Place,
        limit: Duration,
    ) -> Result<Self, DeltaError> {
        let mut target: Target = place.target.clone();
        // A server that sorts says nothing for a long time.
        target.limits.statement_timeout = limit;
        let failed = |cause| of_table(role, place, cause);
        let opened = Reading::open(&target, &place.database).await;
        let mut reading = opened.map_err(failed)?;
        let dialect = match target.engine {
            Engine::Mysql => Dialect::Mysql,
            // The snapshot is that of the first statement.
            Engine::Postgresql => {
                let settled = reading
                    .first(POSTGRES_SETTINGS, &[])
                    .await
                    .map_err(failed)?;
                let word = settled.and_then(|row| row.text(0).transpose());
                Dialect::Postgres {
                    sorts_by_utf8: word.transpose().map_err(failed)?.as_deref() == Some("1"),
                }
            }
        };
        Ok(Self {
            reading,
            dialect,
            place: place.clone(),
            role,
        })
    }

    /// How the server has to be asked.
    pub(super) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The table.
    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// What the table is called in messages.
    pub(super) fn role(&self) -> &'static str {
        self.role
    }

    /// Asks for rows.
    ///
    /// # Errors
    /// When the server does not answer.
    pub(super) async fn ask(&mut self, statement: &str) -> Result<Answer<'_>, DeltaError> {
        let (role, place) = (self.role, &self.place);
        let asked = self.reading.ask(statement, &[]).await;
        asked.map_err(|cause| of_table(role, place, cause))
    }

    /// An error of the table.
    pub(super) fn failed(&self, cause: ScanError) -> DeltaError {
        of_table(self.role, &self.place, cause)
    }

    /// Asks for one value; None for NULL.
    ///
    /// # Errors
    /// When the server does not answer.
    pub(super) async fn text(&mut self, statement: &str) -> Result<Option<String>, DeltaError> {
        let first = self.reading.first(statement, &[]).await;
        let value = first.and_then(|row| match row {
            Some(row) => Row::text(&row, 0),
            None => Ok(None),
        });
        value.map_err(|cause| self.failed(cause))
    }

    /// Asks for a count.
    ///
    /// # Errors
    /// When the server does not answer.
    pub(super) async fn count(&mut self, statement: &str) -> Result<u64, DeltaError> {
        let text = self.text(statement).await?;
        let number = text.and_then(|text| text.parse().ok());
        number.ok_or_else(|| {
            self.failed(ScanError::Statement {
                what: "a number of rows".to_owned(),
                cause: "the answer is no number".to_owned(),
            })
        })
    }

    /// Says good-bye to the server.
    pub(super) async fn close(self) {
        self.reading.close().await;
    }
}

/// A table as messages name it.
fn name(role: &str, place: &Place) -> String {
    let Place {
        database,
        schema,
        table,
        ..
    } = place;
    if schema.is_empty() {
        format!("{role} {database}.{table}")
    } else {
        format!("{role} {database}.{schema}.{table}")
    }
}

/// An error of a table.
pub(super) fn of_table(role: &str, place: &Place, cause: ScanError) -> DeltaError {
    DeltaError::Table {
        table: name(role, place),
        cause,
    }
}
