//! Where a pipeline stands.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DeltaMethod, Pipeline, Target};
use crate::FieldError;
use crate::job::JobStatus;

/// One measurement of a pipeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Measurement {
    /// The job that measured.
    pub job_id: Uuid,
    /// When the figures were true.
    pub measured_at: DateTime<Utc>,
    /// How the rows were counted.
    pub method: DeltaMethod,
    /// How many rows wait to be processed.
    pub pending_rows: i64,
    /// How many rows of the business table the sync table does not have, as after deletes; null where the method
    /// does not tell.
    pub surplus_rows: Option<i64>,
    /// How many rows the sync table had; null where they were not counted.
    pub sync_rows: Option<i64>,
    /// How many rows the business table had; null where they were not counted.
    pub biz_rows: Option<i64>,
    /// The newest time in the sync table's watermark column; null without one.
    pub sync_changed_at: Option<DateTime<Utc>>,
    /// The newest time in the business table's watermark column; null without one.
    pub biz_changed_at: Option<DateTime<Utc>>,
    /// What is to be known about the figures, in words.
    pub note: Option<String>,
}

/// Whether data is within its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Freshness {
    /// It is.
    Fresh,
    /// It is older than it may be.
    Late,
    /// There is no target, or nothing that tells how old the data is.
    Unknown,
}

impl Freshness {
    /// Of data that was last brought up to date at a time, with so many seconds to go until it is late.
    #[must_use]
    pub fn of(
        last: Option<DateTime<Utc>>,
        target_seconds: Option<i32>,
        now: DateTime<Utc>,
    ) -> Self {
        match (last, target_seconds) {
            (Some(last), Some(seconds)) if now - last <= TimeDelta::seconds(seconds.into()) => {
                Self::Fresh
            }
            (Some(_), Some(_)) => Self::Late,
            _ => Self::Unknown,
        }
    }

    /// Of the whole: late as soon as one side is, and fresh when each side that has a target is.
    #[must_use]
    pub fn both(sync: Self, etl: Self, target: Target) -> Self {
        if sync == Self::Late || etl == Self::Late {
            return Self::Late;
        }
        let sides = [(target.sync_seconds, sync), (target.etl_seconds, etl)];
        let mut aimed = sides.iter().filter(|(seconds, _)| seconds.is_some());
        match aimed.clone().count() {
            0 => Self::Unknown,
            _ if aimed.all(|(_, side)| *side == Self::Fresh) => Self::Fresh,
            _ => Self::Unknown,
        }
    }
}

/// One of the last runs of a pipeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PipelineJob {
    /// Its id in the job log.
    pub id: Uuid,
    /// `SQL_SYNC`, `SQL_ETL`, `HTTP_ETL`, MEASURE, or the word that a run from outside was reported with.
    pub job_type: String,
    /// Where it stands.
    pub status: JobStatus,
    /// How many records it has done.
    pub records_processed: i64,
    /// How many it could not do.
    pub records_failed: i64,
    /// The first line of why it failed, or why its last attempt did.
    #[serde(default)]
    pub error: Option<String>,
    /// When it was accepted.
    pub queued_at: DateTime<Utc>,
    /// When it ended.
    pub completed_at: Option<DateTime<Utc>>,
}

/// Where a pipeline stands: what its jobs and its last measurement tell. Nothing is measured for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PipelineStatus {
    /// When the sync table was last filled: the later of the last run that ended well and of the newest time in
    /// its watermark column; null when neither is known.
    pub last_synced_at: Option<DateTime<Utc>>,
    /// When the business table was last made, in the same way.
    pub last_processed_at: Option<DateTime<Utc>>,
    /// Whether the sync table is within its target.
    pub sync_freshness: Freshness,
    /// Whether the business table is within its target.
    pub etl_freshness: Freshness,
    /// Whether both are: late as soon as one is late.
    pub freshness: Freshness,
    /// How many rows wait to be processed, as last measured; null before the first measurement.
    pub pending_rows: Option<i64>,
    /// When that was measured.
    pub measured_at: Option<DateTime<Utc>>,
    /// How it was measured; before the first measurement how it will be.
    pub method: DeltaMethod,
    /// The last measurement with all of its figures.
    pub measurement: Option<Measurement>,
    /// The last runs, newest first.
    pub last_jobs: Vec<PipelineJob>,
}

/// A table of a pipeline, by its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PipelineTable {
    /// The catalog's id.
    pub id: i64,
    /// The data source that holds it.
    pub datasource_id: i64,
    /// What that is called.
    pub datasource_name: String,
    /// Its database.
    pub database_name: String,
    /// Its schema; '' on `MySQL`.
    pub table_schema: String,
    /// Its name.
    pub table_name: String,
}

/// One pipeline, as the API shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PipelineView {
    /// What it is.
    #[serde(flatten)]
    pub pipeline: Pipeline,
    /// The sync table by its names; null when its data source has been deleted.
    pub sync_table: Option<PipelineTable>,
    /// The business table by its names; null when its data source has been deleted.
    pub biz_table: Option<PipelineTable>,
    /// What no longer fits the catalog, such as a column that has been removed. None of its jobs starts before
    /// that is mended.
    pub problems: Vec<FieldError>,
    /// Where it stands.
    #[serde(flatten)]
    pub status: PipelineStatus,
}

/// Answer of a request that starts a job of a pipeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PipelineJobStarted {
    /// The pipeline.
    pub pipeline_id: i64,
    /// The job.
    pub job_id: Uuid,
    /// QUEUED.
    pub status: JobStatus,
}

/// A row that could not be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FailedRow {
    /// Counts the rows that failed.
    pub id: i64,
    /// The job that could not write it.
    pub job_id: Uuid,
    /// The values of its key, or its place in the query's answer where it has none.
    pub row_key: String,
    /// Why it could not be written.
    pub reason: String,
    /// When that was.
    pub created_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_late_after_its_target() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(1);
        let ago = |seconds| Some(now - TimeDelta::seconds(seconds));
        assert_eq!(Freshness::of(ago(60), Some(60), now), Freshness::Fresh);
        assert_eq!(Freshness::of(ago(61), Some(60), now), Freshness::Late);
        assert_eq!(Freshness::of(None, Some(60), now), Freshness::Unknown);
        assert_eq!(Freshness::of(ago(0), None, now), Freshness::Unknown);
        // The clock of a source may be ahead of ours.
        assert_eq!(Freshness::of(ago(-5), Some(60), now), Freshness::Fresh);
    }

    #[test]
    fn the_whole_is_as_late_as_its_latest_side() {
        use Freshness::{Fresh, Late, Unknown};
        let target = |sync_seconds, etl_seconds| Target {
            sync_seconds,
            etl_seconds,
        };
        let both = target(Some(60), Some(60));
        assert_eq!(Freshness::both(Fresh, Fresh, both), Fresh);
        assert_eq!(Freshness::both(Fresh, Late, both), Late);
        assert_eq!(Freshness::both(Late, Unknown, both), Late);
        assert_eq!(Freshness::both(Fresh, Unknown, both), Unknown);
        let one = target(Some(60), None);
        assert_eq!(Freshness::both(Fresh, Unknown, one), Fresh);
        assert_eq!(
            Freshness::both(Unknown, Unknown, Target::default()),
            Unknown
        );
    }
}
