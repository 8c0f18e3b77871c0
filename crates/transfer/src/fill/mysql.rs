//! Rows into `MySQL` and `MariaDB`: each value is bound by itself, as text that the server makes what the column is.

use scan::quote::mysql as quoted;
use scan::session::{Datum, MysqlWriting, WriteError};

use super::batch::{Row, Value};
use super::plan::Plan;

/// How many values a statement has at most: a server takes 65,535 (`MySQL` manual, "Prepared Statements": two bytes), and
/// has to find memory for each as long as it keeps the statement.
const VALUES: usize = 10_000;

/// What a statement has besides its values, at most.
const BESIDES: u64 = 64 * 1024;

/// What each value has besides its bytes, at most: two for its type, nine for its length, and a bit for NULL.
const PER_VALUE: u64 = 12;

#[derive(Debug)]
pub(super) struct Upsert {
    /// Up to the first row.
    head: String,
    /// One row of placeholders.
    row: String,
    /// Behind the last row.
    tail: String,
    columns: usize,
    /// The most bytes of one statement.
    packet: u64,
}

impl Upsert {
    pub(super) fn new(writing: &MysqlWriting, plan: &Plan) -> Self {
        let names: Vec<String> = plan
            .ways
            .iter()
            .map(|way| quoted(&way.column.name))
            .collect();
        Self {
            head: format!(
                "INSERT /* plumbline fill */ INTO {} ({}) VALUES ",
                plan.table(),
                names.join(", ")
            ),
            row: format!("({})", vec!["?"; names.len()].join(", ")),
            tail: tail(plan, &names),
            columns: names.len(),
            packet: writing.packet(),
        }
    }

    /// Writes the rows by one statement, or by a few where they have more values than one can.
    pub(super) async fn write(
        &self,
        writing: &mut MysqlWriting,
        rows: &[Row],
    ) -> Result<(), WriteError> {
        let bytes = size(rows);
        if bytes > self.packet {
            // The server would end the connection. Halves may be small enough.
            return Err(WriteError::Rows {
                code: "max_allowed_packet".to_owned(),
                message: format!(
                    "the row makes a statement of {bytes} bytes, which is more than the server takes"
                ),
            });
        }
        if rows.len() > VALUES / self.columns.max(1) {
            return Err(WriteError::Rows {
                code: "values".to_owned(),
                message: "the row has more values than a statement can".to_owned(),
            });
        }
        let places = vec![self.row.as_str(); rows.len()].join(", ");
        let statement = format!("{}{places}{}", self.head, self.tail);
        let values = rows.iter().flat_map(|row| &row.values).map(datum);
        writing.run(&statement, values.collect()).await.map(drop)
    }
}

/// How many bytes a statement with these rows has, at most.
fn size(rows: &[Row]) -> u64 {
    let values: usize = rows.iter().map(|row| row.values.len()).sum();
    let bytes: usize = rows.iter().map(Row::bytes).sum();
    bytes as u64 + values as u64 * PER_VALUE + BESIDES
}

fn datum(value: &Value) -> Datum {
    match value {
        Value::Null => Datum::Null,
        Value::Text(text) => Datum::Text(text.clone()),
        Value::Bytes(bytes) => Datum::Bytes(bytes.clone()),
        Value::Bits(bits) => Datum::Number(*bits),
    }
}

/// What becomes of a row that is there.
///
/// `ON DUPLICATE KEY` means any unique key, also those that the catalog does not know yet, or that are of beginnings of
/// values or expressions. A row that collides by another one than that of the fill must not change a stranger: then a
/// number is computed that is out of its range, which ends the statement. It hangs on a column, so that it is computed
/// only there and only then. It stands in a condition: as a value it would make the column's own value a floating point
/// number, which has too few digits for a large key.
fn tail(plan: &Plan, names: &[String]) -> String {
    if plan.key.is_empty() {
        return String::new();
    }
    let key: Vec<&str> = plan.key.iter().map(|&at| names[at].as_str()).collect();
    let first = key[0];
    let same: Vec<String> = key
        .iter()
        .map(|name| format!("{name} <=> VALUES({name})"))
        .collect();
    let mut changes = Vec::with_capacity(names.len());
    changes.push(format!(
        "{first} = IF(({}) OR EXP(710 + COALESCE(LENGTH({first}), 0)) < 0, {first}, {first})",
        same.join(" AND ")
    ));
    for (at, name) in names.iter().enumerate() {
        if !plan.key.contains(&at) {
            changes.push(format!("{name} = VALUES({name})"));
        }
    }
    format!(" ON DUPLICATE KEY UPDATE {}", changes.join(", "))
}

#[cfg(test)]
#[path = "mysql_tests.rs"]
mod tests;
