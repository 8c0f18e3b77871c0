//! The names of the living tables, afresh.

use models::details::TableName;

use super::scope::Scope;
use super::server::Server;
use super::session::Session;
use crate::produce::Out;
use crate::{Record, ScanError};

/// Names alone: the server reads its list of tables and opens none.
const NAMES: &str = "/* plumbline identities */ \
    SELECT TABLE_NAME FROM information_schema.TABLES \
    WHERE TABLE_SCHEMA = ? AND CAST(TABLE_SCHEMA AS BINARY) = ? /* selected tables */";

/// What is a sequence stands in the head of the table's file only.
const WITHOUT_SEQUENCES: &str = "/* plumbline identities */ \
    SELECT TABLE_NAME FROM information_schema.TABLES \
    WHERE TABLE_SCHEMA = ? AND CAST(TABLE_SCHEMA AS BINARY) = ? /* selected tables */ \
    AND TABLE_TYPE <> 'SEQUENCE'";

/// Sends the names of all tables but the sequences.
pub(super) async fn read(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    out: &mut Out,
) -> Result<(), ScanError> {
    let sql = if server.has_sequences() {
        WITHOUT_SEQUENCES
    } else {
        NAMES
    };
    let mut rows = session.rows(scope.what("names"), scope.query(sql))?;
    while let Some(row) = rows.next().await? {
        let table_name = row.text(0)?;
        if scope.has(&table_name) {
            let name = TableName {
                table_schema: String::new(),
                table_name,
            };
            out.send(Record::Identity(name)).await;
        }
    }
    Ok(())
}
