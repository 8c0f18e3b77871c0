//! Primary, unique and foreign keys.

use models::details::{KeyKind, Reference};

use super::row::Row;
use super::scope::Scope;
use super::server::Server;
use super::session::Session;
use crate::produce::Out;
use crate::{KeyRecord, Record, ScanError};

/// Columns of all keys and the rules of foreign ones, in two passes.
const KEYS: &str = include_str!("sql/keys.sql");

/// The same from a data dictionary: there unique keys come cheaper, and with their expressions,
/// from STATISTICS.
const KEYS_OF_DICTIONARY: &str = include_str!("sql/keys_of_dictionary.sql");

/// What stands for the rules of a foreign key that the login may not see: `MariaDB` hides them from
/// those who have SELECT alone.
const UNKNOWN: &str = "UNKNOWN";

/// Sends the keys. Both statements sort the rows of one key together, its rules before its columns.
pub(super) async fn read(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    out: &mut Out,
) -> Result<(), ScanError> {
    let sql = if server.has_dictionary() {
        KEYS_OF_DICTIONARY
    } else {
        KEYS
    };
    let mut rows = session.rows(scope.what("keys"), scope.query(sql))?;
    let mut current: Option<Key> = None;
    while let Some(row) = rows.next().await? {
        let part = Part::read(&row)?;
        if !scope.has(&part.table) {
            continue;
        }
        match &mut current {
            Some(key) if key.has(&part) => key.add(part, scope.database),
            _ => {
                let mut key = Key::new(&part);
                key.add(part, scope.database);
                if let Some(record) = current.replace(key).and_then(Key::finish) {
                    out.send(Record::Key(record)).await;
                }
            }
        }
    }
    if let Some(record) = current.and_then(Key::finish) {
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
    /// The column's place, from 1; 0 for rules.
    position: i64,
    /// None for rules, and where the key has an expression instead of a column.
    column: Option<String>,
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
            position: row.number(3)?.unwrap_or(0),
            column: row.optional(4)?,
            target: three(5)?,
            rules: three(8)?,
        })
    }
}

/// A key whose rows are still coming in.
#[derive(Debug)]
struct Key {
    record: KeyRecord,
    has_expression: bool,
}

impl Key {
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
            match_type: UNKNOWN.to_owned(),
        });
        let (table, name) = (part.table.clone(), part.name.clone());
        let record = KeyRecord {
            schema: String::new(),
            table,
            name,
            kind,
            columns: Vec::new(),
            references,
        };
        Self {
            record,
            has_expression: false,
        }
    }

    fn has(&self, part: &Part) -> bool {
        self.record.table == part.table
            && self.record.name == part.name
            && part.is_foreign == (self.record.kind == KeyKind::Foreign)
    }

    fn add(&mut self, part: Part, database: &str) {
        if let (Some(references), Some((on_update, on_delete, match_type))) =
            (&mut self.record.references, part.rules)
        {
            references.on_update = on_update;
            references.on_delete = on_delete;
            references.match_type = match_type;
        }
        if let (Some(references), Some((target, table, column))) =
            (&mut self.record.references, part.target)
        {
            references.database_name = (target != database).then_some(target);
            references.table_name = table;
            references.columns.push(column);
        }
        match part.column {
            Some(column) => self.record.columns.push(column),
            None if part.position > 0 => self.has_expression = true,
            None => {}
        }
    }

    /// The key, once all its rows are in. None for a unique index over expressions, which is no key
    /// of columns, and for rules without a key.
    fn finish(self) -> Option<KeyRecord> {
        (!self.has_expression && !self.record.columns.is_empty()).then_some(self.record)
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
            position,
            column,
            target,
            rules: None,
        }
    }

    fn key(parts: &[Part], database: &str) -> Option<KeyRecord> {
        let mut key = Key::new(&parts[0]);
        for part in parts {
            assert!(key.has(part));
            key.add(part.clone(), database);
        }
        key.finish()
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
        let unique = Key::new(&column("x", false, 1, Some("a")));
        assert!(!unique.has(&column("x", true, 1, Some("a"))));
    }

    #[test]
    fn a_unique_index_over_an_expression_is_no_key() {
        assert_eq!(
            key(
                &[
                    column("u", false, 1, Some("a")),
                    column("u", false, 2, None)
                ],
                "shop"
            ),
            None
        );
        assert_eq!(
            key(&[column("PRIMARY", false, 1, Some("a"))], "shop")
                .unwrap()
                .kind,
            KeyKind::Primary
        );
    }
}
