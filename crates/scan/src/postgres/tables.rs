//! Relations.

use std::sync::LazyLock;

use models::details::{TableFacts, TableName};

use super::row::Row;
use super::session::Session;
use super::{errors, server};
use crate::produce::Out;
use crate::{Record, ScanError, TableRecord};

const STATEMENT: &str = concat!(
    "-- plumbline tables\n",
    include_str!("sql/relation.sql"),
    include_str!("sql/tables.sql"),
);

static STATEMENT_11: LazyLock<String> = LazyLock::new(|| server::before_12(STATEMENT));

/// How often the statement may go on after a table that the server could not print.
const RESUMES: usize = 10;

/// What is said of a table that is left out because of a lock.
const BLOCKED: &str = "another session holds an exclusive lock, or waits for one";

/// Reads relations in the order of their oids; leaves in `blocked` the oids of those that the
/// server cannot print, for the statements that would print more of them.
///
/// To print a view the server locks what the view reads, to print an expression it locks the
/// table, and damaged catalog rows make it fail: one such table would end the statement. It then
/// goes on after the last relation that came, printing nothing of the next one, whose turn it was,
/// nor of those that somebody has locked by then, so that no further lock is waited for.
pub(super) async fn read(
    session: &mut Session,
    selectors: Option<Vec<&str>>,
    blocked: &mut Vec<i64>,
    mut out: Out,
) -> Result<(), ScanError> {
    let statement = if session.version() < 12_00_00 {
        &STATEMENT_11
    } else {
        STATEMENT
    };
    let mut after = 0;
    let mut trouble = None;
    blocked.clear();
    for _ in 0..=RESUMES {
        let is_resumed = trouble.is_some();
        let query = sqlx::query(statement)
            .bind(&selectors)
            .bind(after)
            .bind(is_resumed);
        let mut rows = session.rows("the tables", query)?;
        let started_after = after;
        let failure = loop {
            match rows.next().await {
                Ok(Some(row)) => {
                    // The first relation is the one that made the trouble.
                    let trouble = trouble.take();
                    let (oid, table) = record(&row, trouble.as_deref().unwrap_or(BLOCKED))?;
                    after = oid;
                    if table.error.is_some() {
                        blocked.push(oid);
                    }
                    out.send(Record::Table(table)).await;
                }
                Ok(None) => return Ok(()),
                Err(failure) => break failure,
            }
        };
        // Without progress although the next one was not to be printed, something else is wrong.
        if failure.at_object.is_none() || (is_resumed && after == started_after) {
            return Err(failure.error);
        }
        tracing::debug!(after, error = %failure.error, "going on after a table that cannot be read");
        trouble = failure.at_object;
    }
    Err(errors::statement(
        "the tables",
        "too many of them cannot be printed",
    ))
}

/// A relation and its oid. `trouble` is why it was not printed, if it was not.
fn record(row: &Row, trouble: &str) -> Result<(i64, TableRecord), ScanError> {
    let oid = row.number()?.unwrap_or_default();
    let is_bare = row.flag()?;
    let (schema, name) = (row.text()?, row.text()?);
    let kind = row.word()?;
    let table_type = table_type(kind, row.flag()?);
    let engine = row.optional()?;
    let row_count = row.number()?;
    let table = TableRecord {
        schema,
        name,
        table_type,
        engine,
        row_count,
        row_count_source: row_count.map(|_| "estimate"),
        data_size_bytes: row.number()?,
        index_size_bytes: row.number()?,
        comment: row.optional()?,
        view_definition: row.optional()?,
        source_identity: Some(oid),
        facts: facts(row)?,
        error: is_bare
            .then(|| format!("its definition or expressions could not be read in full: {trouble}")),
    };
    Ok((oid, table))
}

fn facts(row: &Row) -> Result<TableFacts, ScanError> {
    let owner = row.optional()?;
    let persistence = match row.word()? {
        "p" => "permanent".to_owned(),
        "u" => "unlogged".to_owned(),
        other => other.to_owned(),
    };
    let foreign_server = row.optional()?;
    let (schemas, names) = (row.texts()?, row.texts()?);
    let parents = schemas
        .into_iter()
        .zip(names)
        .map(|(table_schema, table_name)| TableName {
            table_schema,
            table_name,
        })
        .collect();
    Ok(TableFacts {
        owner,
        persistence: Some(persistence),
        foreign_server,
        parents,
        partition_bound: row.optional()?,
        row_security: row.optional_flag()?,
        ..TableFacts::default()
    })
}

/// The word for a `relkind`; an unknown one stays as it is.
fn table_type(kind: &str, is_partition: bool) -> String {
    let word = match (kind, is_partition) {
        ("r", false) => "TABLE",
        ("r", true) => "PARTITION",
        ("p", _) => "PARTITIONED_TABLE",
        ("v", _) => "VIEW",
        ("m", _) => "MATERIALIZED_VIEW",
        ("f", _) => "FOREIGN_TABLE",
        (other, _) => other,
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partition_that_is_cut_further_or_foreign_keeps_that_kind() {
        assert_eq!(table_type("r", false), "TABLE");
        assert_eq!(table_type("r", true), "PARTITION");
        assert_eq!(table_type("p", true), "PARTITIONED_TABLE");
        assert_eq!(table_type("f", true), "FOREIGN_TABLE");
        assert_eq!(table_type("m", false), "MATERIALIZED_VIEW");
        assert_eq!(table_type("?", false), "?");
    }
}
