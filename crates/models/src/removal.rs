//! What a scan no longer found and did not dare to mark as removed.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::change::ObjectType;

/// One thing that is no longer listed, but not marked as removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DoubtedRemoval {
    /// What it is: a database, which a sync did not list any more; a table, field or object, which a deep
    /// scan did not.
    pub object_type: ObjectType,
    /// Its id in the catalog.
    pub id: i64,
    /// The database that it is or is in.
    pub database_name: String,
    /// The schema of the table or object; null for databases.
    pub object_schema: Option<String>,
    /// The table's name, or the object's kind, name and signature; null for databases.
    pub object_name: Option<String>,
    /// The field's name; null for other objects.
    pub field_name: Option<String>,
    /// Why it may be there nevertheless.
    pub reason: String,
    /// When somebody confirmed that it is gone; it was marked as removed then.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// Answer of `POST /scan/{scan_id}/confirm-removals`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RemovalsConfirmed {
    /// The scan or sync.
    pub scan_id: i64,
    /// How many databases, tables, fields and objects are marked as removed by this request.
    pub removed: i64,
}
