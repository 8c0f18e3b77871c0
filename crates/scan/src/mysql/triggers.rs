//! Triggers of tables.

use models::details::Trigger;

use super::row::Row;
use super::scope::Scope;
use super::session::Session;
use super::statement::Statement;
use crate::produce::Out;
use crate::{Record, ScanError, TriggerRecord};

pub(super) const STATEMENT: Statement = Statement::new(include_str!("sql/triggers.sql"), 8);

/// Sends the triggers.
pub(super) async fn read(
    session: &mut Session,
    scope: &Scope<'_>,
    out: &mut Out,
) -> Result<(), ScanError> {
    let mut rows = session.rows(scope.what("triggers"), scope.query(STATEMENT.sql))?;
    while let Some(row) = rows.next().await? {
        let table = row.text(0)?;
        if scope.has(&table) {
            out.send(Record::Trigger(trigger(&row, table)?)).await;
        }
    }
    Ok(())
}

fn trigger(row: &Row, table: String) -> Result<TriggerRecord, ScanError> {
    let trigger = Trigger {
        name: row.text(1)?,
        timing: row.text(2)?,
        events: vec![row.text(3)?],
        level: row.text(4)?,
        statement: row.filled(5)?,
        // MariaDB before 10.2.3 allowed one for each event, and prints 0.
        action_order: row.size(6)?.filter(|order| *order > 0),
        definer: row.filled(7)?,
        ..Trigger::default()
    };
    Ok(TriggerRecord {
        schema: String::new(),
        table,
        trigger,
    })
}
