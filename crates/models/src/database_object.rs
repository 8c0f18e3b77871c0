//! What a database holds besides tables: schemas, routines, sequences, extensions, types.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One object of a database that is no table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DatabaseObject {
    /// The catalog's id.
    pub id: i64,
    /// The database that holds it.
    pub database_id: i64,
    /// SCHEMA, FUNCTION, PROCEDURE, AGGREGATE, WINDOW, SEQUENCE, EXTENSION, TYPE, EVENT, or the server's own word.
    pub object_kind: String,
    /// Its schema; '' on `MySQL` and for a schema itself.
    pub object_schema: String,
    /// Its name, byte for byte.
    pub object_name: String,
    /// The types of a routine's arguments, which tell routines of the same name apart (`PostgreSQL`); '' otherwise.
    pub signature: String,
    /// The owner (`PostgreSQL`).
    pub owner: Option<String>,
    /// Its comment; null when it has none.
    pub object_comment: Option<String>,
    /// The source of a routine; null for other kinds and where the login may not see it.
    pub definition: Option<String>,
    /// What is particular to its kind.
    pub details: ObjectDetails,
    /// When it was found to be gone; null while it lives.
    pub removed_at: Option<DateTime<Utc>>,
    /// When it was first seen.
    pub created_at: DateTime<Utc>,
    /// When its row last changed.
    pub updated_at: DateTime<Utc>,
}

/// What is particular to a kind of object: the typed document in `database_objects.details`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ObjectDetails {
    /// Of a function, procedure, aggregate or event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routine: Option<Routine>,
    /// Of a sequence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<Sequence>,
    /// Of a type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_type: Option<DataType>,
    /// The version of an extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// What is particular to a routine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Routine {
    /// The language: sql, plpgsql, c, SQL, ...
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The arguments with modes, names, types and defaults, as the server prints them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arguments: Option<String>,
    /// The type of what a function returns, as the server prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<String>,
    /// DEFINER or INVOKER: with whose rights it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security: Option<String>,
    /// The account that DEFINER means (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definer: Option<String>,
    /// IMMUTABLE, STABLE or VOLATILE (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volatility: Option<String>,
    /// Whether it is declared DETERMINISTIC (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deterministic: Option<bool>,
    /// CONTAINS SQL, NO SQL, READS SQL DATA or MODIFIES SQL DATA (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_access: Option<String>,
    /// When an event runs (`MySQL`), such as `EVERY 1 DAY`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<String>,
}

/// What is particular to a sequence. Absent where the server has no statement that tells it for all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sequence {
    /// The type of its numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_type: Option<String>,
    /// Its first number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<i64>,
    /// The distance between its numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub increment: Option<i64>,
    /// Its smallest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<i64>,
    /// Its largest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<i64>,
    /// How many numbers a session takes at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cache: Option<i64>,
    /// Whether it begins anew after its last number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<bool>,
    /// The field that it belongs to and goes away with (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned_by: Option<FieldName>,
}

/// The name of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldName {
    /// The schema of its table; '' on `MySQL`.
    pub table_schema: String,
    /// Its table.
    pub table_name: String,
    /// Its own name.
    pub field_name: String,
}

/// What is particular to a type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DataType {
    /// enum, composite, domain, range, multirange or base.
    pub category: String,
    /// The labels of an enum, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// The attributes of a composite type, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    /// The type under a domain, the subtype of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_type: Option<String>,
    /// The default of a domain, as the server prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Whether a domain forbids NULL.
    #[serde(default)]
    pub not_null: bool,
    /// The checks of a domain, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<crate::details::Check>,
}

/// An attribute of a composite type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its type as the server prints it.
    pub column_type: String,
}
