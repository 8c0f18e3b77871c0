//! Fields: the columns of tables.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Field {
    /// The catalog's id.
    pub id: i64,
    /// The table that holds it.
    pub table_id: i64,
    /// Its name, byte for byte.
    pub field_name: String,
    /// Its place among the table's columns, from 1.
    pub field_position: i32,
    /// The neutral type: integer, decimal, float, boolean, text, binary, date, time, timestamp,
    /// interval, json, uuid, array, enum, set, bit, spatial, network, range, xml, composite, other.
    pub data_type: String,
    /// The type as the server prints it.
    pub column_type: String,
    /// Whether it may be NULL.
    pub is_nullable: bool,
    /// PRI, UNI or MUL; null for none. On `PostgreSQL` derived by `MySQL`'s rules.
    pub column_key: Option<String>,
    /// The default as an SQL expression; null for none.
    pub column_default: Option<String>,
    /// `auto_increment`, `on update ...`, `identity always`, ... as the server prints it.
    pub extra: Option<String>,
    /// Its comment; null when it has none.
    pub field_comment: Option<String>,
    /// The expression of a generated column.
    pub generation_expression: Option<String>,
    /// stored or virtual; null for a column that is not generated.
    pub generation_kind: Option<String>,
    /// always or by default: an identity column of `PostgreSQL`.
    pub identity: Option<String>,
    /// Character set (`MySQL`).
    pub charset: Option<String>,
    /// Collation, where it is not the type's own.
    pub collation: Option<String>,
    /// Whether `SELECT *` leaves it out.
    pub is_invisible: bool,
    /// The labels of an enum or set, in order.
    pub enum_values: Option<Vec<String>>,
    /// The base type of a domain (`PostgreSQL`).
    pub domain_base_type: Option<String>,
    /// Whether it is an array (`PostgreSQL`).
    pub is_array: bool,
    /// Figures about its values; null until statistics are asked for.
    pub statistics: Option<serde_json::Value>,
    /// When it was found to be gone; null while it lives.
    pub removed_at: Option<DateTime<Utc>>,
    /// When it was first seen.
    pub created_at: DateTime<Utc>,
    /// When its row last changed.
    pub updated_at: DateTime<Utc>,
}
