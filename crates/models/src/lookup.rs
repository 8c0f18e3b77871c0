//! Finding a catalog entry by its names.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::database::Database;
use crate::datasource::Datasource;
use crate::field::Field;
use crate::table::TableDetail;

/// Answer of `GET /lookup`: everything on the way to the deepest name that was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Lookup {
    /// The data source.
    pub datasource: Datasource,
    /// The database, when one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<Database>,
    /// The table with its keys, indexes and definition, when one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<TableDetail>,
    /// The field, when one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
}
