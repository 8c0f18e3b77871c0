//! Rows of a query, in one snapshot.
//!
//! The query becomes a cursor: the server takes nothing else there but one that reads, the time-out counts for some
//! thousand rows and not for as long as somebody takes to deal with all of them, and rows come as the server prints them.

use std::sync::Arc;

use futures::FutureExt;
use models::sync_log::Cost;
use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, Column, Row as _, Statement, ValueRef};

use super::connect;
use super::errors;
use super::session::Session;
use crate::bounds::caught;
use crate::produce::produce;
use crate::session::{Answer, Form, Heading, Purpose, Raw, Row};
use crate::{ScanError, Target};

const ROWS: &str = "the rows of the query";

/// How many rows are fetched at once.
const FETCHED: usize = 5000;

#[derive(Debug)]
pub(crate) struct Reading {
    session: Session,
}

impl Reading {
    pub(crate) async fn open(target: &Target, database: &str) -> Result<Self, ScanError> {
        let mut session = connect::open_for(Purpose::Reading, target, database).await?;
        let begin = sqlx::query(
            "-- plumbline snapshot\nbegin transaction isolation level repeatable read read only",
        );
        session.run(ROWS, begin).await?;
        Ok(Self { session })
    }

    pub(crate) async fn ask<'a>(
        &'a mut self,
        query: &str,
        values: &[String],
    ) -> Result<Answer<'a>, ScanError> {
        let prepared = self.session.prepare(ROWS, query, values.len()).await?;
        let headings: Arc<[Heading]> = prepared
            .columns()
            .iter()
            .map(|column| Heading {
                name: column.name().to_owned(),
                form: Form::of_postgres(column.type_info().oid().map_or(0, |oid| oid.0)),
            })
            .collect();
        if headings.is_empty() {
            return Err(errors::statement(ROWS, "it is no query: it has no columns"));
        }
        let declare =
            format!("-- plumbline cursor\ndeclare plumbline no scroll cursor for\n{query}");
        let declare = values
            .iter()
            .fold(sqlx::query(AssertSqlSafe(declare)), |declare, value| {
                declare.bind(value.clone())
            });
        self.session.run(ROWS, declare).await?;
        let session = &mut self.session;
        let shared = Arc::clone(&headings);
        let rows = produce(move |mut out| {
            async move {
                loop {
                    let fetch =
                        format!("/* plumbline rows */ fetch forward {FETCHED} from plumbline");
                    let mut rows = session.printed_rows(ROWS, fetch)?.endless();
                    let mut count = 0;
                    while let Some(row) = rows.next().await? {
                        count += 1;
                        let row = Row {
                            raw: Raw::Postgres(row.into_raw()),
                            headings: Arc::clone(&shared),
                        };
                        out.send(row).await;
                    }
                    if count < FETCHED {
                        break;
                    }
                }
                let close = sqlx::query("-- plumbline cursor ends\nclose plumbline");
                session.run(ROWS, close).await
            }
            .boxed()
        });
        Ok(Answer { headings, rows })
    }

    pub(crate) fn cost(&self) -> Cost {
        self.session.cost()
    }

    pub(crate) async fn close(self) {
        self.session.close().await;
    }
}

/// A value as the server prints it.
pub(crate) fn value(row: &PgRow, place: usize) -> Result<Option<&[u8]>, ScanError> {
    let read = || {
        let value = row.try_get_raw(place).ok()?;
        if value.is_null() {
            return Some(None);
        }
        value.as_bytes().ok().map(Some)
    };
    // The driver panics where a row has fewer values than were announced.
    caught(read)
        .flatten()
        .ok_or_else(|| errors::malformed(ROWS))
}
