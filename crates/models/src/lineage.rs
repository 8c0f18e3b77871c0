//! Lineage: where the data of a table come from, and where they go.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::job::JobStatus;

/// How many steps a graph goes where nobody says otherwise.
pub const DEFAULT_DEPTH: u32 = 3;
/// How many steps it goes at most.
pub const MAX_DEPTH: u32 = 20;
/// How many nodes it has at most.
pub const MAX_NODES: usize = 1000;
/// How many edges it has at most.
pub const MAX_EDGES: usize = 5000;

/// Answer of `GET /lineage`: a table, what its data come from, and what is made of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Lineage {
    /// The node that was asked for.
    pub root: String,
    /// How many steps were gone each way. One step leads from data to data; the job in between does not count.
    pub depth: u32,
    /// Tables, datasets and jobs, the nearest first.
    pub nodes: Vec<LineageNode>,
    /// How data flow between them.
    pub edges: Vec<LineageEdge>,
    /// Whether something was left out since there is too much: at most 1,000 nodes and 5,000 edges are told.
    pub truncated: bool,
}

/// What a node is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LineageKind {
    /// A table or view of the catalog.
    Table,
    /// What a job reads or writes and the catalog does not know.
    Dataset,
    /// What reads and writes: a job of `OpenLineage`.
    Job,
}

impl LineageKind {
    /// The word before the number of its nodes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Dataset => "dataset",
            Self::Job => "job",
        }
    }

    /// The kind behind a word of the store.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Table, Self::Dataset, Self::Job]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// One node of the graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineageNode {
    /// Its id in this graph, by which edges name it: `table-7`.
    pub id: String,
    /// What it is.
    pub kind: LineageKind,
    /// How many steps it is away.
    pub distance: u32,
    /// Of a table: what the catalog has.
    pub table: Option<LineageTable>,
    /// Of a dataset or a job: the namespace of `OpenLineage` that its name belongs to.
    pub namespace: Option<String>,
    /// Of a dataset or a job: its name there.
    pub name: Option<String>,
    /// Of a job: its newest run.
    pub last_run: Option<LineageRun>,
}

/// A table of the graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineageTable {
    /// The catalog's id.
    pub table_id: i64,
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
    /// TABLE, VIEW, `MATERIALIZED_VIEW` and so on.
    pub table_type: String,
    /// When a scan found it gone; null while it is there.
    pub removed_at: Option<DateTime<Utc>>,
}

/// The newest run of a job of the graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineageRun {
    /// Its id in the job log.
    pub job_id: Uuid,
    /// Where it stands.
    pub status: JobStatus,
    /// When it ended; null while it runs.
    pub completed_at: Option<DateTime<Utc>>,
}

/// Why data flow from one node to the other.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LineageEdgeKind {
    /// The second is a view that reads the first.
    ViewDependency,
    /// A pipeline makes the second, its business table, from the first, its sync table.
    Pipeline,
    /// Events of `OpenLineage` say so.
    Openlineage,
}

impl LineageEdgeKind {
    /// The word in the store's answers and in those of the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ViewDependency => "view_dependency",
            Self::Pipeline => "pipeline",
            Self::Openlineage => "openlineage",
        }
    }

    /// The kind behind a word of the store.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::ViewDependency, Self::Pipeline, Self::Openlineage]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// One way that data flow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct LineageEdge {
    /// The node that data come from.
    pub from: String,
    /// The node that they go to.
    pub to: String,
    /// Why.
    pub kind: LineageEdgeKind,
    /// Of a pipeline: its id.
    pub pipeline_id: Option<i64>,
    /// Of a pipeline: its name.
    pub pipeline_name: Option<String>,
    /// Of what events say: the time of the latest that says so.
    pub last_seen_at: Option<DateTime<Utc>>,
}
