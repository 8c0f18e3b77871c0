//! What a table is besides its columns: the typed document in `tables.details`.

mod constraint;
mod index;
mod partition;
mod trigger;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use constraint::{Check, Key, KeyKind, Reference};
pub use index::{Index, IndexColumn};
pub use partition::{Partition, Partitioning};
pub use trigger::Trigger;

/// Keys, indexes and further facts of one table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TableDetails {
    /// What the server says of the table as a whole.
    #[serde(flatten)]
    pub facts: TableFacts,
    /// Primary, unique, foreign and exclusion keys, by name.
    #[serde(default)]
    pub keys: Vec<Key>,
    /// Check constraints, by name.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// Indexes, by name.
    #[serde(default)]
    pub indexes: Vec<Index>,
    /// Triggers, by name.
    #[serde(default)]
    pub triggers: Vec<Trigger>,
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
    /// Further options as the server prints them: storage parameters (`PostgreSQL`), `CREATE_OPTIONS` (`MySQL`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The tablespace, where it is not the database's own (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablespace: Option<String>,
    /// The foreign server (`PostgreSQL` foreign tables).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreign_server: Option<String>,
    /// The composite type that a typed table follows (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_type: Option<String>,
    /// The tables that this one is a partition of or inherits from (`PostgreSQL`), in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<TableName>,
    /// The bound of a partition, as the server prints it (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_bound: Option<String>,
    /// Whether row security is on (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_security: Option<bool>,
    /// Whether row security holds for the owner too (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_security_forced: Option<bool>,
    /// Whether a materialized view holds data (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_populated: Option<bool>,
    /// The account that a view with the security `DEFINER` runs as (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view_definer: Option<String>,
    /// DEFINER or INVOKER: with whose rights a view reads its base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view_security: Option<String>,
    /// LOCAL or CASCADED: what WITH CHECK OPTION of a view checks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view_check_option: Option<String>,
    /// Whether rows can be changed through a view.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view_is_updatable: Option<bool>,
}

/// The name of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct TableName {
    /// Its schema; '' on `MySQL`.
    pub table_schema: String,
    /// Its own name.
    pub table_name: String,
}
