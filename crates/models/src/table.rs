//! Tables: catalog entries of level 2.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::details::TableDetails;

/// One table, view or other relation, as lists show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Table {
    /// The catalog's id.
    pub id: i64,
    /// The database that holds it.
    pub database_id: i64,
    /// Its schema; '' on `MySQL`.
    pub table_schema: String,
    /// Its name, byte for byte.
    pub table_name: String,
    /// TABLE, VIEW, `MATERIALIZED_VIEW`, `FOREIGN_TABLE`, `PARTITIONED_TABLE`, PARTITION,
    /// `SYSTEM_VERSIONED`, or the server's own word.
    pub table_type: String,
    /// Storage engine (`MySQL`) or access method (`PostgreSQL`).
    pub engine: Option<String>,
    /// How many rows; null when unknown.
    pub row_count: Option<i64>,
    /// Where `row_count` comes from: estimate, cached or exact.
    pub row_count_source: Option<String>,
    /// When `row_count` was read.
    pub row_count_at: Option<DateTime<Utc>>,
    /// Data in bytes; null when unknown.
    pub data_size_bytes: Option<i64>,
    /// Indexes in bytes; null when unknown.
    pub index_size_bytes: Option<i64>,
    /// How much of the data lies in the TOAST table (`PostgreSQL`).
    pub toast_size_bytes: Option<i64>,
    /// The next number of an `AUTO_INCREMENT` (`MySQL`).
    pub auto_increment: Option<i64>,
    /// Its comment; null when it has none.
    pub table_comment: Option<String>,
    /// How many fields it has.
    pub field_count: i32,
    /// Whether its fields have been read.
    pub is_scanned: bool,
    /// When a deep scan last read it.
    pub last_scan_at: Option<DateTime<Utc>>,
    /// Why it could not be read.
    pub scan_error: Option<String>,
    /// When it was found to be gone; null while it lives.
    pub removed_at: Option<DateTime<Utc>>,
    /// When it was first seen.
    pub created_at: DateTime<Utc>,
    /// When its row last changed.
    pub updated_at: DateTime<Utc>,
}

/// One table with its keys, indexes and definition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TableDetail {
    /// What lists show.
    #[serde(flatten)]
    pub table: Table,
    /// The data source that holds it.
    pub datasource_id: i64,
    /// What that is called.
    pub datasource_name: String,
    /// What its database is called.
    pub database_name: String,
    /// The statement behind a view; null for other kinds and when the login may not see it.
    pub view_definition: Option<String>,
    /// Keys, indexes and further facts.
    pub details: TableDetails,
}
