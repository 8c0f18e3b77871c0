//! Databases: catalog entries of level 1.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One database of a data source, as the API shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Database {
    /// The catalog's id.
    pub id: i64,
    /// The data source that holds it.
    pub datasource_id: i64,
    /// Its name, byte for byte.
    pub database_name: String,
    /// Character set (`MySQL`) or encoding (`PostgreSQL`).
    pub charset: Option<String>,
    /// Collation.
    pub collation: Option<String>,
    /// The login that owns it; `PostgreSQL` only.
    pub owner: Option<String>,
    /// How many tables and views it has; null when it cannot be read.
    pub table_count: Option<i64>,
    /// Data and indexes in bytes; null when it cannot be read.
    pub total_size_bytes: Option<i64>,
    /// Whether the login may read it.
    pub is_accessible: bool,
    /// Why not.
    pub inaccessible_reason: Option<String>,
    /// Whether a deep scan of it has succeeded.
    pub is_scanned: bool,
    /// When it was last seen by a level-1 sync.
    pub last_sync_at: Option<DateTime<Utc>>,
    /// When a deep scan of it last ended well.
    pub last_scan_at: Option<DateTime<Utc>>,
    /// When it was found to be gone; null while it lives.
    pub removed_at: Option<DateTime<Utc>>,
    /// When it was first seen.
    pub created_at: DateTime<Utc>,
    /// When its row last changed.
    pub updated_at: DateTime<Utc>,
}
