//! Primary, unique and foreign keys.

use std::collections::HashSet;

use models::details::{Key, KeyKind, Reference};

use super::row::Row;
use super::scope::Scope;
use super::server::{Flavor, Server};
use super::session::Session;
use super::statement::Statement;
use super::{defaults, encoding};
use crate::produce::Out;
use crate::{KeyRecord, Record, ScanError, quote};

/// Columns of all keys and the rules of foreign ones, in two passes.
const KEYS: Statement = Statement::new(include_str!("sql/keys.sql"), 12);

/// The same from a data dictionary: there unique keys come cheaper, and with their expressions,
/// from STATISTICS.
const KEYS_OF_DICTIONARY: Statement =
    Statement::new(include_str!("sql/keys_of_dictionary.sql"), 12);

pub(super) fn statement(server: &Server) -> Statement {
    if server.has_functional_indexes() {
        KEYS_OF_DICTIONARY
    } else {
        KEYS
    }
}

/// What stands for the rules of a foreign key that the login may not see: `MariaDB` hides them from
/// those who have SELECT alone.
const UNKNOWN: &str = "UNKNOWN";

/// The column that a system-versioned table of `MariaDB` has unless its DDL names one. The server
/// adds it to each unique key, and shows it in the list of their columns only.
const ROW_END: &str = "row_end";

const ROW_ENDS: &str = "/* plumbline columns of versions */ \
    SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS \
    WHERE TABLE_SCHEMA = ? AND CAST(TABLE_SCHEMA AS BINARY) = ? /* selected tables */ \
    AND COLUMN_NAME = 'row_end'";

/// Sends the keys. Both statements sort the rows of one key together, its rules before its columns.
pub(super) async fn read(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    out: &mut Out,
) -> Result<(), ScanError> {
    let query = scope.query(statement(server).sql);
    let mut rows = session.rows(scope.what("keys"), query)?;
    let mut current: Option<Reading> = None;
    // What waits is small: there are few such tables.
    let mut versioned = Vec::new();
    while let Some(row) = rows.next().await? {
        let part = Part::read(&row)?;
        if !scope.has(&part.table) {
            continue;
        }
        match &mut current {
            Some(key) if key.has(&part) => key.add(part, scope.database),
            _ => {
                let mut key = Reading::new(&part);
                key.add(part, scope.database);
                if let Some(record) = current.replace(key).and_then(Reading::finish) {
                    send_or_keep(record, server, &mut versioned, out).await;
                }
            }
        }
    }
    if let Some(record) = current.and_then(Reading::finish) {
        send_or_keep(record, server, &mut versioned, out).await;
    }
    drop(rows);
    send_versioned(session, scope, versioned, out).await
}

/// Sends a key, unless it may be one of a system-versioned table that needs a second look.
async fn send_or_keep(
    record: KeyRecord,
    server: &Server,
    versioned: &mut Vec<KeyRecord>,
    out: &mut Out,
) {
    let key = &record.key;
    if server.flavor == Flavor::MariaDb
        && key.kind != KeyKind::Foreign
        && key.columns.len() > 1
        && key.columns.last().is_some_and(|last| last == ROW_END)
    {
        versioned.push(record);
    } else {
        out.send(Record::Key(record)).await;
    }
}

/// Sends the keys that end in the column of versions, without it where it is the server's own.
async fn send_versioned(
    session: &mut Session,
    scope: &Scope<'_>,
    versioned: Vec<KeyRecord>,
    out: &mut Out,
) -> Result<(), ScanError> {
    if versioned.is_empty() {
        return Ok(());
    }
    let mut shown = HashSet::new();
    let mut rows = session.rows(scope.what("columns of versions"), scope.query(ROW_ENDS))?;
    while let Some(row) = rows.next().await? {
        if row.text(1)? == ROW_END {
            shown.insert(row.text(0)?);
        }
    }
    for mut record in versioned {
        if !shown.contains(&record.table) {
            record.key.columns.pop();
        }
        out.send(Record::Key(record)).await;
    }
    Ok(())
}

/// One row: a column of a key, or the rules of a foreign key.
#[derive(Debug, Clone, Default)]
struct Part {
    table: String,
    name: String,
    is_foreign: bool,
    /// None for rules, and where the key has an expression instead of a column.
    column: Option<String>,
    /// The expression that a key has instead of a column.
    expression: Option<String>,
    /// Database, table and column.
    target: Option<(String, String, String)>,
    /// On update, on delete, match.
    rules: Option<(String, String, String)>,
}

impl Part {
    fn read(row: &Row) -> Result<Self, ScanError> {
        let three = |first: usize| {
            Ok::<_, ScanError>(match row.optional(first)? {
                Some(text) => Some((text, row.text(first + 1)?, row.text(first + 2)?)),
                None => None,
            })
        };
        Ok(Self {
            table: row.text(0)?,
            name: row.text(1)?,
            is_foreign: row.number(2)? == Some(1),
            column: row.optional(4)?,
            target: three(5)?,
            rules: three(8)?,
            expression: row
                .filled(11)?
                .map(|expression| defaults::plain(&encoding::once(expression))),
        })
    }
}

/// A key whose rows are still coming in.
#[derive(Debug)]
struct Reading {
    record: KeyRecord,
    /// The parts as DDL has them.
    parts: Vec<String>,
    has_expression: bool,
}

impl Reading {
    fn new(part: &Part) -> Self {
        // A unique and a foreign key of one table may have the same name; only the primary key is
        // called PRIMARY.
        let kind = match part.name.as_str() {
            _ if part.is_foreign => KeyKind::Foreign,
            "PRIMARY" => KeyKind::Primary,
            _ => KeyKind::Unique,
        };
        let references = part.is_foreign.then(|| Reference {
            database_name: None,
            table_schema: String::new(),
            table_name: String::new(),
            columns: Vec::new(),
            on_update: UNKNOWN.to_owned(),
            on_delete: UNKNOWN.to_owned(),
            on_delete_columns: Vec::new(),
            match_type: UNKNOWN.to_owned(),
        });
        let mut key = Key::new(part.name.clone(), kind, Vec::new());
        key.references = references;
        let record = KeyRecord {
            schema: String::new(),
            table: part.table.clone(),
            key,
        };
        Self {
            record,
            parts: Vec::new(),
            has_expression: false,
        }
    }

    fn has(&self, part: &Part) -> bool {
        self.record.table == part.table
            && self.record.key.name == part.name
            && part.is_foreign == (self.record.key.kind == KeyKind::Foreign)
    }

    fn add(&mut self, part: Part, database: &str) {
        if let (Some(references), Some((on_update, on_delete, match_type))) =
            (&mut self.record.key.references, part.rules)
        {
            references.on_update = on_update;
            references.on_delete = on_delete;
            references.match_type = match_type;
        }
        if let (Some(references), Some((target, table, column))) =
            (&mut self.record.key.references, part.target)
        {
            references.database_name = (target != database).then_some(target);
            references.table_name = table;
            references.columns.push(column);
        }
        if let Some(column) = part.column {
            self.parts.push(quote::mysql(&column));
            self.record.key.columns.push(column);
        } else if let Some(expression) = part.expression {
            self.parts.push(format!("({expression})"));
            self.has_expression = true;
        }
    }

    /// The key, once all its rows are in, defined by its text where columns do not tell all. None
    /// for rules without a key.
    fn finish(mut self) -> Option<KeyRecord> {
        if self.has_expression {
            self.record.key.definition = Some(format!("UNIQUE ({})", self.parts.join(", ")));
        }
        (!self.parts.is_empty()).then_some(self.record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, is_foreign: bool, position: i64, column: Option<&str>) -> Part {
        let target = is_foreign.then(|| {
            (
                "shop".to_owned(),
                "parent".to_owned(),
                format!("p{position}"),
            )
        });
        let column = column.map(str::to_owned);
        Part {
            table: "t".to_owned(),
            name: name.to_owned(),
            is_foreign,
            column,
            expression: None,
            target,
            rules: None,
        }
    }

    fn key(parts: &[Part], database: &str) -> Option<Key> {
        let mut key = Reading::new(&parts[0]);
        for part in parts {
            assert!(key.has(part));
            key.add(part.clone(), database);
        }
        key.finish().map(|record| record.key)
    }

    #[test]
    fn a_foreign_key_with_its_rules() {
        let rules = Part {
            rules: Some((
                "CASCADE".to_owned(),
                "SET NULL".to_owned(),
                "NONE".to_owned(),
            )),
            ..column("fk", true, 0, None)
        };
        let rules = Part {
            target: None,
            ..rules
        };
        let parts = [
            rules,
            column("fk", true, 1, Some("b")),
            column("fk", true, 2, Some("a")),
        ];
        let record = key(&parts, "shop").unwrap();
        assert_eq!(
            (record.kind, record.columns),
            (KeyKind::Foreign, vec!["b".to_owned(), "a".to_owned()])
        );
        let references = record.references.unwrap();
        assert_eq!(references.columns, ["p1", "p2"]);
        assert_eq!(
            (references.on_update.as_str(), references.on_delete.as_str()),
            ("CASCADE", "SET NULL")
        );
        assert_eq!(references.database_name, None);
        assert_eq!(
            key(&parts, "other")
                .unwrap()
                .references
                .unwrap()
                .database_name
                .as_deref(),
            Some("shop")
        );
    }

    #[test]
    fn hidden_rules_are_unknown() {
        let references = key(&[column("fk", true, 1, Some("a"))], "shop")
            .unwrap()
            .references
            .unwrap();
        assert_eq!(
            (references.on_update.as_str(), references.on_delete.as_str()),
            (UNKNOWN, UNKNOWN)
        );
    }

    #[test]
    fn the_same_name_for_two_kinds_is_two_keys() {
        let unique = Reading::new(&column("x", false, 1, Some("a")));
        assert!(!unique.has(&column("x", true, 1, Some("a"))));
    }

    #[test]
    fn a_unique_key_over_an_expression_is_told_by_its_definition() {
        let expression = Part {
            expression: Some("lower(`b`)".to_owned()),
            ..column("u", false, 2, None)
        };
        let record = key(&[column("u", false, 1, Some("a`")), expression], "shop").unwrap();
        assert_eq!(record.columns, ["a`"]);
        assert_eq!(
            record.definition.as_deref(),
            Some("UNIQUE (`a```, (lower(`b`)))")
        );
        let primary = key(&[column("PRIMARY", false, 1, Some("a"))], "shop").unwrap();
        assert_eq!((primary.kind, primary.definition), (KeyKind::Primary, None));
    }
}
