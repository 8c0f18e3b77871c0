//! Search: what of the catalog answers a few words.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How long a query may be, in characters.
pub const MAX_QUERY: usize = 1000;

/// One entry of the catalog that answers a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SearchHit {
    /// What it is.
    pub kind: SearchKind,
    /// The row of the catalog, for the endpoint of its kind.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its comment; null where it has none.
    pub comment: Option<String>,
    /// Where it lies, itself included.
    pub path: SearchPath,
    /// What of it answers the query.
    pub highlights: SearchHighlights,
}

/// What an entry is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum SearchKind {
    /// A data source.
    Datasource,
    /// A database.
    Database,
    /// A table or view.
    Table,
    /// A field.
    Field,
}

impl SearchKind {
    /// All of them, from the outermost to the innermost.
    pub const ALL: [Self; 4] = [Self::Datasource, Self::Database, Self::Table, Self::Field];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Datasource => "datasource",
            Self::Database => "database",
            Self::Table => "table",
            Self::Field => "field",
        }
    }
}

/// Where an entry lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SearchPath {
    /// The data source.
    pub datasource_id: i64,
    /// Its name.
    pub datasource_name: String,
    /// The database; absent for a data source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database_id: Option<i64>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database_name: Option<String>,
    /// The schema of the table, '' on `MySQL`; absent for what lies in no table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table_schema: Option<String>,
    /// The table; absent for a data source and a database.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table_id: Option<i64>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table_name: Option<String>,
}

/// Which parts of an entry answer the query: where each begins, and where it has ended, in Unicode code points.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SearchHighlights {
    /// Parts of the name; absent where none is meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub name: Vec<(usize, usize)>,
    /// Parts of the comment; absent where none is meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub comment: Vec<(usize, usize)>,
}
