//! What views and materialized views read, by the server's own record of what depends on what.
//!
//! It knows columns, not whole rows: a view that counts rows or takes a row as one value reads a
//! relation and none of its columns. What the server itself brings is mostly not in that record.

use super::row::Row;
use crate::{DependencyRecord, Record, ScanError};

/// The statement, for all versions.
pub(super) const STATEMENT: &str = concat!(
    "-- plumbline dependencies\n",
    include_str!("sql/relation.sql"),
    include_str!("sql/dependencies.sql"),
);

/// The record of a row.
pub(super) fn record(row: &Row) -> Result<Record, ScanError> {
    Ok(Record::Dependency(DependencyRecord {
        schema: row.text()?,
        view: row.text()?,
        target_database: None,
        target_schema: row.text()?,
        target_table: row.text()?,
        target_fields: row.texts()?,
    }))
}
