//! Managed objects: databases and tables that a tenant has adopted.

use chrono::{DateTime, Utc};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::integer::within;
use crate::scan::MAX_TABLES;

/// What others of the tenant may do with a managed object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Permission {
    /// Preview its rows.
    #[default]
    Read,
    /// Also export them.
    Write,
    /// Also release it.
    Admin,
}

impl Permission {
    /// The word in requests and in the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
        }
    }

    /// The permission behind a word of the store.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Read, Self::Write, Self::Admin]
            .into_iter()
            .find(|p| p.as_str() == word)
    }
}

/// Where a managed object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ManagedStatus {
    /// Its scan has not started.
    Pending,
    /// Its scan is queued or runs.
    Scanning,
    /// It has been read.
    Ready,
    /// It could not be read, or is no longer there, in which case it has a `removed_at`; `last_error` says why.
    /// What was removed is ready again when a scan finds it.
    Failed,
}

impl ManagedStatus {
    /// The word in requests and in the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Scanning => "scanning",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }

    /// The status behind a word of the store.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Pending, Self::Scanning, Self::Ready, Self::Failed]
            .into_iter()
            .find(|s| s.as_str() == word)
    }
}

/// Body of `POST /manage`: adopt a database, or some of its tables.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "resource_id": 1, "database": "shop", "tables": ["public.orders"], "permission": "read",
}))]
pub struct Manage {
    /// The data source.
    #[serde(deserialize_with = "within::<_, _, 1, { i64::MAX }>")]
    #[schema(minimum = 1)]
    #[garde(skip)]
    pub resource_id: i64,
    /// The database.
    #[garde(length(bytes, min = 1, max = 255))]
    pub database: String,
    /// The tables, `name` or `schema.name`; the whole database when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(min = 1, max = MAX_TABLES), inner(length(bytes, min = 1, max = 511))))]
    pub tables: Option<Vec<String>>,
    /// Start the deep scan at once; the service's setting when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub trigger_deep_scan: Option<bool>,
    /// What others of the tenant may do with it.
    #[serde(default)]
    #[garde(skip)]
    pub permission: Permission,
}

/// Answer of `POST /manage`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Managed {
    /// `accepted`.
    pub status: String,
    /// The objects that were asked for, new or not.
    pub managed_objects: Vec<ManagedRef>,
    /// The scan that reads them; null while none could be started.
    pub scan_id: Option<i64>,
    /// Its job.
    pub job_id: Option<Uuid>,
}

/// One object in the answer of `POST /manage`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ManagedRef {
    /// The managed object.
    pub id: i64,
    /// Its database.
    pub database: String,
    /// Its table; null for the whole database.
    pub table: Option<String>,
    /// Where it stands.
    pub status: ManagedStatus,
}

/// One managed object, as the API shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ManagedObject {
    /// Its id.
    pub id: i64,
    /// The data source.
    pub resource_id: i64,
    /// The data source's name; null while `meta` cannot be asked or when it is gone.
    pub resource_name: Option<String>,
    /// The database.
    pub database: String,
    /// The table; null for the whole database.
    pub table: Option<String>,
    /// Where it stands.
    pub status: ManagedStatus,
    /// What others of the tenant may do with it.
    pub permission: Permission,
    /// Rows as of the last scan, summed over a whole database; null when unknown.
    pub row_count: Option<i64>,
    /// The scan that reads or last read it.
    pub scan_id: Option<i64>,
    /// Who adopted it.
    pub managed_by: String,
    /// When it was adopted.
    pub managed_at: DateTime<Utc>,
    /// Why it failed.
    pub last_error: Option<String>,
    /// When it was found to be removed, or its database or data source was; null while it is there.
    #[serde(default)]
    pub removed_at: Option<DateTime<Utc>>,
}

/// Body of `PATCH /managed-objects/{id}`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "permission": "write" }))]
pub struct UpdateManagedObject {
    /// The new permission.
    #[garde(skip)]
    pub permission: Permission,
}

/// A data source as `manager` lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ManagedDatasource {
    /// The data source.
    #[serde(flatten)]
    pub datasource: crate::datasource::Datasource,
    /// How many objects of it are managed.
    pub managed_count: i64,
}

/// Answer of `GET /datasources/{id}/available-databases`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AvailableDatabases {
    /// The data source.
    pub resource_id: i64,
    /// Its name.
    pub resource_name: String,
    /// Its databases, by name.
    pub databases: Vec<AvailableDatabase>,
    /// Give this back as `cursor` to read on; null on the last page.
    pub next_cursor: Option<String>,
    /// How many there are in all; only with `with_total=true`, and only where the catalog knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
}

/// A database that can be managed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AvailableDatabase {
    /// The catalog's id.
    pub database_id: i64,
    /// Its name.
    pub database_name: String,
    /// How many tables and views it has.
    pub table_count: Option<i64>,
    /// Data and indexes in bytes.
    pub total_size_bytes: Option<i64>,
    /// The same in MiB, two decimals.
    pub total_size_mb: Option<f64>,
    /// Whether the login may read it.
    pub is_accessible: bool,
    /// Whether a deep scan of it has succeeded.
    pub is_scanned: bool,
    /// When it was last seen by a level-1 sync.
    pub last_sync_at: Option<DateTime<Utc>>,
    /// Whether the whole database is managed.
    pub is_managed: bool,
    /// How many of its tables are managed by themselves.
    pub managed_tables: i64,
}

/// Answer of `GET /datasources/{id}/databases/{database}/available-tables`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AvailableTables {
    /// The data source.
    pub resource_id: i64,
    /// Its name.
    pub resource_name: String,
    /// The database.
    pub database_name: String,
    /// `catalog` once level 2 has run, else `live`: names read from the server just now.
    pub source: String,
    /// Its tables, by schema and name.
    pub tables: Vec<AvailableTable>,
    /// Give this back as `cursor` to read on; null on the last page.
    pub next_cursor: Option<String>,
    /// How many there are in all; only with `with_total=true`, and only where the catalog knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
}

/// A table that can be managed. From a live list only the names are known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AvailableTable {
    /// The catalog's id; null in a live list.
    pub table_id: Option<i64>,
    /// Its schema; '' on `MySQL`.
    pub table_schema: String,
    /// Its name.
    pub table_name: String,
    /// Its kind.
    pub table_type: Option<String>,
    /// How many rows.
    pub row_count: Option<i64>,
    /// Its comment.
    pub table_comment: Option<String>,
    /// Whether its fields have been read.
    pub is_scanned: bool,
    /// Whether it is managed by itself or with its database.
    pub is_managed: bool,
}
