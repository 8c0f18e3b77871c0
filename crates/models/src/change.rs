//! Changes: what scans found different, with before and after.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One difference that a scan found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// The catalog's id; later changes have greater ones.
    pub id: i64,
    /// The scan that found it.
    pub scan_id: i64,
    /// When it was found.
    pub changed_at: DateTime<Utc>,
    /// What happened.
    pub change_type: ChangeType,
    /// What it happened to: database, table, field, or object for what is no table.
    pub object_type: ObjectType,
    /// The data source.
    pub datasource_id: i64,
    /// The database in the catalog.
    pub database_id: i64,
    /// Its name.
    pub database_name: String,
    /// The table in the catalog; null for databases and objects.
    pub table_id: Option<i64>,
    /// The schema of the table or object; null for databases.
    pub object_schema: Option<String>,
    /// The table's name, or the object's kind, name and signature; null for databases.
    pub object_name: Option<String>,
    /// The field's name; null for other objects.
    pub field_name: Option<String>,
    /// The attributes that differ, as they were; null for what is new. Of a list of named things, such as indexes,
    /// only those that differ.
    #[schema(value_type = Option<Object>)]
    pub before: Option<serde_json::Value>,
    /// The same attributes as they are now; null for what is gone. For a `baseline`, counts of what there is.
    #[schema(value_type = Option<Object>)]
    pub after: Option<serde_json::Value>,
    /// Whether only a scan of everything found it, although the table's digest had not changed: a defect of
    /// incremental scans to be reported.
    #[serde(default)]
    pub is_defect: bool,
}

/// What happened to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChangeType {
    /// The first whole scan of a database: changes are counted from here.
    Baseline,
    /// It is new, or back.
    Added,
    /// It differs.
    Changed,
    /// It is gone.
    Removed,
    /// It is the same under another name; `before` and `after` hold the names that differ.
    Renamed,
    /// It has grown or shrunk by more than the service's `deep_scan.growth_percent` since it was new or this was last
    /// told: `before` and `after` hold the figures, which may be estimates. Its structure is as it was.
    Resized,
}

/// What kind of object changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ObjectType {
    /// A database.
    Database,
    /// A table of any kind.
    Table,
    /// A field.
    Field,
    /// A schema, routine, sequence, extension or type.
    Object,
}
