//! Functions, procedures and aggregates.

use models::database_object::{ObjectDetails, Routine};

use crate::postgres::row::Row;
use crate::{ObjectRecord, Record, ScanError};

/// The statement; its parameters are those of [`crate::postgres::resume::Source`].
pub(super) const STATEMENT: &str = concat!(
    "-- plumbline routines\n",
    include_str!("../sql/objects/routines.sql")
);

/// The record of a row.
pub(super) fn record(row: &Row) -> Result<Record, ScanError> {
    let source_identity = row.number()?;
    let kind = kind(row.word()?);
    let (schema, name) = (row.text()?, row.text()?);
    let (owner, comment) = (row.optional()?, row.optional()?);
    let signature = row.text()?;
    let routine = Routine {
        arguments: row.optional()?,
        returns: row.optional()?,
        language: row.optional()?,
        security: Some(if row.flag()? { "DEFINER" } else { "INVOKER" }.to_owned()),
        volatility: Some(volatility(row.word()?).to_owned()).filter(|_| kind != "PROCEDURE"),
        ..Routine::default()
    };
    Ok(Record::Object(ObjectRecord {
        kind: kind.to_owned(),
        schema,
        name,
        signature,
        owner,
        comment,
        definition: row.optional()?,
        source_identity,
        details: ObjectDetails {
            routine: Some(routine),
            ..ObjectDetails::default()
        },
    }))
}

/// The word for `prokind`; an unknown code stays as it is.
fn kind(code: &str) -> &str {
    match code {
        "f" => "FUNCTION",
        "p" => "PROCEDURE",
        "a" => "AGGREGATE",
        "w" => "WINDOW",
        other => other,
    }
}

/// The word for `provolatile`; an unknown code stays as it is.
fn volatility(code: &str) -> &str {
    match code {
        "i" => "IMMUTABLE",
        "s" => "STABLE",
        "v" => "VOLATILE",
        other => other,
    }
}
