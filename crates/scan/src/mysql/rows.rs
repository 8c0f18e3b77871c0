//! Rows of a query, in one snapshot.
//!
//! What the server prepares is one statement, and what has columns then is one that answers with rows: `INTO OUTFILE`,
//! DDL and settings have none. The same text is then asked without being prepared, since rows come as the server
//! prints them only so.

use std::sync::Arc;

use futures::FutureExt;
use models::sync_log::Cost;
use sqlx::mysql::{MySqlColumn, MySqlRow};
use sqlx::{AssertSqlSafe, Column, MySql, Row as _, Statement, Type, TypeInfo};

use super::connect;
use super::errors;
use super::session::Session;
use crate::bounds::caught;
use crate::produce::produce;
use crate::session::{Answer, Form, Heading, Purpose, Raw, Row};
use crate::{ScanError, Target};

const ROWS: &str = "the rows of the query";

const SNAPSHOT: &str =
    "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY /* plumbline snapshot */";

#[derive(Debug)]
pub(crate) struct Reading {
    session: Session,
}

impl Reading {
    pub(crate) async fn open(target: &Target, database: &str) -> Result<Self, ScanError> {
        let mut target = target.clone();
        target.database = Some(database.to_owned());
        let (mut session, _) = connect::open_for(Purpose::Reading, &target).await?;
        let level = sqlx::query(
            "/* plumbline snapshot */ SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        );
        session.execute(ROWS, level).await?;
        session.begin_read_only(SNAPSHOT).await?;
        Ok(Self { session })
    }

    pub(crate) async fn ask<'a>(
        &'a mut self,
        query: &str,
        values: &[String],
    ) -> Result<Answer<'a>, ScanError> {
        let prepared = self.session.prepare(ROWS, query).await?;
        let headings: Arc<[Heading]> = prepared.columns().iter().map(heading).collect();
        if headings.is_empty() {
            return Err(errors::statement(ROWS, "it is no query: it has no columns"));
        }
        if values.is_empty()
            && prepared
                .parameters()
                .is_some_and(|few| few.right() != Some(0))
        {
            return Err(errors::statement(
                ROWS,
                "it has a ? that stands for nothing",
            ));
        }
        // What is prepared comes in the machine's form of each type; these have none.
        let is_printed = |form: Form| matches!(form, Form::Text | Form::Bytes | Form::Decimal);
        if let Some(other) = headings.iter().find(|heading| !is_printed(heading.form))
            && !values.is_empty()
        {
            let cause = format!("the column {} must be cast to CHAR", other.name);
            return Err(errors::statement(ROWS, cause));
        }
        let session = &mut self.session;
        let shared = Arc::clone(&headings);
        let (query, values) = (query.to_owned(), values.to_vec());
        let rows = produce(move |mut out| {
            async move {
                let mut rows = if values.is_empty() {
                    session.printed_rows(ROWS, query)?.endless()
                } else {
                    let asked = values
                        .into_iter()
                        .fold(sqlx::query(AssertSqlSafe(query)), |asked, value| {
                            asked.bind(value)
                        });
                    session.rows(ROWS, asked)?.endless()
                };
                while let Some(row) = rows.next().await? {
                    let row = Row {
                        raw: Raw::Mysql(row.into_raw()),
                        headings: Arc::clone(&shared),
                    };
                    out.send(row).await;
                }
                Ok(())
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

fn heading(column: &MySqlColumn) -> Heading {
    let of_type = column.type_info();
    Heading {
        name: column.name().to_owned(),
        form: Form::of_mysql(of_type.name(), <str as Type<MySql>>::compatible(of_type)),
    }
}

/// A value as the server prints it.
pub(crate) fn value(row: &MySqlRow, place: usize) -> Result<Option<&[u8]>, ScanError> {
    // The driver panics where a row has fewer values than were announced.
    match caught(|| row.try_get_unchecked(place)) {
        Some(Ok(value)) => Ok(value),
        _ => Err(errors::malformed(ROWS)),
    }
}
