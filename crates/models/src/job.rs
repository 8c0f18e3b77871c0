//! Jobs: one run of anything, the rows of `log_data_jobs`.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a job does. The log is open to more kinds than Plumbline starts itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JobType {
    /// A level-1 sync of a data source.
    MetadataSync,
    /// A level-2 deep scan of databases of one data source.
    DeepScan,
}

impl JobType {
    /// The word in `log_data_jobs.job_type`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MetadataSync => "METADATA_SYNC",
            Self::DeepScan => "DEEP_SCAN",
        }
    }
}

impl fmt::Display for JobType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where a job stands. QUEUED and RUNNING are active, the others are ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JobStatus {
    /// Accepted, not started.
    Queued,
    /// A worker is at it.
    Running,
    /// Everything was done.
    Success,
    /// Done, but for what `failures` lists.
    Partial,
    /// Not done; `error_details` says why.
    Failed,
    /// Stopped on request.
    Cancelled,
}

impl JobStatus {
    /// The word in `log_data_jobs.status`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "QUEUED",
            Self::Running => "RUNNING",
            Self::Success => "SUCCESS",
            Self::Partial => "PARTIAL",
            Self::Failed => "FAILED",
            Self::Cancelled => "CANCELLED",
        }
    }

    /// Whether the job is queued or running.
    #[must_use]
    pub fn is_active(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }

    /// The status behind a word of the store.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Queued,
            Self::Running,
            Self::Success,
            Self::Partial,
            Self::Failed,
            Self::Cancelled,
        ]
        .into_iter()
        .find(|status| status.as_str() == word)
    }
}

impl fmt::Display for JobStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who or what asked for a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Trigger {
    /// A person or program, by request.
    Manual,
    /// The automatic schedule.
    Schedule,
    /// The registration of a data source.
    Registration,
    /// The adoption of a database or table.
    Manage,
    /// A pipeline.
    Pipeline,
    /// A program outside Plumbline.
    External,
}

impl Trigger {
    /// The word in `log_data_jobs.trigger`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Schedule => "schedule",
            Self::Registration => "registration",
            Self::Manage => "manage",
            Self::Pipeline => "pipeline",
            Self::External => "external",
        }
    }
}

/// One job, as the API shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Job {
    /// `UUIDv7`.
    pub id: Uuid,
    /// `METADATA_SYNC`, `DEEP_SCAN`, or another kind's word.
    pub job_type: String,
    /// What the job works on, in words that a person reads.
    pub target_scope: String,
    /// The data source it reads, if it reads one.
    pub datasource_id: Option<i64>,
    /// Where it stands.
    pub status: JobStatus,
    /// How many records there are to process; null until known.
    pub records_total: Option<i64>,
    /// How many are done.
    pub records_processed: i64,
    /// How many could not be processed.
    pub records_failed: i64,
    /// Why it failed and what to do, cause by cause.
    pub error_details: Option<String>,
    /// Who or what asked for it: manual, schedule, registration, manage, pipeline, external.
    pub trigger: String,
    /// The `sub` of the credential that asked for it.
    pub requested_by: Option<String>,
    /// The job that started this one.
    pub parent_job_id: Option<Uuid>,
    /// How often it has been started.
    pub attempt: i32,
    /// What it was asked to do.
    pub parameters: serde_json::Value,
    /// What came out of it.
    pub result: Option<serde_json::Value>,
    /// When it was accepted.
    pub queued_at: DateTime<Utc>,
    /// When its last attempt began.
    pub started_at: Option<DateTime<Utc>>,
    /// When its worker was last heard of.
    pub heartbeat_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub completed_at: Option<DateTime<Utc>>,
}
