//! Writing, with each value of each row by itself.

use models::sync_log::Cost;
use sqlx::{AssertSqlSafe, raw_sql};

use super::connect;
use super::session::Session;
use crate::session::{Purpose, WriteError};
use crate::{ScanError, Target};

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum {
    /// NULL.
    Null,
    /// A text, which the server makes what the column is.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A number, for columns of bits.
    Number(u64),
}

/// A session that writes.
#[derive(Debug)]
pub struct Writing {
    session: Session,
    packet: u64,
}

impl Writing {
    pub(crate) async fn open(
        purpose: Purpose,
        target: &Target,
        database: &str,
    ) -> Result<Self, ScanError> {
        const WHAT: &str = "the settings of the server";
        let mut target = target.clone();
        target.database = Some(database.to_owned());
        let (mut session, _) = connect::open_for(purpose, &target).await?;
        let query = sqlx::query(
            "/* plumbline packet */ SELECT CAST(@@SESSION.max_allowed_packet AS SIGNED)",
        );
        let row = session.first(WHAT, query).await?;
        let packet = match row {
            Some(row) => row.size(0)?,
            None => None,
        };
        Ok(Self {
            session,
            packet: packet
                .and_then(|size| u64::try_from(size).ok())
                .unwrap_or(1 << 20),
        })
    }

    /// The most bytes that the server takes at once (`max_allowed_packet`).
    #[must_use]
    pub fn packet(&self) -> u64 {
        self.packet
    }

    /// Runs one statement; how many rows it changed, as the server counts: an `ON DUPLICATE KEY UPDATE` counts two.
    ///
    /// # Errors
    /// When it is more than one, or the server does not carry it out.
    pub async fn run(&mut self, statement: &str, values: Vec<Datum>) -> Result<u64, WriteError> {
        let mut query = sqlx::query(AssertSqlSafe(statement.to_owned()));
        for value in values {
            query = match value {
                Datum::Null => query.bind(None::<String>),
                Datum::Text(text) => query.bind(text),
                Datum::Bytes(bytes) => query.bind(bytes),
                Datum::Number(number) => query.bind(number),
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

    pub(crate) fn cost(&self) -> Cost {
        self.session.cost()
    }

    pub(crate) async fn close(self) {
        self.session.close().await;
    }
}
