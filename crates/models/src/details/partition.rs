//! Partitions.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How a table is cut into partitions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Partitioning {
    /// RANGE, LIST, HASH, ... as the server prints it.
    pub method: String,
    /// The partition key or expression as the server prints it.
    pub expression: String,
    /// The method of the parts' own parts (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_method: Option<String>,
    /// The expression of the parts' own parts (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_expression: Option<String>,
    /// The parts in order (`MySQL`; a `PostgreSQL` partition is a table with `parents`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Partition>,
}

/// One part of a partitioned `MySQL` table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Partition {
    /// Its name.
    pub name: String,
    /// Its own part's name, under sub-partitioning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_name: Option<String>,
    /// Its bound as the server prints it; null for HASH and KEY.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<String>,
    /// Its comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}
