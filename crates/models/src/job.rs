//! Jobs: one run of anything, the rows of `log_data_jobs`.

mod report;

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

pub use report::{MAX_ERROR_BYTES, ReportJob, UpdateJob, check_type};

/// What a job does. The log is open to more kinds than Plumbline starts itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JobType {
    /// A level-1 sync of a data source.
    MetadataSync,
    /// A level-2 deep scan of databases of one data source.
    DeepScan,
    /// The `sql` fill of a pipeline's sync table.
    SqlSync,
    /// The `sql` ETL of a pipeline.
    SqlEtl,
    /// The `http` ETL of a pipeline.
    HttpEtl,
    /// Freshness and pending rows of a pipeline.
    Measure,
}

impl JobType {
    /// The word in `log_data_jobs.job_type`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MetadataSync => "METADATA_SYNC",
            Self::DeepScan => "DEEP_SCAN",
            Self::SqlSync => "SQL_SYNC",
            Self::SqlEtl => "SQL_ETL",
            Self::HttpEtl => "HTTP_ETL",
            Self::Measure => "MEASURE",
        }
    }

    /// The type behind a word of the store; None where Plumbline does not run it.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::MetadataSync,
            Self::DeepScan,
            Self::SqlSync,
            Self::SqlEtl,
            Self::HttpEtl,
            Self::Measure,
        ]
        .into_iter()
        .find(|job_type| job_type.as_str() == word)
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
    /// Those behind which somebody waits for the result.
    pub const URGENT: [Self; 3] = [Self::Manual, Self::Registration, Self::Manage];
    /// Those that run when there is time. What programs outside run takes no worker's time.
    pub const LEISURELY: [Self; 2] = [Self::Schedule, Self::Pipeline];

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

    /// The trigger behind a word of the store.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let [manual, registration, manage] = Self::URGENT;
        let [schedule, pipeline] = Self::LEISURELY;
        [
            manual,
            registration,
            manage,
            schedule,
            pipeline,
            Self::External,
        ]
        .into_iter()
        .find(|trigger| trigger.as_str() == word)
    }
}

/// How fast a running attempt comes on.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Pace {
    /// Records a second; None until the attempt has done some.
    pub per_second: Option<f64>,
    /// Seconds left at that pace; None when the total is not known.
    pub seconds_left: Option<f64>,
}

impl Pace {
    /// Of an attempt that runs for `seconds` and began with `resumed` records done, when `processed` of
    /// `total` are done. Of none that runs when `seconds` is None.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a figure for people needs no more than 52 bits"
    )]
    #[must_use]
    pub fn of(seconds: Option<f64>, resumed: i64, processed: i64, total: Option<i64>) -> Self {
        let done = processed - resumed;
        let Some(seconds) = seconds.filter(|seconds| *seconds > 0.0 && done > 0) else {
            return Self::default();
        };
        let pace = done as f64 / seconds;
        Self {
            per_second: Some(pace),
            seconds_left: total.map(|total| (total - processed).max(0) as f64 / pace),
        }
    }
}

/// One job, as the API shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Job {
    /// `UUIDv7`.
    pub id: Uuid,
    /// `METADATA_SYNC`, `DEEP_SCAN`, `SQL_SYNC`, `SQL_ETL`, `HTTP_ETL`, MEASURE, or the word that a run from
    /// outside was reported with.
    pub job_type: String,
    /// What the program outside that runs it calls it; null for those that Plumbline runs.
    pub external_id: Option<String>,
    /// What the job works on, in words that a person reads.
    pub target_scope: String,
    /// The data source it reads, if it reads one.
    pub datasource_id: Option<i64>,
    /// The pipeline that it is a run of, if it is one of a pipeline.
    #[serde(default)]
    pub pipeline_id: Option<i64>,
    /// The `scan_id` of the deep scan, or the `sync_id` of the sync, that it is; null for a job that is neither.
    #[serde(default)]
    pub scan_id: Option<i64>,
    /// Where it stands.
    pub status: JobStatus,
    /// How many records there are to process; null until known.
    pub records_total: Option<i64>,
    /// How many are done.
    pub records_processed: i64,
    /// How many could not be processed.
    pub records_failed: i64,
    /// How many records a second the running attempt does; null until it has done some, and at the end.
    pub records_per_second: Option<f64>,
    /// How many seconds are left at that pace; null when the total is not known.
    pub seconds_left: Option<f64>,
    /// What it does just now, in words.
    pub message: Option<String>,
    /// Why it failed and what to do, cause by cause; while it waits for another attempt, why the last
    /// one failed.
    pub error_details: Option<String>,
    /// Who or what asked for it: manual, schedule, registration, manage, pipeline, external.
    pub trigger: String,
    /// The `sub` of the credential that asked for it.
    pub requested_by: Option<String>,
    /// The job that started this one, or that this one does again.
    pub parent_job_id: Option<Uuid>,
    /// How often it has been started.
    pub attempt: i32,
    /// What it was asked to do.
    pub parameters: serde_json::Value,
    /// What came out of it.
    pub result: Option<serde_json::Value>,
    /// Counts the changes of this row: the id of its events.
    pub version: i64,
    /// When it was accepted.
    pub queued_at: DateTime<Utc>,
    /// When its last attempt began.
    pub started_at: Option<DateTime<Utc>>,
    /// When its worker was last heard of, or the program outside that runs it.
    pub heartbeat_at: Option<DateTime<Utc>>,
    /// When the next attempt is due, after one that failed for a cause that may pass.
    pub run_after: Option<DateTime<Utc>>,
    /// When somebody asked to stop it.
    pub cancel_requested_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub completed_at: Option<DateTime<Utc>>,
}

/// One job with the attempts at it, as the API shows a single one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct JobDetails {
    /// The job.
    #[serde(flatten)]
    pub job: Job,
    /// The attempts at it, first to last.
    pub attempts: Vec<JobAttempt>,
}

/// One attempt at a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JobAttempt {
    /// Which one, from 1.
    pub attempt: i32,
    /// The worker that made it, by the name that it has in the queue.
    pub worker: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// The end of the job, or `HANDED_BACK` (the service stopped), RETRY (it failed and may pass), LOST
    /// (the worker died); null while it goes on.
    pub outcome: Option<String>,
    /// Why it failed.
    pub error: Option<String>,
}

/// Answer of `POST /jobs/{id}/retry`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JobRetried {
    /// The new job; `parent_job_id` names the one that it does again.
    pub job_id: Uuid,
    /// Its scan or sync, for `GET /scan/status/{id}`; null for a job that is neither.
    pub scan_id: Option<i64>,
    /// QUEUED.
    pub status: JobStatus,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_is_that_of_the_running_attempt() {
        let pace = |per_second, seconds_left| Pace {
            per_second,
            seconds_left,
        };
        // An earlier attempt did 100; this one did 50 in 5 seconds.
        let running = Pace::of(Some(5.0), 100, 150, Some(250));
        assert_eq!(running, pace(Some(10.0), Some(10.0)));
        assert_eq!(Pace::of(Some(5.0), 0, 50, None), pace(Some(10.0), None));
        assert_eq!(
            Pace::of(Some(5.0), 0, 60, Some(50)),
            pace(Some(12.0), Some(0.0))
        );
        for nothing in [
            Pace::of(None, 0, 50, Some(100)),
            Pace::of(Some(0.0), 0, 50, Some(100)),
            Pace::of(Some(5.0), 50, 50, Some(100)),
        ] {
            assert_eq!(nothing, Pace::default());
        }
    }
}
