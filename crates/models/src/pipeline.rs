//! Pipelines: how the sync table is filled, how the business table is made from it, and how the difference
//! between the two is measured.

mod request;
mod rules;
mod status;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) use request::kinds_to_come;
pub use request::{
    CreatePipeline, DeltaRequest, EtlKind, EtlRequest, FillKind, FillRequest, ScheduleRequest,
    UpdatePipeline,
};
pub use status::{
    FailedRow, Freshness, Measurement, PipelineJob, PipelineJobStarted, PipelineStatus,
    PipelineTable, PipelineView,
};

/// How long the service of an `http` ETL may take when the pipeline does not say, in seconds.
pub const DEFAULT_HTTP_TIMEOUT_SECONDS: u32 = 3600;
/// What the value of a header begins with that says where the value is kept.
pub const HEADER_REFERENCES: [&str; 2] = ["env:", "file:"];

/// How the sync table is filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Fill {
    /// By a query in a data source, whose rows are written into the sync table.
    Sql(SqlFill),
    /// By a program outside Plumbline.
    External(ExternalRun),
}

/// A query and what becomes of its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SqlFill {
    /// The data source that is asked.
    pub resource_id: i64,
    /// The database that the session is opened in.
    pub database: String,
    /// The query.
    pub query: String,
    /// The column of the sync table for each column of the query; those that are not named here go to the column
    /// of their own name. Empty for all by name.
    #[serde(default)]
    pub mapping: BTreeMap<String, String>,
    /// The columns of the sync table that tell its rows apart; needed for `upsert`.
    #[serde(default)]
    pub key: Vec<String>,
    /// What becomes of rows that are there.
    #[serde(default)]
    pub mode: FillMode,
}

/// What a fill does with the rows that the sync table has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FillMode {
    /// Rows with the key of a new one are changed, all others stay.
    #[default]
    Upsert,
    /// All of them go: the sync table then has what the query answered.
    Replace,
}

/// Runs that are reported from outside: those of this type and scope in the job log are the pipeline's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExternalRun {
    /// The `job_type` that they are reported with; null when they are not reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_type: Option<String>,
    /// The `target_scope` that they are reported with; null when they are not reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_scope: Option<String>,
}

/// How the business table is made from the sync table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Etl {
    /// By one statement, run where the business table is.
    Sql(SqlEtl),
    /// By a service of the tenant's, which is called and reports the end.
    Http(HttpEtl),
    /// By a program outside Plumbline.
    External(ExternalRun),
}

/// One statement, run in the database of the business table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SqlEtl {
    /// The statement.
    pub statement: String,
}

/// A call of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HttpEtl {
    /// Where it is: `http` or `https`, without user and password.
    pub url: String,
    /// Headers to send. A value of the form `env:NAME` or `file:PATH` says where the value is kept.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// How long it may take until it has reported its end, in seconds.
    pub timeout_seconds: u32,
}

/// How the rows that wait to be processed are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "method", rename_all = "lowercase")]
pub enum Delta {
    /// The difference of the two row counts.
    Count,
    /// The rows of the sync table that are newer than the newest of the business table.
    Watermark(WatermarkDelta),
    /// The keys of the sync table that the business table lacks.
    Key(KeyDelta),
}

/// The columns that grow with each row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WatermarkDelta {
    /// Of the sync table.
    pub sync_column: String,
    /// Of the business table.
    pub biz_column: String,
}

/// The columns that tell a row apart, in the same order on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeyDelta {
    /// Of the sync table, where the key is one column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sync_column: Option<String>,
    /// Of the business table, where the key is one column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub biz_column: Option<String>,
    /// Of the sync table.
    pub sync_columns: Vec<String>,
    /// Of the business table.
    pub biz_columns: Vec<String>,
}

/// The way of counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum DeltaMethod {
    /// The difference of the two row counts.
    Count,
    /// Rows above the high-water mark.
    Watermark,
    /// Keys that are missing.
    Key,
}

impl DeltaMethod {
    /// The word in answers and in the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Watermark => "watermark",
            Self::Key => "key",
        }
    }

    /// The method behind a word of the store.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Count, Self::Watermark, Self::Key]
            .into_iter()
            .find(|method| method.as_str() == word)
    }
}

impl Delta {
    /// Which way it counts.
    #[must_use]
    pub fn method(&self) -> DeltaMethod {
        match self {
            Self::Count => DeltaMethod::Count,
            Self::Watermark(_) => DeltaMethod::Watermark,
            Self::Key(_) => DeltaMethod::Key,
        }
    }

    /// The columns that it reads of the sync table, and of the business table.
    #[must_use]
    pub fn columns(&self) -> (&[String], &[String]) {
        match self {
            Self::Count => (&[], &[]),
            Self::Watermark(columns) => (
                std::slice::from_ref(&columns.sync_column),
                std::slice::from_ref(&columns.biz_column),
            ),
            Self::Key(columns) => (&columns.sync_columns, &columns.biz_columns),
        }
    }
}

/// How old the data may be.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, garde::Validate,
)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The sync table is late so many seconds after it was last filled; it is never late when absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::integer::within_if_any::<_, _, 1, 315_360_000>"
    )]
    #[schema(minimum = 1, maximum = 315_360_000)]
    #[garde(skip)]
    pub sync_seconds: Option<i32>,
    /// The business table is late so many seconds after it was last made; it is never late when absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::integer::within_if_any::<_, _, 1, 315_360_000>"
    )]
    #[schema(minimum = 1, maximum = 315_360_000)]
    #[garde(skip)]
    pub etl_seconds: Option<i32>,
}

/// When a pipeline runs by itself: it fills the sync table, or only measures where that is filled from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PipelineSchedule {
    /// A cron expression of five fields, or a word such as @daily.
    pub cron: String,
    /// The zone whose clock `cron` means.
    pub time_zone: String,
    /// Whether it rests.
    pub paused: bool,
    /// A run comes so many seconds after its tick at most, always the same number for one pipeline.
    pub jitter_seconds: i32,
    /// When it runs next, jitter included; null while it is paused.
    pub next_run_at: Option<DateTime<Utc>>,
    /// When it last started a job; null before the first.
    pub last_run_at: Option<DateTime<Utc>>,
    /// The job that it last started.
    pub last_job_id: Option<Uuid>,
}

/// One pipeline, as it was defined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pipeline {
    /// Its id.
    pub id: i64,
    /// The name that the tenant gave it.
    pub name: String,
    /// The table that is filled; null when its data source has been deleted.
    pub sync_table_id: Option<i64>,
    /// The table that is made from it; null when its data source has been deleted.
    pub biz_table_id: Option<i64>,
    /// How the sync table is filled.
    pub fill: Fill,
    /// How the business table is made.
    pub etl: Etl,
    /// How the difference is measured.
    pub delta: Delta,
    /// How old the data may be.
    pub target: Target,
    /// So many rows that wait start the ETL by themselves; null when nothing does.
    pub threshold: Option<i64>,
    /// When it runs by itself; null when it does not.
    pub schedule: Option<PipelineSchedule>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed or its schedule ran.
    pub updated_at: DateTime<Utc>,
}

impl Pipeline {
    /// The `target_scope` of its jobs.
    #[must_use]
    pub fn scope(&self) -> String {
        format!("pipeline:{}", self.id)
    }
}
