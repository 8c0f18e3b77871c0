//! Check constraints.

use models::details::Check;

use super::row::Row;
use super::scope::Scope;
use super::server::{Flavor, Server};
use super::session::Session;
use super::statement::Statement;
use super::{defaults, encoding};
use crate::produce::Out;
use crate::{CheckRecord, Record, ScanError};

/// Names are those of the database's checks, all of one kind, so that a check is known by its name.
const MYSQL: Statement = Statement::new(include_str!("sql/checks_of_dictionary.sql"), 5);

/// With the columns' own checks, which `TABLE_CONSTRAINTS` leaves out.
const MARIADB: Statement = Statement::new(
    "/* plumbline checks */ \
    SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE, 'YES', LEVEL \
    FROM information_schema.CHECK_CONSTRAINTS \
    WHERE CONSTRAINT_SCHEMA = ? AND CAST(CONSTRAINT_SCHEMA AS BINARY) = ? /* selected tables */",
    5,
);

/// The same, where it does not tell which are the columns' own.
const OLD_MARIADB: Statement = Statement::new(
    "/* plumbline checks */ \
    SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE, 'YES', NULL \
    FROM information_schema.CHECK_CONSTRAINTS \
    WHERE CONSTRAINT_SCHEMA = ? AND CAST(CONSTRAINT_SCHEMA AS BINARY) = ? /* selected tables */",
    5,
);

/// None where the server has no view of them.
pub(super) fn statement(server: &Server) -> Option<Statement> {
    let statement = match server.flavor {
        Flavor::MySql => MYSQL,
        Flavor::MariaDb if server.tells_check_level() => MARIADB,
        Flavor::MariaDb => OLD_MARIADB,
    };
    server.tells_checks().then_some(statement)
}

/// Sends the checks; none where the server has no view of them.
pub(super) async fn read(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    out: &mut Out,
) -> Result<(), ScanError> {
    let Some(statement) = statement(server) else {
        return Ok(());
    };
    let mut rows = session.rows(scope.what("checks"), scope.query(statement.sql))?;
    while let Some(row) = rows.next().await? {
        let table = row.text(0)?;
        if scope.has(&table) {
            out.send(Record::Check(check(&row, table, server)?)).await;
        }
    }
    Ok(())
}

fn check(row: &Row, table: String, server: &Server) -> Result<CheckRecord, ScanError> {
    let name = row.text(1)?;
    let mut expression = row.text(2)?;
    if server.has_dictionary() {
        expression = encoding::once(expression);
    }
    // A column's check has the name of its column.
    let column = (row.optional(4)?.as_deref() == Some("Column")).then(|| name.clone());
    let check = Check {
        expression: defaults::generation(&expression).unwrap_or_default(),
        column,
        enforced: row.yes(3)?,
        validated: true,
        no_inherit: false,
        comment: None,
        name,
    };
    Ok(CheckRecord {
        schema: String::new(),
        table,
        check,
    })
}
