//! What views read.

use std::collections::BTreeSet;

use super::scope::Scope;
use super::server::Server;
use super::session::Session;
use super::statement::Statement;
use super::view_text;
use crate::produce::Out;
use crate::{DependencyRecord, Record, ScanError};

const USAGE: Statement = Statement::new(
    "/* plumbline view usage */ \
    SELECT VIEW_NAME, TABLE_SCHEMA, TABLE_NAME FROM information_schema.VIEW_TABLE_USAGE \
    WHERE VIEW_SCHEMA = ? AND CAST(VIEW_SCHEMA AS BINARY) = ? /* selected tables: VIEW_NAME */",
    3,
);

const DEFINITIONS: &str = "/* plumbline views and what they read */ \
    SELECT TABLE_NAME, VIEW_DEFINITION FROM information_schema.VIEWS \
    WHERE TABLE_SCHEMA = ? AND CAST(TABLE_SCHEMA AS BINARY) = ? /* selected tables */";

/// None where nothing but their definitions tells what they read.
pub(super) fn statement(server: &Server) -> Option<Statement> {
    server.tells_view_usage().then_some(USAGE)
}

/// Sends what views read, table by table.
pub(super) async fn read(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    out: &mut Out,
) -> Result<(), ScanError> {
    if server.tells_view_usage() {
        return told(session, scope, out).await;
    }
    let mut rows = session.rows(scope.what("views"), scope.query(DEFINITIONS))?;
    while let Some(row) = rows.next().await? {
        let view = row.text(0)?;
        // '' without the right SHOW VIEW.
        let Some(definition) = row.filled(1)? else {
            continue;
        };
        if !scope.has(&view) {
            continue;
        }
        // A view may read a table more than once.
        let targets: BTreeSet<_> = view_text::tables(&definition).into_iter().collect();
        for (database, table) in targets {
            out.send(dependency(scope, view.clone(), database, table))
                .await;
        }
    }
    Ok(())
}

/// From a data dictionary.
async fn told(session: &mut Session, scope: &Scope<'_>, out: &mut Out) -> Result<(), ScanError> {
    let mut rows = session.rows(scope.what("views"), scope.query(USAGE.sql))?;
    while let Some(row) = rows.next().await? {
        let view = row.text(0)?;
        if scope.has(&view) {
            out.send(dependency(scope, view, row.text(1)?, row.text(2)?))
                .await;
        }
    }
    Ok(())
}

fn dependency(scope: &Scope<'_>, view: String, database: String, table: String) -> Record {
    Record::Dependency(DependencyRecord {
        schema: String::new(),
        view,
        target_database: (database != scope.database).then_some(database),
        target_schema: String::new(),
        target_table: table,
        target_fields: Vec::new(),
    })
}
