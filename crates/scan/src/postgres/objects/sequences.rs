//! Sequences, those of serial and identity columns included.

use models::database_object::{FieldName, ObjectDetails, Sequence};

use crate::postgres::row::Row;
use crate::{ObjectRecord, ScanError};

/// The statement, for all versions.
pub(super) const STATEMENT: &str = concat!(
    "-- plumbline sequences\n",
    include_str!("../sql/objects/sequences.sql")
);

/// The record of a row.
pub(super) fn record(row: &Row) -> Result<ObjectRecord, ScanError> {
    Ok(ObjectRecord {
        source_identity: row.number()?,
        kind: "SEQUENCE".to_owned(),
        schema: row.text()?,
        name: row.text()?,
        signature: String::new(),
        owner: row.optional()?,
        comment: row.optional()?,
        definition: None,
        details: ObjectDetails {
            sequence: Some(sequence(row)?),
            ..ObjectDetails::default()
        },
    })
}

fn sequence(row: &Row) -> Result<Sequence, ScanError> {
    Ok(Sequence {
        data_type: row.optional()?,
        start: row.number()?,
        increment: row.number()?,
        minimum: row.number()?,
        maximum: row.number()?,
        cache: row.number()?,
        cycle: row.optional_flag()?,
        owned_by: owned_by(row)?,
    })
}

fn owned_by(row: &Row) -> Result<Option<FieldName>, ScanError> {
    let (schema, table, field) = (row.optional()?, row.optional()?, row.optional()?);
    Ok(schema
        .zip(table)
        .zip(field)
        .map(|((table_schema, table_name), field_name)| FieldName {
            table_schema,
            table_name,
            field_name,
        }))
}
