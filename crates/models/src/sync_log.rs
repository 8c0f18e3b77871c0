//! Sync logs: the history of level-1 and level-2 runs.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::job::JobStatus;
use crate::scan::ScanMode;

/// One run of either level. Its id is the API's `sync_id` and `scan_id`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SyncLog {
    /// The `sync_id` of a level-1 sync, the `scan_id` of a deep scan.
    pub id: i64,
    /// The data source that was read.
    pub datasource_id: i64,
    /// The job that ran it.
    pub job_id: Uuid,
    /// auto, manual or deep.
    pub sync_type: String,
    /// database, table or field: how deep it reads.
    pub sync_level: String,
    /// The databases of a deep scan, comma-separated; null for level 1.
    pub target_database: Option<String>,
    /// Where it stands.
    pub status: JobStatus,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub completed_at: Option<DateTime<Utc>>,
    /// How long it took, in seconds.
    pub duration_seconds: Option<f64>,
    /// How many databases were read.
    pub databases_scanned: i64,
    /// How many tables were read, or are known to be as they were.
    pub tables_scanned: i64,
    /// Those of them that were not read, since their digests told that they are as they were.
    #[serde(default)]
    pub tables_unchanged: i64,
    /// How many fields were read, or are known to be as they were.
    pub fields_scanned: i64,
    /// `incremental` when of some database only what changed was read; null at level 1 and until the end.
    #[serde(default)]
    pub mode: Option<ScanMode>,
    /// Objects that were new.
    pub added_count: i64,
    /// Objects that had changed.
    pub changed_count: i64,
    /// Objects that were gone.
    pub removed_count: i64,
    /// Objects that had another name before.
    #[serde(default)]
    pub renamed_count: i64,
    /// Objects that could not be read.
    pub failed_count: i64,
    /// What the run cost the data source.
    pub cost: Option<Cost>,
    /// What tells the server that was read from every other; null where the login may not know it.
    #[serde(default)]
    pub server_identity: Option<String>,
    /// Why it failed.
    pub error_message: Option<String>,
    /// When it was accepted.
    pub created_at: DateTime<Utc>,
}

/// What a run cost the data source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Cost {
    /// Statements sent to the data source.
    pub statements: u64,
    /// Rows read from it.
    pub rows: u64,
    /// Bytes of the values in these rows, as the data source sent them.
    #[serde(default)]
    pub bytes: u64,
    /// Seconds spent waiting for it, summed over connections.
    pub seconds: f64,
}

impl Cost {
    /// Adds what another connection cost.
    pub fn add(&mut self, other: Self) {
        self.statements += other.statements;
        self.rows += other.rows;
        self.bytes += other.bytes;
        self.seconds += other.seconds;
    }
}
