//! What lists can be asked for. Whatever is absent is left to `meta`.

use chrono::{DateTime, Utc};
use models::job::JobStatus;
use models::managed_object::ManagedStatus;
use models::search::SearchKind;
use serde::Serialize;

/// Which part of a list without filters.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PageQuery {
    /// The most items to answer with, 1 to 500.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Whether to count the whole list too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub with_total: bool,
}

/// Which API keys.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ApiKeysQuery {
    /// Also revoked ones.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub include_revoked: bool,
    /// The most items to answer with, 1 to 500.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Which databases.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DatabasesQuery {
    /// The data source.
    pub resource_id: i64,
    /// Only the one of exactly this name.
    pub name: Option<String>,
    /// Only names that contain this.
    pub q: Option<String>,
    /// Also what is gone.
    pub include_removed: Option<bool>,
    /// The most items to answer with, 1 to 500.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Whether to count the whole list too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub with_total: bool,
}

/// Which tables.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TablesQuery {
    /// The database.
    pub database_id: i64,
    /// Only this schema.
    pub schema: Option<String>,
    /// Only those that a selector names: `name` in any schema, or `schema.name`.
    pub name: Option<String>,
    /// Only this kind.
    #[serde(rename = "type")]
    pub table_type: Option<String>,
    /// Only names that contain this.
    pub q: Option<String>,
    /// Also what is gone.
    pub include_removed: Option<bool>,
    /// The most items to answer with, 1 to 500.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Whether to count the whole list too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub with_total: bool,
}

/// Which tables of a server, read from it at once.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TableNamesQuery {
    /// The most items to answer with, 1 to 500.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Which rows of a table.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PreviewQuery {
    /// The most rows to show.
    pub limit: Option<u32>,
    /// Which columns, separated by commas.
    pub columns: Option<String>,
    /// Which rows.
    #[serde(rename = "where")]
    pub condition: Option<String>,
}

/// Which rows of what is managed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ObjectPreviewQuery {
    /// Which table, where a whole database is managed or the name means several.
    pub table: Option<String>,
    /// The most rows to show.
    pub limit: Option<u32>,
    /// Which columns, separated by commas.
    pub columns: Option<String>,
    /// Which rows.
    #[serde(rename = "where")]
    pub condition: Option<String>,
}

/// Which fields.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FieldsQuery {
    /// The table.
    pub table_id: i64,
    /// Also what is gone.
    pub include_removed: Option<bool>,
    /// The most items to answer with, 1 to 500.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Which sync logs.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SyncLogsQuery {
    /// Only this data source.
    pub resource_id: Option<i64>,
    /// Only this status.
    pub status: Option<JobStatus>,
    /// The most items to answer with, 1 to 500.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Which schedules.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SchedulesQuery {
    /// Only those of this data source.
    pub resource_id: Option<i64>,
    /// The most items to answer with, 1 to 500.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Which jobs.
#[derive(Debug, Clone, Default, Serialize)]
pub struct JobsQuery {
    /// Only this kind, such as `DEEP_SCAN`.
    #[serde(rename = "type")]
    pub job_type: Option<String>,
    /// Only this status.
    pub status: Option<JobStatus>,
    /// Only this scope.
    pub scope: Option<String>,
    /// Only jobs accepted since then.
    pub since: Option<DateTime<Utc>>,
    /// The most items to answer with, 1 to 500.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Whose changes. Exactly one of the three ids has to be given.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChangesQuery {
    /// Those of a table and its fields.
    pub table_id: Option<i64>,
    /// Those of a database and everything in it.
    pub database_id: Option<i64>,
    /// Those of a data source and everything in it.
    pub resource_id: Option<i64>,
    /// Only what was found at this moment or later.
    pub since: Option<DateTime<Utc>>,
    /// The most items to answer with, 1 to 500.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// The exact names of a catalog entry, as deep as they are known.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LookupQuery {
    /// The data source.
    pub source: String,
    /// The database in it.
    pub database: Option<String>,
    /// The schema of the table (`PostgreSQL`).
    pub schema: Option<String>,
    /// The table in the database.
    pub table: Option<String>,
    /// The field in the table.
    pub field: Option<String>,
}

/// Who refers to which table.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RelationsQuery {
    /// The table.
    pub table_id: i64,
    /// The most items to answer with, 1 to 500.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// What to search for.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SearchQuery {
    /// A few words.
    pub q: String,
    /// Only entries of this kind.
    pub kind: Option<SearchKind>,
    /// Only this data source, and what is in it.
    pub resource_id: Option<i64>,
    /// The most items to answer with, 1 to 500.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// The lineage of which table.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LineageQuery {
    /// The table.
    pub table_id: i64,
    /// How many steps to go each way, 1 to 20.
    pub depth: Option<u32>,
}

/// Which managed objects.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ManagedObjectsQuery {
    /// Only those of this data source.
    pub resource_id: Option<i64>,
    /// Only those that stand there.
    pub status: Option<ManagedStatus>,
    /// Only those whose database or table contains this.
    pub q: Option<String>,
    /// The most items to answer with, 1 to 500.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}
