//! Columns.

use std::sync::LazyLock;

use super::row::Row;
use super::server;
use super::types::{self, ServerType};
use crate::{FieldRecord, Record, ScanError};

const STATEMENT: &str = concat!(
    "-- plumbline fields\n",
    include_str!("sql/relation.sql"),
    include_str!("sql/fields.sql"),
);

static STATEMENT_11: LazyLock<String> = LazyLock::new(|| server::before_12(STATEMENT));

/// The statement for a `server_version_num`.
pub(super) fn statement(version: u32) -> &'static str {
    if version < 12_00_00 {
        &STATEMENT_11
    } else {
        STATEMENT
    }
}

/// The record of a row.
pub(super) fn record(row: &Row) -> Result<Record, ScanError> {
    let (schema, table) = (row.text()?, row.text()?);
    let source_identity = row.number()?;
    let name = row.text()?;
    let position = row.small()?;
    let (kind, category, name_of_type) = (row.word()?, row.word()?, row.word()?);
    let (built_in, is_array) = (row.flag()?, row.flag()?);
    let server = ServerType {
        kind,
        category,
        name: name_of_type,
        built_in,
        is_array,
    };
    let column_type = row.text()?;
    let domain_base_type = row.optional()?;
    let is_nullable = row.flag()?;
    let column_key = column_key(row.small()?);
    let column_default = row.optional()?;
    let generation_expression = row.optional()?;
    let generation_kind = generation_kind(row.word()?);
    let identity = identity(row.word()?);
    Ok(Record::Field(FieldRecord {
        schema,
        table,
        name,
        position,
        data_type: types::neutral(server),
        column_type,
        is_nullable,
        column_key,
        column_default,
        extra: identity.map(|identity| format!("identity {identity}")),
        comment: row.optional()?,
        generation_expression,
        generation_kind,
        identity,
        charset: None,
        collation: row.optional()?,
        is_invisible: false,
        enum_values: Some(row.texts()?).filter(|labels| !labels.is_empty()),
        domain_base_type,
        is_array,
        source_identity,
    }))
}

/// The word for a rank of the statement's `key_column`.
fn column_key(rank: i32) -> Option<&'static str> {
    match rank {
        1 => Some("PRI"),
        2 => Some("UNI"),
        3 => Some("MUL"),
        _ => None,
    }
}

/// The word for `attgenerated`; virtual ones came with 18.
fn generation_kind(code: &str) -> Option<&'static str> {
    match code {
        "s" => Some("stored"),
        "v" => Some("virtual"),
        _ => None,
    }
}

/// The word for `attidentity`.
fn identity(code: &str) -> Option<&'static str> {
    match code {
        "a" => Some("always"),
        "d" => Some("by default"),
        _ => None,
    }
}
