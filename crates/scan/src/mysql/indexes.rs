//! Indexes with their parts.

use models::details::{Index, IndexColumn};

use super::row::Row;
use super::scope::Scope;
use super::server::Server;
use super::session::Session;
use super::statement::Statement;
use super::{defaults, encoding};
use crate::produce::Out;
use crate::{IndexRecord, Record, ScanError};

/// The statement for servers that tell in different ways whether an index is visible, and what its
/// expressions are. CARDINALITY stays away: it makes the server open tables.
macro_rules! statement {
    (visible: $visible:literal, expression: $expression:literal) => {
        concat!(
            "/* plumbline indexes */ SELECT TABLE_NAME, INDEX_NAME, COLUMN_NAME, \
             CAST(NON_UNIQUE AS SIGNED), INDEX_TYPE, COLLATION, CAST(SUB_PART AS SIGNED), \
             INDEX_COMMENT, ",
            $visible,
            ", ",
            $expression,
            ", CAST(SEQ_IN_INDEX AS SIGNED) FROM information_schema.STATISTICS \
             WHERE TABLE_SCHEMA = ? AND CAST(TABLE_SCHEMA AS BINARY) = ? /* selected tables */ \
             ORDER BY CAST(TABLE_NAME AS BINARY), CAST(INDEX_NAME AS BINARY), SEQ_IN_INDEX"
        )
    };
}

/// The statement; the place in the index, at the end, is for its digest alone.
pub(super) fn statement(server: &Server) -> Statement {
    let sql = if server.has_functional_indexes() {
        statement!(visible: "IS_VISIBLE", expression: "EXPRESSION")
    } else if server.has_dictionary() {
        statement!(visible: "IS_VISIBLE", expression: "NULL")
    } else if server.has_ignored_indexes() {
        statement!(visible: "IF(IGNORED = 'YES', 'NO', 'YES')", expression: "NULL")
    } else {
        statement!(visible: "'YES'", expression: "NULL")
    };
    Statement::new(sql, 11)
}

/// Sends the indexes. The statement sorts the parts of one index together, in their order.
pub(super) async fn read(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    out: &mut Out,
) -> Result<(), ScanError> {
    let query = scope.query(statement(server).sql);
    let mut rows = session.rows(scope.what("indexes"), query)?;
    let mut current: Option<IndexRecord> = None;
    while let Some(row) = rows.next().await? {
        let (table, name) = (row.text(0)?, row.text(1)?);
        if !scope.has(&table) {
            continue;
        }
        let index = match &mut current {
            Some(index) if index.table == table && index.index.name == name => index,
            _ => {
                if let Some(index) = current.take() {
                    out.send(Record::Index(index)).await;
                }
                current.insert(index(&row, table, name)?)
            }
        };
        let column = column(&row, &index.index.method)?;
        index.index.columns.push(column);
    }
    if let Some(index) = current {
        out.send(Record::Index(index)).await;
    }
    Ok(())
}

/// The index of a row, without columns yet.
fn index(row: &Row, table: String, name: String) -> Result<IndexRecord, ScanError> {
    let index = Index {
        method: row.text(4)?,
        unique: row.number(3)? == Some(0),
        // No other index can have this name.
        primary: name == "PRIMARY",
        valid: true,
        visible: row.yes(8)?,
        comment: row.filled(7)?,
        name,
        ..Index::default()
    };
    Ok(IndexRecord {
        schema: String::new(),
        table,
        index,
    })
}

fn column(row: &Row, method: &str) -> Result<IndexColumn, ScanError> {
    Ok(IndexColumn {
        name: row.optional(2)?,
        expression: row
            .filled(9)?
            .map(|expression| defaults::plain(&encoding::once(expression))),
        descending: row.optional(5)?.is_some_and(|order| order == "D"),
        // A spatial index covers the whole value; the servers print the length of its bounding box.
        prefix_length: row.size(6)?.filter(|_| method != "SPATIAL"),
        ..IndexColumn::default()
    })
}
