//! Indexes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An index.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each with its name in the API"
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// The access method: BTREE, HASH, FULLTEXT, gin, ... as the server prints it.
    pub method: String,
    /// Whether it forbids duplicates.
    pub unique: bool,
    /// Whether it carries the primary key.
    pub primary: bool,
    /// Whether it can be used: false for an index whose building failed (`PostgreSQL`).
    pub valid: bool,
    /// Whether the planner may use it (`MySQL` VISIBLE, `MariaDB` NOT IGNORED).
    pub visible: bool,
    /// Whether NULLs count as equal: UNIQUE NULLS NOT DISTINCT (`PostgreSQL` 15).
    #[serde(default)]
    pub nulls_not_distinct: bool,
    /// Its parts in order.
    pub columns: Vec<IndexColumn>,
    /// Columns that are carried but not ordered by (INCLUDE).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub included: Vec<String>,
    /// The predicate of a partial index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicate: Option<String>,
    /// The statement that makes it, as the server prints it (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// The index's comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// One part of an index: a column or an expression.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IndexColumn {
    /// The column's name; null for an expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The expression as the server prints it; null for a column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expression: Option<String>,
    /// Whether the order is descending.
    #[serde(default)]
    pub descending: bool,
    /// Whether NULLs come first; null where the server gives no choice (`MySQL`, methods without an order).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nulls_first: Option<bool>,
    /// How many characters (text) or bytes (binary) of the column are indexed, where not all are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix_length: Option<i64>,
    /// The operator class, where it is not the type's default (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator_class: Option<String>,
    /// The collation, where it is not the column's (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
}
