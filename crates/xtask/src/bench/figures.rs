//! What was measured, as rows for people and for programs.

use std::fmt::Write;

use serde_json::{Value, json};
use test_support::Server;

use super::Size;
use super::product::Done;

/// The measurements of all runs.
#[derive(Debug, Default)]
pub(super) struct Figures {
    first: Vec<f64>,
    unchanged: Vec<f64>,
    statements: Vec<f64>,
    memory: Vec<f64>,
    read: Vec<f64>,
    read_and_written: Vec<f64>,
}

/// One line of the report.
#[derive(Debug, Clone)]
pub(super) struct Row {
    server: &'static str,
    figure: &'static str,
    size: Size,
    product: f64,
    /// None for what has none at the smallest size.
    floor: Option<f64>,
    unit: &'static str,
    runs: usize,
}

impl Figures {
    pub(super) fn add(&mut self, done: &Done, read: f64, written: f64) {
        self.first.push(done.first);
        self.unchanged.push(done.unchanged);
        self.statements.push(done.statements);
        self.memory.push(done.memory);
        self.read.push(read);
        self.read_and_written.push(read + written);
    }

    /// The rows of one server and size; `before` are those of smaller sizes.
    pub(super) fn rows(&self, server: Server, size: Size, before: &[Row]) -> [Row; 4] {
        let server = match server {
            Server::Postgres => "postgresql",
            Server::MariaDb => "mariadb",
            Server::MySql => "mysql",
        };
        let row = |figure, product: &[f64], floor, unit| Row {
            server,
            figure,
            size,
            product: median(product),
            floor,
            unit,
            runs: product.len(),
        };
        let smallest = |figure| {
            let mut same = before.iter();
            let same = same.find(|row| row.server == server && row.figure == figure);
            same.map(|row| row.product)
        };
        [
            row(
                "first_deep_scan",
                &self.first,
                Some(median(&self.read_and_written)),
                "s",
            ),
            row(
                "unchanged_deep_scan",
                &self.unchanged,
                Some(median(&self.read)),
                "s",
            ),
            row(
                "statements",
                &self.statements,
                smallest("statements"),
                "statements",
            ),
            row("memory", &self.memory, smallest("memory"), "MiB"),
        ]
    }
}

impl Row {
    fn ratio(&self) -> Option<f64> {
        self.floor.map(|floor| self.product / floor)
    }
}

/// The middle one; of an even number the mean of the two in the middle.
fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        f64::midpoint(sorted[middle - 1], sorted[middle])
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// `{ "rows": [...] }`.
pub(super) fn document(rows: &[Row]) -> Value {
    let rows: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "server": row.server, "figure": row.figure, "size": row.size.word(),
                "product": rounded(row.product), "floor": row.floor.map(rounded),
                "ratio": row.ratio().map(rounded), "unit": row.unit, "runs": row.runs,
            })
        })
        .collect();
    json!({ "rows": rows })
}

/// The same as lines.
pub(super) fn table(rows: &[Row]) -> String {
    let mut text = format!(
        "{:<12} {:<20} {:<4} {:>10} {:>10} {:>7}  {:<10} {:>4}\n",
        "server", "figure", "size", "product", "floor", "ratio", "unit", "runs"
    );
    let number = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.2}"));
    for row in rows {
        let _ = writeln!(
            text,
            "{:<12} {:<20} {:<4} {:>10} {:>10} {:>7}  {:<10} {:>4}",
            row.server,
            row.figure,
            row.size.word(),
            number(Some(row.product)),
            number(row.floor),
            number(row.ratio()),
            row.unit,
            row.runs
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_the_middle() {
        assert!((median(&[3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(&[4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < f64::EPSILON);
    }

    #[test]
    fn memory_is_held_against_the_smaller_size() {
        let figures = |memory| Figures {
            first: vec![3.0],
            unchanged: vec![2.0],
            statements: vec![12.0],
            memory: vec![memory],
            read: vec![1.0],
            read_and_written: vec![2.0],
        };
        let small = figures(40.0).rows(Server::MariaDb, Size::S, &[]);
        let large = figures(50.0).rows(Server::MariaDb, Size::M, &small);
        let rows = document(&[small, large].concat());
        assert_eq!(
            rows["rows"][0],
            json!({
                "server": "mariadb", "figure": "first_deep_scan", "size": "S", "product": 3.0, "floor": 2.0,
                "ratio": 1.5, "unit": "s", "runs": 1,
            })
        );
        assert_eq!(rows["rows"][3]["floor"], Value::Null);
        assert_eq!(rows["rows"][7]["ratio"], json!(1.25));
    }
}
