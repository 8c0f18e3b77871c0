//! What views are: definition, definer, whether they can be written to.

use std::collections::{BTreeMap, HashSet};

use super::row::Row;
use super::scope::Scope;
use super::server::Server;
use super::session::Session;
use super::statement::Statement;
use crate::produce::Out;
use crate::{Record, ScanError, TableRecord};

pub(super) const STATEMENT: Statement = Statement::new(
    "/* plumbline views */ \
    SELECT TABLE_NAME, VIEW_DEFINITION, DEFINER, SECURITY_TYPE, CHECK_OPTION, IS_UPDATABLE \
    FROM information_schema.VIEWS \
    WHERE TABLE_SCHEMA = ? AND CAST(TABLE_SCHEMA AS BINARY) = ? /* selected tables */",
    6,
);

/// `TABLES` calls these views like others.
const DUALITY: Statement = Statement::new(
    "/* plumbline duality views */ \
    SELECT TABLE_NAME FROM information_schema.JSON_DUALITY_VIEWS \
    WHERE TABLE_SCHEMA = ? AND CAST(TABLE_SCHEMA AS BINARY) = ? /* selected tables */",
    1,
);

/// None where there are none.
pub(super) fn duality(server: &Server) -> Option<Statement> {
    server.has_duality_views().then_some(DUALITY)
}

/// Sends the views, once each has what its own statement tells.
pub(super) async fn read(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    mut views: BTreeMap<String, TableRecord>,
    out: &mut Out,
) -> Result<(), ScanError> {
    let mut duality = HashSet::new();
    if let Some(statement) = self::duality(server) {
        let mut rows = session.rows(scope.what("duality views"), scope.query(statement.sql))?;
        while let Some(row) = rows.next().await? {
            duality.insert(row.text(0)?);
        }
    }
    let mut rows = session.rows(scope.what("views"), scope.query(STATEMENT.sql))?;
    while let Some(row) = rows.next().await? {
        if let Some(mut record) = views.remove(&row.text(0)?) {
            describe(&mut record, &row)?;
            if duality.contains(&record.name) {
                record
                    .facts
                    .options
                    .push("JSON RELATIONAL DUALITY".to_owned());
            }
            out.send(Record::Table(record)).await;
        }
    }
    for record in views.into_values() {
        out.send(Record::Table(record)).await;
    }
    Ok(())
}

fn describe(record: &mut TableRecord, row: &Row) -> Result<(), ScanError> {
    // '' without the rights SELECT and SHOW VIEW.
    record.view_definition = row.filled(1)?;
    record.facts.view_definer = row.filled(2)?;
    record.facts.view_security = row.filled(3)?;
    record.facts.view_check_option = row.filled(4)?.filter(|option| option != "NONE");
    // MariaDB prints '' for a view that it cannot open.
    record.facts.view_is_updatable = row.filled(5)?.map(|word| word == "YES");
    Ok(())
}
