//! Finding catalog entries: one by its names, many by their ids.

use chrono::{DateTime, Utc};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::database::Database;
use crate::datasource::Datasource;
use crate::field::Field;
use crate::table::TableDetail;

/// Answer of `GET /lookup`: everything on the way to the deepest name that was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Lookup {
    /// The data source.
    pub datasource: Datasource,
    /// The database, when one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<Database>,
    /// The table with its keys, indexes and definition, when one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<TableDetail>,
    /// The field, when one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
}

/// How many databases, and how many tables, one request may ask for.
pub const MAX_IDS: usize = 5000;

/// Body of `POST /lookup`: entries that somebody has seen before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "database_ids": [3], "table_ids": [7, 8] }))]
pub struct LookupIds {
    /// Ids of databases.
    #[serde(default)]
    #[garde(length(max = MAX_IDS), inner(range(min = 1)))]
    pub database_ids: Vec<i64>,
    /// Ids of tables.
    #[serde(default)]
    #[garde(length(max = MAX_IDS), inner(range(min = 1)))]
    pub table_ids: Vec<i64>,
}

/// Answer of `POST /lookup`: what the catalog has under these ids, gone ones too. Ids that it does not know
/// are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KnownEntries {
    /// The databases, by id.
    pub databases: Vec<KnownDatabase>,
    /// The tables, by id: those that were asked for, and those that have the names of gone ones among them.
    pub tables: Vec<KnownTable>,
}

/// What a database is called now, and whether it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KnownDatabase {
    /// Its id.
    pub id: i64,
    /// The data source that holds it.
    pub datasource_id: i64,
    /// Its name.
    pub database_name: String,
    /// When a deep scan of it last ended well; null before the first.
    pub last_scan_at: Option<DateTime<Utc>>,
    /// When it was found to be gone; null while it is there.
    pub removed_at: Option<DateTime<Utc>>,
}

/// What a table is called now, and whether it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KnownTable {
    /// Its id.
    pub id: i64,
    /// The database that holds it.
    pub database_id: i64,
    /// Its schema; '' on `MySQL`.
    pub table_schema: String,
    /// Its name.
    pub table_name: String,
    /// How many rows it has; null when unknown.
    pub row_count: Option<i64>,
    /// When its fields were last read, or found to be as they were; null before the first time, and while the last
    /// attempt failed.
    pub last_scan_at: Option<DateTime<Utc>>,
    /// When it was found to be gone; null while it is there.
    pub removed_at: Option<DateTime<Utc>>,
    /// The table that has its names now, where it is gone and another one has them.
    pub replaced_by: Option<i64>,
}
