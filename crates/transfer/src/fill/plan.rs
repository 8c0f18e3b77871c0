//! Which column of the query goes where.

use std::collections::{BTreeMap, HashSet};

use models::details::TableName;
use models::pipeline::FillMode;
use scan::quote;
use scan::session::{Form, Heading};

use super::batch::Row;
use super::{Failed, FillError};

/// A column of the table that is filled, as the catalog knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetColumn {
    /// Its name.
    pub name: String,
    /// The neutral type, as [`models::field::Field::data_type`].
    pub data_type: String,
    /// The type as the server prints it.
    pub column_type: String,
    /// Whether the server computes it.
    pub is_generated: bool,
    /// Whether it may be NULL.
    pub is_nullable: bool,
}

/// The table that is filled, as the catalog knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FillTable {
    /// Its database, which names it on `MySQL`.
    pub database: String,
    /// Its name.
    pub name: TableName,
    /// Its storage engine (`MySQL`).
    pub engine: Option<String>,
    /// Its columns.
    pub columns: Vec<TargetColumn>,
    /// Which columns its primary and unique keys have.
    pub unique_keys: Vec<Vec<String>>,
}

/// What is to be written, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The table.
    pub table: FillTable,
    /// The column of the table for each column of the query; those that are not named go to that of their own name.
    pub mapping: BTreeMap<String, String>,
    /// The columns of the table that tell its rows apart; none where all rows are replaced.
    pub key: Vec<String>,
    /// What becomes of rows that are there.
    pub mode: FillMode,
}

/// A column of the query and the one that it goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) form: Form,
    pub(super) column: TargetColumn,
}

/// What was found to fit.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) order: Order,
    pub(super) is_postgres: bool,
    pub(super) ways: Vec<Way>,
    /// The places of the key's columns among the ways.
    pub(super) key: Vec<usize>,
}

/// How much of a key is told.
const KEY_BYTES: usize = 500;

impl Plan {
    /// Fits an answer of these columns to the table.
    ///
    /// # Errors
    /// [`FillError::Unfit`] says what does not fit.
    pub(super) fn new(
        headings: &[Heading],
        order: Order,
        is_postgres: bool,
    ) -> Result<Self, FillError> {
        let unfit = |what: String| Err(FillError::Unfit(what));
        let mut ways = Vec::with_capacity(headings.len());
        let mut taken = HashSet::new();
        for heading in headings {
            let name = order.mapping.get(&heading.name).unwrap_or(&heading.name);
            let column = order
                .table
                .columns
                .iter()
                .find(|column| column.name == *name);
            let Some(column) = column else {
                return unfit(format!(
                    "the query's column {} has no place: the table {} has no column {name}; \
                     name the column that it goes to in the mapping",
                    heading.name, order.table.name.table_name
                ));
            };
            if column.is_generated {
                return unfit(format!("the column {name} is computed by the server"));
            }
            if !taken.insert(name.clone()) {
                return unfit(format!("two columns of the query go to {name}"));
            }
            ways.push(Way {
                form: heading.form,
                column: column.clone(),
            });
        }
        let stray = order.mapping.keys();
        if let Some(stray) = stray
            .clone()
            .find(|name| headings.iter().all(|it| it.name != **name))
        {
            return unfit(format!(
                "the mapping names {stray}, which the query does not answer with"
            ));
        }
        let mut key = Vec::with_capacity(order.key.len());
        for name in &order.key {
            let Some(place) = ways.iter().position(|way| way.column.name == *name) else {
                return unfit(format!(
                    "no column of the query goes to {name}, which is part of the key"
                ));
            };
            key.push(place);
        }
        let plan = Self {
            order,
            is_postgres,
            ways,
            key,
        };
        plan.check_table()?;
        Ok(plan)
    }

    /// Whether the table can be filled in this mode.
    fn check_table(&self) -> Result<(), FillError> {
        let (order, table) = (&self.order, &self.order.table);
        let unfit = |what: String| Err(FillError::Unfit(what));
        if order.key.is_empty() {
            if order.mode == FillMode::Upsert {
                return unfit("an upsert needs a key".to_owned());
            }
        } else if !table.unique_keys.iter().any(|key| same(key, &order.key)) {
            return unfit(format!(
                "the table {} has no primary or unique key of the columns {}; make one and scan the database again",
                table.name.table_name,
                order.key.join(", ")
            ));
        }
        match table.engine.as_deref() {
            // An engine of PostgreSQL is how a table is accessed.
            Some(engine)
                if order.mode == FillMode::Replace
                    && !self.is_postgres
                    && !has_transactions(engine) =>
            {
                unfit(format!(
                    "the rows of {} cannot be replaced, since its engine {engine} has no transactions; \
                     choose upsert or InnoDB",
                    table.name.table_name
                ))
            }
            _ => Ok(()),
        }
    }

    /// The table as it stands in statements.
    pub(super) fn table(&self) -> String {
        let (table, name) = (&self.order.table, &self.order.table.name);
        if self.is_postgres {
            format!(
                "{}.{}",
                quote::postgres(&name.table_schema),
                quote::postgres(&name.table_name)
            )
        } else {
            format!(
                "{}.{}",
                quote::mysql(&table.database),
                quote::mysql(&name.table_name)
            )
        }
    }

    /// The statement that takes all rows away.
    pub(super) fn delete(&self) -> String {
        format!("delete /* plumbline fill */ from {}", self.table())
    }

    /// A row that was not written.
    pub(super) fn failed(&self, row: &Row, reason: String) -> Failed {
        let parts = self.key.iter().map(|&place| {
            let name = &self.ways[place].column.name;
            format!("{name}={}", row.values[place].shown())
        });
        let key = parts.collect::<Vec<_>>().join(", ");
        let key = if key.is_empty() {
            format!("row {}", row.place)
        } else {
            key
        };
        Failed {
            key: bounded(key, KEY_BYTES),
            reason: bounded(reason, 4 * KEY_BYTES),
        }
    }
}

/// Whether what a table of this storage engine has lost comes back when a transaction is undone.
fn has_transactions(engine: &str) -> bool {
    const WITH: [&str; 4] = ["InnoDB", "ndbcluster", "RocksDB", "TokuDB"];
    WITH.iter().any(|with| with.eq_ignore_ascii_case(engine))
}

/// Whether two keys have the same columns, in whatever order.
fn same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|name| other.contains(name))
}

/// A text for the store: not too long, and without NUL, which that does not take.
fn bounded(text: String, most: usize) -> String {
    let mut text = if text.contains('\0') {
        text.replace('\0', "\\0")
    } else {
        text
    };
    if text.len() > most {
        text.truncate(text.floor_char_boundary(most));
        text.push_str("...");
    }
    text
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
