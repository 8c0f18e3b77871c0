//! The catalog as a tree, one level at a time.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One entry of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TreeNode {
    /// Give this back as `parent` to see what lies below.
    pub id: String,
    /// What it is.
    pub kind: TreeKind,
    /// Its name.
    pub name: String,
    /// What a person wants to know at a glance: the flavor of a data source, the kind of a table, the type of a field.
    pub label: Option<String>,
    /// How many entries lie below; null when unknown because nobody has scanned it yet.
    pub child_count: Option<i64>,
    /// The row of the catalog, for the endpoint of its kind; null for a schema.
    pub catalog_id: Option<i64>,
    /// When it was found to be gone; null while it lives.
    pub removed_at: Option<DateTime<Utc>>,
}

/// What an entry of the tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TreeKind {
    /// A data source: below it are databases.
    Datasource,
    /// A database: below it are schemas (`PostgreSQL`) or tables (`MySQL`).
    Database,
    /// A schema: below it are tables.
    Schema,
    /// A table: below it are fields.
    Table,
    /// A field: nothing is below it.
    Field,
}

/// Which entry of the tree: `datasource-1`, `database-2`, `schema-2-public`, `table-3` or `field-4`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TreeId {
    /// A data source.
    Datasource(i64),
    /// A database.
    Database(i64),
    /// A schema of a database.
    Schema(i64, String),
    /// A table.
    Table(i64),
    /// A field.
    Field(i64),
}

impl fmt::Display for TreeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Datasource(id) => write!(f, "datasource-{id}"),
            Self::Database(id) => write!(f, "database-{id}"),
            Self::Schema(id, name) => write!(f, "schema-{id}-{name}"),
            Self::Table(id) => write!(f, "table-{id}"),
            Self::Field(id) => write!(f, "field-{id}"),
        }
    }
}

/// A text that names no entry of the tree.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be the id of an entry that this endpoint answered with, such as database-7")]
pub struct NoTreeId;

impl FromStr for TreeId {
    type Err = NoTreeId;

    fn from_str(text: &str) -> Result<Self, NoTreeId> {
        let (kind, rest) = text.split_once('-').ok_or(NoTreeId)?;
        let id = |text: &str| text.parse::<i64>().map_err(|_| NoTreeId);
        match kind {
            "datasource" => Ok(Self::Datasource(id(rest)?)),
            "database" => Ok(Self::Database(id(rest)?)),
            "schema" => {
                let (database, name) = rest.split_once('-').ok_or(NoTreeId)?;
                Ok(Self::Schema(id(database)?, name.to_owned()))
            }
            "table" => Ok(Self::Table(id(rest)?)),
            "field" => Ok(Self::Field(id(rest)?)),
            _ => Err(NoTreeId),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_survive_the_way_to_a_client_and_back() {
        for id in [
            TreeId::Datasource(1),
            TreeId::Database(2),
            TreeId::Schema(3, "we-ird. schema".to_owned()),
            TreeId::Schema(3, String::new()),
            TreeId::Table(4),
            TreeId::Field(i64::MAX),
        ] {
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        for text in [
            "", "table", "table-", "table-x", "schema-3", "index-1", "-1",
        ] {
            assert_eq!(text.parse::<TreeId>(), Err(NoTreeId), "{text}");
        }
    }
}
