//! Relations: who refers to whom, as one list over foreign keys and views.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One table's reference to another: a foreign key, or a view that reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Relation {
    /// The catalog's id.
    pub id: i64,
    /// Why the one refers to the other.
    pub kind: RelationKind,
    /// The name of the foreign key; null for a view.
    pub name: Option<String>,
    /// The table that has the key, or the view.
    pub from: RelationEnd,
    /// The table that it points to or reads.
    pub to: RelationEnd,
}

/// Why one table refers to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// A foreign key points from one to the other.
    ForeignKey,
    /// A view reads the other.
    ViewDependency,
}

/// One side of a relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RelationEnd {
    /// The table in the catalog; null where it has not been scanned.
    pub table_id: Option<i64>,
    /// Its database.
    pub database_name: String,
    /// Its schema; '' on `MySQL`.
    pub table_schema: String,
    /// Its name.
    pub table_name: String,
    /// The fields that take part, in the key's order; empty where the server does not tell.
    pub fields: Vec<String>,
}
