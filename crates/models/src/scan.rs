//! Starting and following scans.

use chrono::{DateTime, Utc};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::integer::within;
use crate::job::JobStatus;
use crate::sync_log::Cost;

/// How many databases one request may name.
pub const MAX_TARGETS: usize = 1000;
/// How many tables one request may name for a database.
pub const MAX_TABLES: usize = 1000;

/// Body of `POST /sync/auto`: start level 1.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "resource_id": 1 }))]
pub struct StartSync {
    /// The data source.
    #[serde(deserialize_with = "within::<_, _, 1, { i64::MAX }>")]
    #[schema(minimum = 1)]
    #[garde(skip)]
    pub resource_id: i64,
    /// Read again even when the last result is under a minute old.
    #[serde(default)]
    #[garde(skip)]
    pub force: bool,
}

/// Answer of `POST /sync/auto`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SyncStarted {
    /// The sync, for `GET /scan/status/{id}`.
    pub sync_id: i64,
    /// Its job.
    pub job_id: Uuid,
    /// QUEUED, or SUCCESS or PARTIAL when a fresh result is answered as it is.
    pub status: JobStatus,
    /// What was done, in words.
    pub message: String,
}

/// How a deep scan reads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ScanMode {
    /// Only what changed since the last whole scan of a database: tables whose digest, computed by the data source,
    /// differs. Everything where there was none yet, where tables are named, and each 20th time, as a proof.
    #[default]
    Incremental,
    /// Everything.
    Full,
}

impl ScanMode {
    /// The word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incremental => "incremental",
            Self::Full => "full",
        }
    }

    /// The mode of a word; None for others.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Incremental, Self::Full]
            .into_iter()
            .find(|mode| mode.as_str() == word)
    }
}

/// One database to scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ScanTarget {
    /// The database's name.
    #[garde(length(bytes, min = 1, max = 255))]
    pub database: String,
    /// Only these tables: `name`, which means that name in every schema, or `schema.name`. All when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(min = 1, max = MAX_TABLES), inner(length(bytes, min = 1, max = 511))))]
    pub tables: Option<Vec<String>>,
}

/// Body of `POST /scan/deep`: start level 2 of one database, or of several by `targets`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "resource_id": 1, "database": "shop" }))]
pub struct StartDeepScan {
    /// The data source.
    #[serde(deserialize_with = "within::<_, _, 1, { i64::MAX }>")]
    #[schema(minimum = 1)]
    #[garde(skip)]
    pub resource_id: i64,
    /// The database, unless `targets` names several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(bytes, min = 1, max = 255)))]
    pub database: Option<String>,
    /// Only these tables of `database`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(min = 1, max = MAX_TABLES), inner(length(bytes, min = 1, max = 511))))]
    pub tables: Option<Vec<String>>,
    /// Several databases, read side by side by one job.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(min = 1, max = MAX_TARGETS), dive)]
    pub targets: Option<Vec<ScanTarget>>,
    /// Read tables; always true.
    #[serde(default = "yes")]
    #[garde(skip)]
    pub include_tables: bool,
    /// Read fields, keys and indexes too.
    #[serde(default = "yes")]
    #[garde(skip)]
    pub include_fields: bool,
    /// Compute statistics of values; not available yet.
    #[serde(default)]
    #[garde(custom(no_statistics))]
    pub include_statistics: bool,
    /// How to read.
    #[serde(default)]
    #[garde(skip)]
    pub mode: ScanMode,
}

impl StartDeepScan {
    /// The databases to scan, whichever way they were given.
    ///
    /// # Errors
    /// Says what to change when both ways or neither were used, or a database is named twice.
    pub fn scan_targets(&self) -> Result<Vec<ScanTarget>, crate::FieldError> {
        let targets = match (&self.database, &self.targets) {
            (Some(database), None) => {
                vec![ScanTarget {
                    database: database.clone(),
                    tables: self.tables.clone(),
                }]
            }
            (None, Some(_)) if self.tables.is_some() => {
                return Err(crate::FieldError::new(
                    "/tables",
                    "give the tables inside targets",
                ));
            }
            (None, Some(targets)) => targets.clone(),
            (Some(_), Some(_)) => {
                return Err(crate::FieldError::new(
                    "/targets",
                    "give either database or targets, not both",
                ));
            }
            (None, None) => {
                return Err(crate::FieldError::new(
                    "/database",
                    "is required, unless targets is given",
                ));
            }
        };
        let mut seen = std::collections::HashSet::new();
        for (index, target) in targets.iter().enumerate() {
            if !seen.insert(target.database.as_str()) {
                let pointer = format!("/targets/{index}/database");
                return Err(crate::FieldError::new(pointer, "is named twice"));
            }
        }
        Ok(targets)
    }
}

/// Answer of `POST /scan/deep`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeepScanStarted {
    /// The scan, for `GET /scan/status/{id}`.
    pub scan_id: i64,
    /// Its job.
    pub job_id: Uuid,
    /// QUEUED.
    pub status: JobStatus,
    /// How long the last like scan took, in seconds; null when there was none.
    pub estimated_duration: Option<f64>,
}

/// Answer of `GET /scan/status/{scan_id}`, for scans and syncs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ScanStatus {
    /// The scan or sync.
    pub scan_id: i64,
    /// Its job.
    pub job_id: Uuid,
    /// The data source that it reads.
    pub resource_id: i64,
    /// Where it stands.
    pub status: JobStatus,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub completed_at: Option<DateTime<Utc>>,
    /// How long it took, or has taken so far, in seconds.
    pub duration_seconds: Option<f64>,
    /// Done out of one; null until the total is known.
    pub progress: Option<f64>,
    /// Tables to read (level 2) or databases (level 1); null until known.
    pub tables_total: Option<i64>,
    /// How many have been written to the catalog, or are known to be as they were.
    pub tables_scanned: i64,
    /// Those of them that were not read, since their digests told that they are as they were.
    #[serde(default)]
    pub tables_unchanged: i64,
    /// How many fields have been written to the catalog, or are known to be as they were.
    pub fields_scanned: i64,
    /// `incremental` when of some database only what changed was read; null at level 1 and until the end.
    #[serde(default)]
    pub mode: Option<ScanMode>,
    /// How many tables (level 2) or databases (level 1) a second the running attempt reads; null until it has
    /// read some, and at the end.
    #[serde(default)]
    pub records_per_second: Option<f64>,
    /// How many seconds are left at that pace; null when the total is not known.
    #[serde(default)]
    pub seconds_left: Option<f64>,
    /// What it does just now, in words.
    #[serde(default)]
    pub message: Option<String>,
    /// What was found to be different.
    pub changes: ChangeCounts,
    /// What could not be read. `table` is null where the whole database could not.
    pub failures: Vec<ScanFailure>,
    /// What the login may not see, each with the grant that would show it.
    #[serde(default)]
    pub missing_grants: Vec<MissingGrant>,
    /// What it cost the data source.
    pub cost: Option<Cost>,
    /// Why it failed and what to do.
    pub error_message: Option<String>,
}

/// How many objects a scan found different.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangeCounts {
    /// New ones.
    pub added: i64,
    /// Changed ones.
    pub changed: i64,
    /// Gone ones.
    pub removed: i64,
    /// Those with another name than before.
    #[serde(default)]
    pub renamed: i64,
}

impl ChangeCounts {
    /// Adds what was found elsewhere.
    pub fn add(&mut self, other: Self) {
        self.added += other.added;
        self.changed += other.changed;
        self.removed += other.removed;
        self.renamed += other.renamed;
    }
}

/// One object that a scan could not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScanFailure {
    /// The database.
    pub database: String,
    /// The table as the request or the server names it; null for the whole database.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Why, and what to do.
    pub error: String,
}

/// Something that the login may not see, and what would let it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MissingGrant {
    /// The database.
    pub database: String,
    /// What stays hidden.
    pub hides: String,
    /// The statement, for somebody who may grant it.
    pub grant: String,
}

fn yes() -> bool {
    true
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that garde calls"
)]
fn no_statistics(include: &bool, _: &()) -> garde::Result {
    if *include {
        return Err(garde::Error::new(
            "statistics are not available yet: leave this out or give false",
        ));
    }
    Ok(())
}
