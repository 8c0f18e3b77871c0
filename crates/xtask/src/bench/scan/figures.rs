//! What was measured.

use test_support::Server;

use super::Size;
use super::product::Done;
use crate::bench::report::{Row, median};

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
        let place = |size: Size| vec![("server", server), ("size", size.word())];
        let row = |figure, product: &[f64], floor, unit| Row {
            place: place(size),
            figure,
            product: median(product),
            floor,
            unit,
            runs: product.len(),
        };
        let smallest = |figure| {
            let mut same = before.iter();
            let same = same.find(|row| row.place[0].1 == server && row.figure == figure);
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::bench::report;

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
        let rows = report::document(&[small, large].concat());
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
