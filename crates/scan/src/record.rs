//! What a scanner reads, in words that are the same for every engine.

use models::database_object::ObjectDetails;
use models::details::{Check, Index, Key, Partition, Partitioning, TableFacts, TableName, Trigger};
use models::sync_log::Cost;
use serde::{Deserialize, Serialize};

use crate::Witness;

/// Level 1: a server and its databases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inventory {
    /// What the server says of itself.
    pub server: ServerInfo,
    /// Who says so.
    pub witness: Witness,
    /// Its databases, without the server's own (`MySQL`'s system schemas, `PostgreSQL`'s templates), by name.
    pub databases: Vec<DatabaseRecord>,
    /// What reading them cost the server.
    pub cost: Cost,
}

/// What a server says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerInfo {
    /// `PostgreSQL`, `MySQL` or `MariaDB`.
    pub flavor: String,
    /// The version as it prints it.
    pub version: String,
    /// Facts that decide how names compare, such as `lower_case_table_names`; an object.
    pub facts: serde_json::Value,
}

/// One database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseRecord {
    /// Its name, byte for byte.
    pub name: String,
    /// Character set or encoding.
    pub charset: Option<String>,
    /// Collation.
    pub collation: Option<String>,
    /// The owner (`PostgreSQL`).
    pub owner: Option<String>,
    /// Tables and views; None when it cannot be read.
    pub table_count: Option<i64>,
    /// Data and indexes in bytes; None when it cannot be read.
    pub total_size_bytes: Option<i64>,
    /// Why the login cannot read it; None when it can.
    pub inaccessible_reason: Option<String>,
    /// What survives a rename: the oid (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_identity: Option<i64>,
}

/// One thing that level 2 reads.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// A relation.
    Table(TableRecord),
    /// A column.
    Field(FieldRecord),
    /// A key with all its columns.
    Key(KeyRecord),
    /// A check constraint.
    Check(CheckRecord),
    /// An index with all its columns.
    Index(IndexRecord),
    /// One part of a partitioned table (`MySQL`), or the partition key alone (`PostgreSQL`).
    Partition(PartitionRecord),
    /// A trigger with all its events.
    Trigger(TriggerRecord),
    /// What a view reads: one record for each relation.
    Dependency(DependencyRecord),
    /// A schema, routine, sequence, extension or type.
    Object(ObjectRecord),
    /// Something that the server lists and could not read.
    Failure(FailureRecord),
    /// The name of a living table.
    Identity(TableName),
    /// What tells whether a table has changed.
    Digest(DigestRecord),
}

/// A relation.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRecord {
    /// Its schema; '' on `MySQL`.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The words of [`models::table::Table::table_type`].
    pub table_type: String,
    /// Storage engine or access method.
    pub engine: Option<String>,
    /// How many rows; None when unknown.
    pub row_count: Option<i64>,
    /// Where `row_count` comes from: estimate, cached or exact; None when it is None.
    pub row_count_source: Option<&'static str>,
    /// Data in bytes.
    pub data_size_bytes: Option<i64>,
    /// Indexes in bytes.
    pub index_size_bytes: Option<i64>,
    /// How much of the data lies in the TOAST table (`PostgreSQL`).
    pub toast_size_bytes: Option<i64>,
    /// The next number of an `AUTO_INCREMENT` (`MySQL`).
    pub auto_increment: Option<i64>,
    /// Its comment; None rather than ''.
    pub comment: Option<String>,
    /// The statement behind a view.
    pub view_definition: Option<String>,
    /// What survives a rename: oid, or `InnoDB` table id where it can be read.
    pub source_identity: Option<i64>,
    /// Everything else about the table as a whole.
    pub facts: TableFacts,
    /// Why the server could not read it, such as a view whose base is gone.
    pub error: Option<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRecord {
    /// The table's schema.
    pub schema: String,
    /// The table's name.
    pub table: String,
    /// Its name.
    pub name: String,
    /// Its place, from 1, without gaps for dropped columns.
    pub position: i32,
    /// The words of [`models::field::Field::data_type`].
    pub data_type: &'static str,
    /// The type as the server prints it.
    pub column_type: String,
    /// Whether it may be NULL.
    pub is_nullable: bool,
    /// PRI, UNI or MUL.
    pub column_key: Option<&'static str>,
    /// The default as an SQL expression.
    pub column_default: Option<String>,
    /// What the server prints besides.
    pub extra: Option<String>,
    /// Its comment; None rather than ''.
    pub comment: Option<String>,
    /// The expression of a generated column.
    pub generation_expression: Option<String>,
    /// stored or virtual.
    pub generation_kind: Option<&'static str>,
    /// always or by default.
    pub identity: Option<&'static str>,
    /// Character set (`MySQL`).
    pub charset: Option<String>,
    /// Collation, where it is not the type's own.
    pub collation: Option<String>,
    /// Whether `SELECT *` leaves it out.
    pub is_invisible: bool,
    /// The labels of an enum or set.
    pub enum_values: Option<Vec<String>>,
    /// The base type of a domain.
    pub domain_base_type: Option<String>,
    /// Whether it is an array.
    pub is_array: bool,
    /// What survives a rename: the attribute number (`PostgreSQL`).
    pub source_identity: Option<i64>,
}

/// A primary, unique, foreign or exclusion key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRecord {
    /// The table's schema.
    pub schema: String,
    /// The table's name.
    pub table: String,
    /// The key itself.
    pub key: Key,
}

/// A check constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRecord {
    /// The table's schema.
    pub schema: String,
    /// The table's name.
    pub table: String,
    /// The check itself.
    pub check: Check,
}

/// An index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexRecord {
    /// The table's schema.
    pub schema: String,
    /// The table's name.
    pub table: String,
    /// The index itself.
    pub index: Index,
}

/// A trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriggerRecord {
    /// The schema of its table.
    pub schema: String,
    /// Its table.
    pub table: String,
    /// The trigger itself.
    pub trigger: Trigger,
}

/// One relation that a view reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DependencyRecord {
    /// The schema of the view.
    pub schema: String,
    /// The view.
    pub view: String,
    /// The database of what it reads, where it is another one (`MySQL`).
    pub target_database: Option<String>,
    /// The schema of what it reads; '' on `MySQL`.
    pub target_schema: String,
    /// What it reads.
    pub target_table: String,
    /// Which columns of it, in their order there; empty where the server does not tell (`MySQL`).
    pub target_fields: Vec<String>,
}

/// Something in a database that is no table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectRecord {
    /// The words of [`models::database_object::DatabaseObject::object_kind`].
    pub kind: String,
    /// Its schema; '' on `MySQL` and for a schema itself.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// What tells it from others of the same kind and name; '' where nothing has to.
    pub signature: String,
    /// Its owner (`PostgreSQL`).
    pub owner: Option<String>,
    /// Its comment; None rather than ''.
    pub comment: Option<String>,
    /// The source of a routine.
    pub definition: Option<String>,
    /// What survives a rename: the oid (`PostgreSQL`).
    pub source_identity: Option<i64>,
    /// What is particular to its kind.
    pub details: ObjectDetails,
}

/// Something that the server lists and could not read; tables carry their error themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureRecord {
    /// Its schema; '' on `MySQL`.
    pub schema: String,
    /// What it is, for people: `trigger audit`.
    pub what: String,
    /// What the server said.
    pub error: String,
}

/// What tells whether a table has changed since it was read. A table may have several, one of each
/// `part`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DigestRecord {
    /// The table's schema; '' on `MySQL`.
    pub schema: String,
    /// The table's name.
    pub table: String,
    /// What it is the digest of.
    pub part: &'static str,
    /// The digest; None in a record that has figures alone.
    pub digest: Option<String>,
    /// As [`TableRecord::source_identity`], where the digests' statement tells it.
    pub source_identity: Option<i64>,
    /// What may differ without a change of structure; None in a record that has a digest alone.
    pub figures: Option<Figures>,
}

/// Numbers of a table that are no structure: as those of [`TableRecord`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many rows; None when unknown.
    pub row_count: Option<i64>,
    /// Where `row_count` comes from.
    pub row_count_source: Option<&'static str>,
    /// Data in bytes.
    pub data_size_bytes: Option<i64>,
    /// Indexes in bytes.
    pub index_size_bytes: Option<i64>,
    /// How much of the data lies in the TOAST table (`PostgreSQL`).
    pub toast_size_bytes: Option<i64>,
    /// The next number of an `AUTO_INCREMENT` (`MySQL`).
    pub auto_increment: Option<i64>,
}

/// A part of a partitioned table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionRecord {
    /// The table's schema.
    pub schema: String,
    /// The table's name.
    pub table: String,
    /// Its place among the table's parts, from 1; 0 where the record has no part.
    pub position: i32,
    /// Method and expression, the same in each record of a table; `parts` stays empty.
    pub scheme: Partitioning,
    /// The part, on `MySQL`.
    pub part: Option<Partition>,
}
