//! Keys and checks.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A primary, unique, foreign or exclusion key.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each with its name in the API"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Key {
    /// The constraint's name.
    pub name: String,
    /// Which kind of key.
    pub kind: KeyKind,
    /// The columns in the key's own order. An expression of an exclusion key has none; see `definition`.
    pub columns: Vec<String>,
    /// What a foreign key points to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub references: Option<Reference>,
    /// Whether it can be checked at the end of a transaction (`PostgreSQL`).
    #[serde(default)]
    pub deferrable: bool,
    /// Whether it is checked at the end of a transaction unless told otherwise (`PostgreSQL`).
    #[serde(default)]
    pub initially_deferred: bool,
    /// Whether the rows that were there before it have been checked; false for NOT VALID (`PostgreSQL`).
    #[serde(default = "yes")]
    pub validated: bool,
    /// Whether it is enforced; false for NOT ENFORCED (`PostgreSQL` 18).
    #[serde(default = "yes")]
    pub enforced: bool,
    /// The constraint as the server prints it, where its columns do not tell all: exclusion keys, WITHOUT
    /// OVERLAPS and PERIOD (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// Its comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

impl Key {
    /// A key of some columns, as most are: enforced, checked at once, without a target or a comment.
    #[must_use]
    pub fn new(name: String, kind: KeyKind, columns: Vec<String>) -> Self {
        Self {
            name,
            kind,
            columns,
            references: None,
            deferrable: false,
            initially_deferred: false,
            validated: true,
            enforced: true,
            definition: None,
            comment: None,
        }
    }
}

/// Which kind of key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum KeyKind {
    /// PRIMARY KEY
    Primary,
    /// UNIQUE
    Unique,
    /// FOREIGN KEY
    Foreign,
    /// EXCLUDE (`PostgreSQL`)
    Exclusion,
}

/// The target of a foreign key and what happens to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reference {
    /// The target's database, where it is another one (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database_name: Option<String>,
    /// The target's schema; '' on `MySQL`.
    pub table_schema: String,
    /// The target table.
    pub table_name: String,
    /// The target's columns, in the order of the key's.
    pub columns: Vec<String>,
    /// NO ACTION, RESTRICT, CASCADE, SET NULL or SET DEFAULT.
    pub on_update: String,
    /// The same for deletes.
    pub on_delete: String,
    /// The columns that SET NULL or SET DEFAULT of a delete sets, where not all (`PostgreSQL` 15).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_delete_columns: Vec<String>,
    /// SIMPLE, FULL, PARTIAL, or the server's own word.
    #[serde(rename = "match")]
    pub match_type: String,
}

/// A check constraint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Check {
    /// The constraint's name.
    pub name: String,
    /// The condition as the server prints it, without CHECK and its parentheses.
    pub expression: String,
    /// The field that it belongs to, where the server binds it to one (`MariaDB`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Whether it is enforced; false for NOT ENFORCED (`MySQL`, `PostgreSQL` 18).
    #[serde(default = "yes")]
    pub enforced: bool,
    /// Whether the rows that were there before it have been checked; false for NOT VALID (`PostgreSQL`).
    #[serde(default = "yes")]
    pub validated: bool,
    /// Whether inheriting tables do without it (`PostgreSQL`).
    #[serde(default)]
    pub no_inherit: bool,
    /// Its comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

fn yes() -> bool {
    true
}
