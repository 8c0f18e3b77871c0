//! Writing, with whole columns as values: one statement has as many as columns, however many rows.

use models::sync_log::Cost;
use sqlx::{AssertSqlSafe, raw_sql};

use super::connect;
use super::session::Session;
use crate::session::{Purpose, WriteError};
use crate::{ScanError, Target};

/// The values of one column, bound as one array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// Texts, as `text[]`.
    Texts(Vec<Option<String>>),
    /// Bytes, as `bytea[]`.
    Bytes(Vec<Option<Vec<u8>>>),
}

/// A session that writes.
#[derive(Debug)]
pub struct Writing {
    session: Session,
}

impl Writing {
    pub(crate) async fn open(
        purpose: Purpose,
        target: &Target,
        database: &str,
    ) -> Result<Self, ScanError> {
        let session = connect::open_for(purpose, target, database).await?;
        Ok(Self { session })
    }

    /// Runs one statement; how many rows it changed.
    ///
    /// # Errors
    /// When it is more than one, or the server does not carry it out.
    pub async fn run(&mut self, statement: &str, values: Vec<List>) -> Result<u64, WriteError> {
        let mut query = sqlx::query(AssertSqlSafe(statement.to_owned())).persistent(false);
        for list in values {
            query = match list {
                List::Texts(texts) => query.bind(texts),
                List::Bytes(bytes) => query.bind(bytes),
            };
        }
        self.session.change(query).await
    }

    /// Runs a statement that begins, ends or marks a transaction.
    ///
    /// # Errors
    /// When the server does not carry it out.
    pub async fn control(&mut self, statement: &'static str) -> Result<(), WriteError> {
        self.session.change(raw_sql(statement)).await.map(drop)
    }

    /// The types of a table's columns as they are now, of a domain the type beneath: name of the column, and the type as
    /// it stands in a cast, quoted and without length.
    ///
    /// # Errors
    /// When the server cannot be asked.
    pub async fn types(
        &mut self,
        schema: &str,
        table: &str,
    ) -> Result<Vec<(String, String)>, ScanError> {
        super::preview::types_of(&mut self.session, schema, table).await
    }

    pub(crate) fn cost(&self) -> Cost {
        self.session.cost()
    }

    pub(crate) async fn close(self) {
        self.session.close().await;
    }
}
