//! What a table is besides its columns: the typed document in `tables.details`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Keys, indexes and further facts of one table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TableDetails {
    /// What the server says of the table as a whole.
    #[serde(flatten)]
    pub facts: TableFacts,
    /// Primary, unique and foreign keys, by name.
    #[serde(default)]
    pub keys: Vec<Key>,
    /// Indexes, by name.
    #[serde(default)]
    pub indexes: Vec<Index>,
    /// How the table is cut into partitions; null when it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partitioning: Option<Partitioning>,
}

/// What the server says of a table as a whole. Absent where the server has no such notion.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TableFacts {
    /// The owner (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// `permanent` or `unlogged` (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persistence: Option<String>,
    /// Row format (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_format: Option<String>,
    /// Collation (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
    /// When the server says the table was made, in the server's own words and zone (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create_time: Option<String>,
    /// The foreign server (`PostgreSQL` foreign tables).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreign_server: Option<String>,
    /// The tables that this one is a partition of or inherits from (`PostgreSQL`), in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<TableName>,
    /// The bound of a partition, as the server prints it (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_bound: Option<String>,
    /// Whether row security is on (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_security: Option<bool>,
}

/// The name of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct TableName {
    /// Its schema; '' on `MySQL`.
    pub table_schema: String,
    /// Its own name.
    pub table_name: String,
}

/// A primary, unique or foreign key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Key {
    /// The constraint's name.
    pub name: String,
    /// Which kind of key.
    pub kind: KeyKind,
    /// The columns in the key's own order.
    pub columns: Vec<String>,
    /// What a foreign key points to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub references: Option<Reference>,
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
    /// SIMPLE, FULL, PARTIAL, or the server's own word.
    #[serde(rename = "match")]
    pub match_type: String,
}

/// An index.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent facts, each with its name in the API"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
    /// Its parts in order.
    pub columns: Vec<IndexColumn>,
    /// Columns that are carried but not ordered by (INCLUDE).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub included: Vec<String>,
    /// The predicate of a partial index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicate: Option<String>,
    /// The index's comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// One part of an index: a column or an expression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
    /// How many characters (text) or bytes (binary) of the column are indexed, where not all are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix_length: Option<i64>,
}

/// How a table is cut into partitions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Partitioning {
    /// RANGE, LIST, HASH, ... as the server prints it.
    pub method: String,
    /// The partition key or expression as the server prints it.
    pub expression: String,
    /// The method of the parts' own parts (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_method: Option<String>,
    /// The expression of the parts' own parts (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_expression: Option<String>,
    /// The parts in order (`MySQL`; a `PostgreSQL` partition is a table with `parents`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Partition>,
}

/// One part of a partitioned `MySQL` table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Partition {
    /// Its name.
    pub name: String,
    /// Its own part's name, under sub-partitioning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_name: Option<String>,
    /// Its bound as the server prints it; null for HASH and KEY.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<String>,
    /// Its comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}
