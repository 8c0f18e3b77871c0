//! Fields: the columns of tables and views.

use std::collections::HashSet;

use super::defaults::{self, has_word};
use super::row::Row;
use super::scope::Scope;
use super::server::Server;
use super::session::Session;
use super::statement::Statement;
use super::{encoding, types};
use crate::produce::Out;
use crate::{FieldRecord, Record, ScanError};

/// In no order: to sort them costs the server half as much again.
const STATEMENT: Statement = Statement::new(include_str!("sql/fields.sql"), 13);

/// The same, where columns tell their spatial reference system.
const WITH_REFERENCE_SYSTEMS: Statement =
    Statement::new(include_str!("sql/fields_of_dictionary.sql"), 14);

pub(super) fn statement(server: &Server) -> Statement {
    if server.tells_reference_systems() {
        WITH_REFERENCE_SYSTEMS
    } else {
        STATEMENT
    }
}

/// Sends the fields of all tables but the sequences.
pub(super) async fn read(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    sequences: &HashSet<String>,
    out: &mut Out,
) -> Result<(), ScanError> {
    let query = scope.query(statement(server).sql);
    let mut rows = session.rows(scope.what("fields"), query)?;
    while let Some(row) = rows.next().await? {
        let table = row.text(0)?;
        if scope.has(&table) && !sequences.contains(&table) {
            out.send(Record::Field(field(&row, table, server)?)).await;
        }
    }
    Ok(())
}

fn field(row: &Row, table: String, server: &Server) -> Result<FieldRecord, ScanError> {
    let data_type = row.text(5)?;
    let column_type = row.text(6)?;
    let extra = row.text(8)?;
    let generation_kind = generation_kind(&extra);
    let default = defaults::Default {
        text: row.raw(3)?.as_deref(),
        data_type: &data_type,
        extra: &extra,
        is_expression: server.prints_expressions(),
    }
    .expression();
    Ok(FieldRecord {
        schema: String::new(),
        table,
        name: row.text(1)?,
        position: row
            .number(2)?
            .and_then(|position| i32::try_from(position).ok())
            .unwrap_or(0),
        data_type: types::neutral(&data_type, &column_type),
        is_nullable: row.yes(4)?,
        column_key: column_key(&row.text(7)?),
        // A generated column has no default; MariaDB prints the word NULL for it.
        column_default: default.filter(|_| generation_kind.is_none()),
        extra: extra_words(&extra, server, row)?,
        comment: row.filled(9)?,
        generation_expression: row
            .optional(12)?
            .map(|expression| {
                if server.has_dictionary() {
                    encoding::once(expression)
                } else {
                    expression
                }
            })
            .and_then(|expression| defaults::generation(&expression)),
        generation_kind,
        identity: None,
        charset: row.optional(10)?,
        collation: row.optional(11)?,
        is_invisible: has_word(&extra, "INVISIBLE"),
        enum_values: types::labels(&data_type, &column_type),
        domain_base_type: None,
        is_array: false,
        source_identity: None,
        column_type,
    })
}

/// What else is told of a column; `SRID 4326` for one of a spatial reference system.
fn extra_words(extra: &str, server: &Server, row: &Row) -> Result<Option<String>, ScanError> {
    let system = if server.tells_reference_systems() {
        row.number(13)?
    } else {
        None
    };
    let words = defaults::extra(extra);
    Ok(match system {
        Some(number) => Some(match words {
            Some(words) => format!("{words} SRID {number}"),
            None => format!("SRID {number}"),
        }),
        None => words,
    })
}

fn column_key(key: &str) -> Option<&'static str> {
    ["PRI", "UNI", "MUL"]
        .into_iter()
        .find(|known| *known == key)
}

/// Whether a column is generated, and how. `MariaDB` once said PERSISTENT for what is stored.
fn generation_kind(extra: &str) -> Option<&'static str> {
    if has_word(extra, "VIRTUAL") {
        Some("virtual")
    } else if has_word(extra, "STORED") || has_word(extra, "PERSISTENT") {
        Some("stored")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_generation_and_keys() {
        assert_eq!(generation_kind("VIRTUAL GENERATED"), Some("virtual"));
        assert_eq!(
            generation_kind("STORED GENERATED, INVISIBLE"),
            Some("stored")
        );
        assert_eq!(generation_kind("PERSISTENT"), Some("stored"));
        assert_eq!(generation_kind("DEFAULT_GENERATED"), None);
        assert_eq!(column_key("PRI"), Some("PRI"));
        assert_eq!(column_key(""), None);
    }
}
