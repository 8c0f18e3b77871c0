//! Sequences of `MariaDB`. Before 11.5 no statement tells what all of them do: then by name alone.

use std::collections::HashMap;

use models::database_object::{ObjectDetails, Sequence};

use super::super::row::Row;
use super::super::scope::Scope;
use super::super::server::Server;
use super::super::session::Session;
use super::object;
use crate::produce::Out;
use crate::{ObjectRecord, Record, ScanError};

const SEQUENCES: &str = "/* plumbline sequences */ \
    SELECT TABLE_NAME, TABLE_COMMENT FROM information_schema.TABLES \
    WHERE TABLE_SCHEMA = ? AND CAST(TABLE_SCHEMA AS BINARY) = ? /* selected tables */ \
    AND TABLE_TYPE = 'SEQUENCE'";

/// `MariaDB` "Information Schema SEQUENCES Table".
const DETAILS: &str = include_str!("../sql/sequences.sql");

/// Sends the sequences.
pub(super) async fn read(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    out: &mut Out,
) -> Result<(), ScanError> {
    let mut details = if server.describes_sequences() {
        details(session, scope).await?
    } else {
        HashMap::new()
    };
    let mut rows = session.rows(scope.what("sequences"), scope.query(SEQUENCES))?;
    while let Some(row) = rows.next().await? {
        let name = row.text(0)?;
        let sequence = details.remove(&name).unwrap_or_default();
        let record = ObjectRecord {
            comment: row.filled(1)?,
            details: ObjectDetails {
                sequence: Some(sequence),
                ..ObjectDetails::default()
            },
            ..object("SEQUENCE", name)
        };
        out.send(Record::Object(record)).await;
    }
    Ok(())
}

async fn details(
    session: &mut Session,
    scope: &Scope<'_>,
) -> Result<HashMap<String, Sequence>, ScanError> {
    let mut details = HashMap::new();
    let mut rows = session.rows(scope.what("sequences"), scope.query(DETAILS))?;
    while let Some(row) = rows.next().await? {
        details.insert(row.text(0)?, sequence(&row)?);
    }
    Ok(details)
}

fn sequence(row: &Row) -> Result<Sequence, ScanError> {
    Ok(Sequence {
        data_type: row.filled(1)?,
        start: row.number(2)?,
        increment: row.number(3)?,
        minimum: row.number(4)?,
        maximum: row.number(5)?,
        cycle: row.number(6)?.map(|cycle| cycle != 0),
        ..Sequence::default()
    })
}
