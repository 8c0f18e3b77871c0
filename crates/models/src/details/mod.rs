//! What a table is besides its columns: the typed document in `tables.details`.

mod constraint;
mod index;
mod partition;
mod trigger;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use constraint::{Check, Key, KeyKind, Reference};
pub use index::{Index, IndexColumn};
pub use partition::{Partition, Partitioning};
pub use trigger::Trigger;

/// Keys, indexes and further facts of one table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TableDetails {
    /// What the server says of the table as a whole.
    #[serde(flatten)]
    pub facts: TableFacts,
    /// Primary, unique, foreign and exclusion keys, by name.
    #[serde(default)]
    pub keys: Vec<Key>,
    /// Check constraints, by name.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// Indexes, by name.
    #[serde(default)]
    pub indexes: Vec<Index>,
    /// Triggers, by name.
    #[serde(default)]
    pub triggers: Vec<Trigger>,
    /// How the table is cut into partitions; null when it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partitioning: Option<Partitioning>,
}

impl TableDetails {
    /// The columns of each key and index that lets no two rows have the same values. Those that hold for some rows only,
    /// for expressions or beginnings of values, or at the end of a transaction are none.
    #[must_use]
    pub fn unique_columns(&self) -> Vec<Vec<String>> {
        let keys = self.keys.iter().filter(|key| {
            matches!(key.kind, KeyKind::Primary | KeyKind::Unique)
                && key.enforced
                && !key.deferrable
                && key.definition.is_none()
        });
        let is_deferred = |name: &str| {
            let mut keys = self.keys.iter();
            keys.any(|key| key.deferrable && key.name == name)
        };
        let indexes = self.indexes.iter().filter(|index| {
            index.unique && index.valid && index.predicate.is_none() && !is_deferred(&index.name)
        });
        let of_indexes = indexes.filter_map(|index| {
            let names = index.columns.iter().map(|part| {
                let whole = part.prefix_length.is_none();
                part.name.clone().filter(|_| whole)
            });
            names.collect::<Option<Vec<String>>>()
        });
        keys.map(|key| key.columns.clone())
            .chain(of_indexes)
            .collect()
    }
}

/// What the server says of a table as a whole. Absent where the server has no such notion.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TableFacts {
    /// The owner (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// `permanent` or `unlogged` (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persistence: Option<String>,
    /// Row format (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_format: Option<String>,
    /// Collation (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
    /// When the server says the table was made, in the server's own words and zone (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create_time: Option<String>,
    /// Further options as the server prints them: storage parameters (`PostgreSQL`), `CREATE_OPTIONS` (`MySQL`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The tablespace, where it is not the database's own (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablespace: Option<String>,
    /// The foreign server (`PostgreSQL` foreign tables).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreign_server: Option<String>,
    /// The composite type that a typed table follows (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_type: Option<String>,
    /// The tables that this one is a partition of or inherits from (`PostgreSQL`), in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<TableName>,
    /// The bound of a partition, as the server prints it (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_bound: Option<String>,
    /// Whether row security is on (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_security: Option<bool>,
    /// Whether row security holds for the owner too (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_security_forced: Option<bool>,
    /// Whether a materialized view holds data (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_populated: Option<bool>,
    /// The account that a view with the security `DEFINER` runs as (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view_definer: Option<String>,
    /// DEFINER or INVOKER: with whose rights a view reads its base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view_security: Option<String>,
    /// LOCAL or CASCADED: what WITH CHECK OPTION of a view checks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view_check_option: Option<String>,
    /// Whether rows can be changed through a view.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view_is_updatable: Option<bool>,
}

/// The name of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct TableName {
    /// Its schema; '' on `MySQL`.
    pub table_schema: String,
    /// Its own name.
    pub table_name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn index(name: &str, columns: &[&str]) -> Index {
        let column = |name: &&str| IndexColumn {
            name: Some((*name).to_owned()),
            ..IndexColumn::default()
        };
        Index {
            name: name.to_owned(),
            unique: true,
            valid: true,
            columns: columns.iter().map(column).collect(),
            ..Index::default()
        }
    }

    #[test]
    fn what_may_be_there_twice_is_no_key() {
        let mut deferred = Key::new("late".to_owned(), KeyKind::Unique, names(&["late"]));
        deferred.deferrable = true;
        let mut partial = index("some", &["some"]);
        partial.predicate = Some("some > 0".to_owned());
        let mut prefix = index("begin", &["begin"]);
        prefix.columns[0].prefix_length = Some(3);
        let mut made = index("made", &["made"]);
        made.columns[0].name = None;
        let details = TableDetails {
            keys: vec![
                Key::new("pk".to_owned(), KeyKind::Primary, names(&["a", "b"])),
                Key::new("fk".to_owned(), KeyKind::Foreign, names(&["c"])),
                deferred,
            ],
            indexes: vec![
                index("two", &["c", "d"]),
                index("late", &["late"]),
                made,
                partial,
                prefix,
            ],
            ..TableDetails::default()
        };
        assert_eq!(details.unique_columns(), [["a", "b"], ["c", "d"]]);
    }
}
