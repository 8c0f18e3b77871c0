//! What the servers are asked. The two engines differ in how a value is made to be in the order of its bytes; all
//! else is the same.
//!
//! A key is selected in the form in which it is compared, and the server sorts by the same: numbers, times, bytes and
//! `uuid`s in their own order, for which an index may serve; text by its bytes in UTF-8 and never by a collation. What
//! is read is checked to be in that order, so that a server which sorts otherwise cannot make a difference come out
//! that is none.

mod mysql;
mod postgres;

pub(super) use self::postgres::SETTINGS as POSTGRES_SETTINGS;
use scan::quote;

use super::bound::Bound;
use super::domain::{Domain, Form};
use super::{Column, Place};

/// How a server has to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `PostgreSQL`, and whether the bytes of its text are in the order of those in UTF-8.
    Postgres { sorts_by_utf8: bool },
    /// `MySQL` or `MariaDB`.
    Mysql,
}

/// A value, what to sort by so that it comes in the order of its bytes, and how it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Selected {
    value: String,
    order: String,
    form: Form,
}

impl Selected {
    /// One that the server has in the right order by itself.
    fn native(name: &str, form: Form) -> Self {
        Self::cast(name, name.to_owned(), form)
    }

    /// One that is printed otherwise, in the same order.
    fn cast(name: &str, value: String, form: Form) -> Self {
        Self {
            value,
            order: name.to_owned(),
            form,
        }
    }

    /// One that is sorted by what is selected.
    fn made(value: String, form: Form) -> Self {
        Self {
            order: value.clone(),
            value,
            form,
        }
    }
}

impl Dialect {
    fn name(self, name: &str) -> String {
        match self {
            Self::Postgres { .. } => quote::postgres(name),
            Self::Mysql => quote::mysql(name),
        }
    }

    fn column(self, column: &Column) -> String {
        format!("t.{}", self.name(&column.name))
    }

    fn table(self, table: &Place) -> String {
        let outer = match self {
            Self::Postgres { .. } => &table.schema,
            Self::Mysql => &table.database,
        };
        format!("{}.{} t", self.name(outer), self.name(&table.table))
    }

    /// How many rows a table has.
    pub(super) fn count(self, table: &Place) -> String {
        format!(
            "/* plumbline count */ select count(*) from {}",
            self.table(table)
        )
    }

    /// All keys of a table in the order of their bytes, and the forms of their values. Rows without a value for a
    /// part of their key have none.
    pub(super) fn keys(
        self,
        table: &Place,
        columns: &[Column],
        domains: &[Domain],
    ) -> (String, Vec<Form>) {
        let selected: Vec<_> = columns
            .iter()
            .zip(domains)
            .map(|(column, domain)| self.selected(column, *domain))
            .collect();
        let list =
            |of: fn(&Selected) -> &str| selected.iter().map(of).collect::<Vec<_>>().join(", ");
        let there = self.nullable(columns, "is not null");
        let condition = if there.is_empty() {
            String::new()
        } else {
            format!(" where {}", there.join(" and "))
        };
        let sql = format!(
            "/* plumbline keys */ select {} from {}{condition} order by {}",
            list(|selected| &selected.value),
            self.table(table),
            list(|selected| &selected.order),
        );
        (sql, selected.iter().map(|selected| selected.form).collect())
    }

    fn selected(self, column: &Column, domain: Domain) -> Selected {
        let name = self.column(column);
        match self {
            Self::Postgres { sorts_by_utf8 } => {
                postgres::selected(column, &name, domain, sorts_by_utf8)
            }
            Self::Mysql => mysql::selected(column, &name, domain),
        }
    }

    /// How many rows have NULL in any of these columns. None where none of them may.
    pub(super) fn nulls(self, table: &Place, columns: &[Column]) -> Option<String> {
        let missing = self.nullable(columns, "is null");
        (!missing.is_empty()).then(|| {
            let (table, missing) = (self.table(table), missing.join(" or "));
            format!("/* plumbline nulls */ select count(*) from {table} where {missing}")
        })
    }

    fn nullable(self, columns: &[Column], test: &str) -> Vec<String> {
        let nullable = columns.iter().filter(|column| column.is_nullable);
        nullable
            .map(|column| format!("{} {test}", self.column(column)))
            .collect()
    }

    /// The greatest value of a column.
    pub(super) fn newest(self, table: &Place, column: &Column) -> String {
        let (column, table) = (self.column(column), self.table(table));
        format!("/* plumbline newest */ select max({column}) from {table}")
    }

    /// How many rows are beyond a bound.
    pub(super) fn beyond(self, table: &Place, column: &Column, bound: &Bound) -> String {
        let literal = match self {
            Self::Postgres { .. } => postgres::literal(column, bound),
            Self::Mysql => mysql::literal(bound),
        };
        let (test, column, table) = (bound.test(), self.column(column), self.table(table));
        format!(
            "/* plumbline newer */ select count(*) from {table} where {column} {test} {literal}"
        )
    }

    /// What time it is on the server, in UTC.
    pub(super) fn clock(self) -> &'static str {
        match self {
            Self::Postgres { .. } => "/* plumbline clock */ select clock_timestamp()",
            Self::Mysql => "/* plumbline clock */ select utc_timestamp(6)",
        }
    }
}

#[cfg(test)]
#[path = "statement_tests.rs"]
mod tests;
