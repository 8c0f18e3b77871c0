//! The overview: whether the data is current, and what to do about it.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::pipeline::{Etl, EtlKind, Fill, FillKind, PipelineStatus};

/// The most groups.
const MAX_GROUPS: usize = 50;

/// Answer of `GET /overview`. Nothing is measured for it: figures are as old as they say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Overview {
    /// The data sources by name, the first 500.
    pub sources: Vec<OverviewSource>,
    /// The pipelines by name, the first 500.
    pub pipelines: Vec<OverviewPipeline>,
    /// The groups of tables, and at the end what belongs to none.
    pub groups: Vec<OverviewGroup>,
    /// What failed in the last seven days, wholly or in part, and has not ended again since, newest first: at most 50.
    pub failures: Vec<OverviewFailure>,
}

/// One data source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OverviewSource {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub datasource_name: String,
    /// The protocol that it speaks: mysql or postgresql.
    pub datasource_type: String,
    /// What the server says it is; null until first reached.
    pub flavor: Option<String>,
    /// Whether it is left alone.
    pub paused: bool,
    /// pending, syncing, success, failed: where the last scan stands.
    pub sync_status: String,
    /// How deep the last successful reading went.
    pub sync_level: Option<String>,
    /// When the last reading of level 1 succeeded.
    pub last_sync_at: Option<DateTime<Utc>>,
    /// Why the last scan failed.
    pub error_message: Option<String>,
    /// The scan of it that waits or runs, the newest where there are several; null when none does.
    #[serde(default)]
    pub active_job_id: Option<Uuid>,
    /// How many databases it has.
    pub databases: i64,
    /// How many tables and other relations the catalog has of it.
    pub tables: i64,
    /// How many rows those have, as last read; null when none is known.
    pub records: Option<i64>,
}

/// One pipeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OverviewPipeline {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// How its sync table is filled.
    pub fill: OverviewFill,
    /// How its business table is made.
    pub etl: OverviewEtl,
    /// How many things about it no longer fit the catalog: it does not run before they are mended.
    pub problems: usize,
    /// Where it stands.
    #[serde(flatten)]
    pub status: PipelineStatus,
}

/// How a sync table is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OverviewFill {
    /// Which kind: nothing here can start what is `external`.
    pub kind: FillKind,
}

impl From<&Fill> for OverviewFill {
    fn from(fill: &Fill) -> Self {
        let kind = match fill {
            Fill::Sql(_) => FillKind::Sql,
            Fill::External(_) => FillKind::External,
        };
        Self { kind }
    }
}

/// How a business table is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OverviewEtl {
    /// Which kind: nothing here can start what is `external`.
    pub kind: EtlKind,
}

impl From<&Etl> for OverviewEtl {
    fn from(etl: &Etl) -> Self {
        let kind = match etl {
            Etl::Sql(_) => EtlKind::Sql,
            Etl::Http(_) => EtlKind::Http,
            Etl::External(_) => EtlKind::External,
        };
        Self { kind }
    }
}

/// One group of tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OverviewGroup {
    /// What it is called.
    pub name: String,
    /// How many tables it has.
    pub tables: i64,
    /// How many rows those have, as last read; null when none is known.
    pub records: Option<i64>,
}

/// A job that failed, wholly or in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OverviewFailure {
    /// The job.
    pub job_id: Uuid,
    /// Its type.
    pub job_type: String,
    /// What it worked on.
    pub target_scope: String,
    /// The data source that it read, if it read one.
    pub datasource_id: Option<i64>,
    /// The pipeline that it was a run of, if it was one of a pipeline.
    pub pipeline_id: Option<i64>,
    /// FAILED or PARTIAL.
    pub status: String,
    /// How many records could not be processed.
    pub records_failed: i64,
    /// The first line of why.
    pub error: Option<String>,
    /// When it ended.
    pub completed_at: DateTime<Utc>,
}

/// The groups that tables are counted into: a table counts into the one that names it, else into the first that has a
/// prefix of its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "groups": [{ "name": "Staging", "prefixes": ["stg_", "staging."] }] }))]
pub struct TableGroups {
    /// The groups in order, at most 50; none for the usual ones: Sync (`sync_` and the sync tables of pipelines) and
    /// Business (`biz_` and the business tables of pipelines).
    #[garde(length(max = MAX_GROUPS), custom(each_name_once), dive)]
    pub groups: Vec<TableGroup>,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TableGroup {
    /// What it is called.
    #[garde(length(chars, min = 1, max = 200))]
    pub name: String,
    /// It takes tables whose name begins with one of these, at most 50, upper and lower case alike. One with a dot is
    /// compared with `schema.table`.
    #[serde(default)]
    #[garde(length(max = 50), inner(length(bytes, min = 1, max = 255)))]
    pub prefixes: Vec<String>,
    /// It takes these tables, at most 5000, whatever they are called.
    #[serde(default)]
    #[garde(length(max = 5000), inner(range(min = 1)))]
    pub table_ids: Vec<i64>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that garde calls"
)]
fn each_name_once(groups: &[TableGroup], (): &()) -> garde::Result {
    let mut seen = HashSet::new();
    if groups.iter().all(|group| seen.insert(&group.name)) {
        return Ok(());
    }
    Err(garde::Error::new("must name each group once"))
}
