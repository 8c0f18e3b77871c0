//! Level 2: one session on a database.

use async_trait::async_trait;
use futures::FutureExt;
use models::details::TableName;
use models::sync_log::Cost;

use super::row::Row;
use super::session::{Query, Session};
use super::{connect, fields, indexes, keys, partitions, tables};
use crate::produce::{Out, produce};
use crate::{DatabaseReader, Part, Record, RecordStream, ScanError, Selection, Target};

const NAMES: &str = concat!(
    "-- plumbline names\n",
    include_str!("sql/relation.sql"),
    "select schema, name from relation \
     where $2::text is null or (schema collate \"C\", name collate \"C\") > ($2, $3::text) \
     order by schema collate \"C\", name collate \"C\" limit $4",
);

/// One session on a database.
pub(super) struct Reader {
    session: Session,
    /// Oids of tables that the server could not print when it listed them.
    blocked: Vec<i64>,
}

impl Reader {
    /// Connects to a database.
    pub(super) async fn open(target: &Target, database: &str) -> Result<Self, ScanError> {
        let session = connect::open_for_text(target, database).await?;
        Ok(Self {
            session,
            blocked: Vec::new(),
        })
    }
}

#[async_trait]
impl DatabaseReader for Reader {
    fn read<'a>(&'a mut self, part: Part, selection: &'a Selection) -> RecordStream<'a> {
        let Self { session, blocked } = self;
        let selectors = selectors(selection);
        produce(move |out| match part {
            Part::Tables => tables::read(session, selectors, blocked, out).boxed(),
            Part::Fields => {
                let query = sqlx::query(fields::statement(session.version()));
                let query = query.bind(selectors).bind(&*blocked);
                pump(session, ("the fields", query, fields::record), out).boxed()
            }
            Part::Keys => {
                let query = sqlx::query(keys::STATEMENT).bind(selectors);
                pump(session, ("the keys", query, keys::record), out).boxed()
            }
            Part::Indexes => {
                let query = sqlx::query(indexes::STATEMENT)
                    .bind(selectors)
                    .bind(&*blocked);
                pump(session, ("the indexes", query, indexes::record), out).boxed()
            }
            Part::Partitions => {
                let query = sqlx::query(partitions::STATEMENT)
                    .bind(selectors)
                    .bind(&*blocked);
                let source: Source<'_> = ("the partition keys", query, partitions::record);
                pump(session, source, out).boxed()
            }
        })
    }

    async fn names(
        &mut self,
        after: Option<&TableName>,
        limit: u32,
    ) -> Result<Vec<TableName>, ScanError> {
        let query = sqlx::query(NAMES)
            .bind(None::<Vec<String>>)
            .bind(after.map(|name| name.table_schema.as_str()))
            .bind(after.map(|name| name.table_name.as_str()))
            .bind(i64::from(limit));
        let mut rows = self.session.rows("the names of the tables", query)?;
        let mut names = Vec::new();
        while let Some(row) = rows.next().await? {
            names.push(TableName {
                table_schema: row.text()?,
                table_name: row.text()?,
            });
        }
        Ok(names)
    }

    fn cost(&self) -> Cost {
        self.session.cost()
    }

    async fn close(self: Box<Self>) {
        self.session.close().await;
    }
}

/// The parameter that every statement starts with; None for all tables.
fn selectors(selection: &Selection) -> Option<Vec<&str>> {
    match selection {
        Selection::All => None,
        // No name has a NUL, and the server takes no text with one.
        Selection::Tables(selectors) => Some(
            selectors
                .iter()
                .map(String::as_str)
                .filter(|name| !name.contains('\0'))
                .collect(),
        ),
    }
}

/// What is read, its statement, and the record of a row.
type Source<'a> = (
    &'static str,
    Query<'a>,
    fn(&Row) -> Result<Record, ScanError>,
);

async fn pump(session: &mut Session, source: Source<'_>, mut out: Out) -> Result<(), ScanError> {
    let (what, query, record) = source;
    let mut rows = session.rows(what, query)?;
    while let Some(row) = rows.next().await? {
        out.send(record(&row)?).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_that_no_name_can_match_is_left_out() {
        assert_eq!(selectors(&Selection::All), None);
        let selection = Selection::Tables(vec!["a.b".to_owned(), "x\0y".to_owned()]);
        assert_eq!(selectors(&selection), Some(vec!["a.b"]));
    }
}
