//! Columns.

use sqlx::AssertSqlSafe;

use super::row::Row;
use super::scope::Scope;
use super::session::Session;
use super::types::{self, ServerType};
use super::{resume, server};
use crate::produce::Out;
use crate::{FieldRecord, Record, ScanError};

const STATEMENT: &str = concat!(
    "-- plumbline fields\n",
    include_str!("sql/relation.sql"),
    include_str!("sql/field_types.sql"),
    include_str!("sql/fields.sql"),
);

/// Generated columns alone; its parameters are those of [`resume::Source`].
const GENERATED: &str = concat!(
    "-- plumbline generated fields\n",
    include_str!("sql/relation.sql"),
    include_str!("sql/exclusive.sql"),
    include_str!("sql/field_types.sql"),
    ", listed as (",
    include_str!("sql/fields.sql"),
    "where a.attgenerated <> '' and (r.oid::int8, a.attnum::int8) > ($3, $4) order by 1, 2 offset 0\n)\n",
    include_str!("sql/generated_fields.sql"),
);

/// Reads columns. Of generated ones the first statement only tells that there are some: their
/// expressions may fail to be printed, and to put all columns in an order, so as to go on after a
/// failure, would take longer than the second statement.
pub(super) async fn read(
    session: &mut Session,
    scope: Scope<'_>,
    blocked: &[i64],
    mut out: Out,
) -> Result<(), ScanError> {
    let statement = server::fit(STATEMENT, session.version());
    let query = sqlx::query(AssertSqlSafe(statement)).bind(scope.parameter());
    let mut some_are_generated = false;
    let mut rows = session.rows("the fields", query)?;
    while let Some(row) = rows.next().await? {
        let field = field(&row)?;
        if field.generation_kind.is_some() {
            some_are_generated = true;
        } else {
            out.send(Record::Field(field)).await;
        }
    }
    drop(rows);
    if !some_are_generated {
        return Ok(());
    }
    let source = resume::Source {
        what: "the generated fields",
        statement: GENERATED,
        scope,
        blocked,
        record: generated,
    };
    resume::read(session, source, out).await
}

/// The record of a row of [`GENERATED`], behind what tells how to go on.
fn generated(row: &Row) -> Result<Record, ScanError> {
    let mut field = field(row)?;
    let _is_first = row.flag()?;
    field.generation_expression = row.optional()?;
    Ok(Record::Field(field))
}

/// The record of a row, without the expression of a generated column.
fn field(row: &Row) -> Result<FieldRecord, ScanError> {
    let _table_oid = row.number()?;
    let source_identity = row.number()?;
    let (schema, table) = (row.text()?, row.text()?);
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
    let generation_kind = generation_kind(row.word()?);
    let identity = identity(row.word()?);
    Ok(FieldRecord {
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
        generation_expression: None,
        generation_kind,
        identity,
        charset: None,
        collation: row.optional()?,
        is_invisible: false,
        enum_values: Some(row.texts()?).filter(|labels| !labels.is_empty()),
        domain_base_type,
        is_array,
        source_identity,
    })
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
