//! Relations.

use models::details::{TableFacts, TableName};

use sqlx::AssertSqlSafe;

use super::row::Row;
use super::scope::Scope;
use super::session::Session;
use super::{errors, server};
use crate::produce::Out;
use crate::{Record, ScanError, TableRecord};

const STATEMENT: &str = concat!(
    "-- plumbline tables\n",
    include_str!("sql/relation.sql"),
    include_str!("sql/exclusive.sql"),
    include_str!("sql/figures.sql"),
    include_str!("sql/tables.sql"),
);

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
    scope: Scope<'_>,
    blocked: &mut Vec<i64>,
    mut out: Out,
) -> Result<(), ScanError> {
    let statement = server::fit(STATEMENT, session.version());
    let mut after = 0;
    let mut trouble: Option<String> = None;
    let mut is_bare = false;
    blocked.clear();
    for _ in 0..=RESUMES {
        let query = sqlx::query(AssertSqlSafe(&*statement))
            .bind(scope.parameter())
            .bind(after)
            .bind(is_bare);
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
        let is_stuck = after == started_after;
        // Without progress although the next one was not to be printed, something else is wrong.
        if failure.at_object.is_none() || (is_bare && is_stuck) {
            return Err(failure.error);
        }
        // A table that was dropped meanwhile makes no trouble the second time. A lock is not waited for twice.
        is_bare = is_stuck || failure.is_locked;
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
        toast_size_bytes: row.number()?,
        auto_increment: None,
        comment: row.optional()?,
        view_definition: row.optional()?,
        source_identity: Some(oid),
        facts: facts(row, kind)?,
        error: is_bare
            .then(|| format!("its definition or expressions could not be read in full: {trouble}")),
    };
    Ok((oid, table))
}

fn facts(row: &Row, kind: &str) -> Result<TableFacts, ScanError> {
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
    let partition_bound = row.optional()?;
    let (row_security, row_security_forced) = (row.optional_flag()?, row.optional_flag()?);
    let is_populated = row.optional_flag()?;
    let view = ViewOptions::from(row.texts()?);
    let toast = row.texts()?.into_iter();
    let options = view.rest.into_iter();
    Ok(TableFacts {
        owner,
        persistence: Some(persistence),
        foreign_server,
        parents,
        partition_bound,
        row_security,
        row_security_forced,
        is_populated,
        options: options
            .chain(toast.map(|option| format!("toast.{option}")))
            .collect(),
        tablespace: row.optional()?,
        of_type: row.optional()?,
        view_security: (kind == "v").then(|| {
            if view.is_invoker {
                "INVOKER"
            } else {
                "DEFINER"
            }
            .to_owned()
        }),
        view_check_option: view.check_option,
        view_is_updatable: row.optional_flag()?,
        ..TableFacts::default()
    })
}

/// Those of `reloptions` that are facts of a view, and the others.
#[derive(Debug, Default, PartialEq, Eq)]
struct ViewOptions {
    is_invoker: bool,
    check_option: Option<String>,
    rest: Vec<String>,
}

impl From<Vec<String>> for ViewOptions {
    fn from(options: Vec<String>) -> Self {
        let mut view = Self::default();
        for option in options {
            match option.split_once('=') {
                Some(("security_invoker", value)) => view.is_invoker = is_true(value),
                Some(("check_option", value)) => view.check_option = Some(value.to_uppercase()),
                _ => view.rest.push(option),
            }
        }
        view
    }
}

/// Whether the server takes a word for true: options are kept as they were written.
fn is_true(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word == "on" || word == "1" || "true".starts_with(&word) || "yes".starts_with(&word)
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
    fn options_of_views_are_facts() {
        let words = [
            "security_invoker=On",
            "security_barrier=true",
            "check_option=local",
        ];
        let view = ViewOptions::from(words.map(str::to_owned).to_vec());
        let expected = ViewOptions {
            is_invoker: true,
            check_option: Some("LOCAL".to_owned()),
            rest: vec!["security_barrier=true".to_owned()],
        };
        assert_eq!(view, expected);
        assert!(["true", "T", "y", "1", "on"].into_iter().all(is_true));
        assert!(!["false", "off", "0", "no", "o"].into_iter().any(is_true));
    }

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
