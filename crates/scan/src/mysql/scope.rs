//! What of a server a statement is about: one database, and all of its tables or some.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write;

use sqlx::{AssertSqlSafe, SqlSafeStr};

use super::session::Query;
use crate::Selection;

/// Where a statement takes the condition on table names. Stands after
/// `<database> = ? AND CAST(<database> AS BINARY) = ?`. A column of another name than `TABLE_NAME`
/// stands behind a colon: `/* selected tables: VIEW_NAME */`.
const MARK: &str = "/* selected tables";

/// How many names go into a statement; with more of them, all tables are read and filtered here.
const MOST_NAMES: usize = 1000;

/// One database, and all of its tables or some.
pub(super) struct Scope<'a> {
    pub(super) database: &'a str,
    names: Option<HashSet<&'a str>>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(database: &'a str, selection: &'a Selection) -> Self {
        let names = match selection {
            Selection::All => None,
            Selection::Tables(selectors) => Some(selectors.iter().map(String::as_str).collect()),
            Selection::Chosen(chosen) => Some(
                chosen
                    .iter()
                    .map(|table| table.name.table_name.as_str())
                    .collect(),
            ),
        };
        Self { database, names }
    }

    /// Whether nothing at all is selected.
    pub(super) fn is_empty(&self) -> bool {
        self.names.as_ref().is_some_and(HashSet::is_empty)
    }

    /// Whether a table is selected, byte for byte: the servers compare less exactly.
    pub(super) fn has(&self, table: &str) -> bool {
        self.names
            .as_ref()
            .is_none_or(|names| names.contains(table))
    }

    /// What messages call a part of this database.
    pub(super) fn what(&self, part: &str) -> String {
        format!("the {part} of {}", self.database)
    }

    /// A statement on this scope. At each [`MARK`] it gets the database twice and the selected
    /// names.
    ///
    /// A list of constant names spares the servers the tables that are not in it.
    pub(super) fn query(&self, sql: impl Into<Cow<'static, str>>) -> Query<'static> {
        let sql = sql.into();
        let marks = sql.matches(MARK).count();
        let names = self
            .names
            .as_ref()
            .filter(|names| names.len() <= MOST_NAMES);
        let mut query = match names {
            None => sqlx::query(AssertSqlSafe(sql).into_sql_str()),
            Some(names) => sqlx::query(AssertSqlSafe(selective(&sql, names.len())).into_sql_str()),
        };
        for _ in 0..marks {
            query = query
                .bind(self.database.to_owned())
                .bind(self.database.to_owned());
            for name in names.into_iter().flatten() {
                query = query.bind((*name).to_owned());
            }
        }
        query
    }
}

/// A statement with room for the names of `count` tables at each [`MARK`]. Only placeholders are
/// put in, never a value.
fn selective(sql: &str, count: usize) -> String {
    let mut pieces = sql.split(MARK);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    let places = vec!["?"; count].join(", ");
    for piece in pieces {
        let (column, rest) = piece.split_once("*/").unwrap_or((piece, ""));
        let column = match column.trim_start_matches(':').trim() {
            "" => "TABLE_NAME",
            other => other,
        };
        let _ = write!(text, "AND {column} IN ({places}){rest}");
    }
    text
}

#[cfg(test)]
mod tests {
    use sqlx::Execute;

    use super::*;

    const SQL: &str = "SELECT 1 WHERE S = ? AND CAST(S AS BINARY) = ? /* selected tables */";

    #[test]
    fn names_become_placeholders() {
        let some = Selection::Tables(vec!["a".to_owned(), "it's".to_owned(), "a".to_owned()]);
        let scope = Scope::new("shop", &some);
        assert!(scope.has("it's") && !scope.has("A") && !scope.is_empty());
        assert_eq!(
            scope.query(SQL).sql().as_str(),
            "SELECT 1 WHERE S = ? AND CAST(S AS BINARY) = ? AND TABLE_NAME IN (?, ?)"
        );
    }

    #[test]
    fn the_column_of_names_may_have_another_name() {
        assert_eq!(
            selective(
                "A = ? /* selected tables: VIEW_NAME */ AND B /* selected tables */ C",
                1
            ),
            "A = ? AND VIEW_NAME IN (?) AND B AND TABLE_NAME IN (?) C"
        );
    }

    #[test]
    fn all_tables_and_too_many_names_leave_the_statement_as_it_is() {
        let many = Selection::Tables((0..=MOST_NAMES).map(|number| number.to_string()).collect());
        for selection in [Selection::All, many] {
            assert_eq!(
                Scope::new("shop", &selection).query(SQL).sql().as_str(),
                SQL
            );
        }
        assert!(Scope::new("shop", &Selection::Tables(Vec::new())).is_empty());
    }
}
