//! Figures as rows, for people and for programs.

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use serde_json::{Value, json};

/// One line of a report.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Where it was measured: names and values, the same names in all rows of a report.
    pub(super) place: Vec<(&'static str, &'static str)>,
    pub(super) figure: &'static str,
    pub(super) product: f64,
    /// None for what has none.
    pub(super) floor: Option<f64>,
    pub(super) unit: &'static str,
    pub(super) runs: usize,
}

impl Row {
    fn ratio(&self) -> Option<f64> {
        self.floor.map(|floor| self.product / floor)
    }
}

/// The middle one; of an even number the mean of the two in the middle.
pub(super) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        f64::midpoint(sorted[middle - 1], sorted[middle])
    }
}

/// Writes the rows to a file, and prints them: as the same document, or as a table.
pub(super) fn write(path: &Path, rows: &[Row], as_json: bool) -> anyhow::Result<()> {
    let document = document(rows);
    std::fs::write(path, format!("{document:#}\n")).with_context(|| path.display().to_string())?;
    if as_json {
        println!("{document}");
    } else {
        print!("{}", table(rows));
    }
    Ok(())
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// `{ "rows": [...] }`.
pub(super) fn document(rows: &[Row]) -> Value {
    let row = |row: &Row| {
        let mut value = json!({
            "figure": row.figure, "product": rounded(row.product), "floor": row.floor.map(rounded),
            "ratio": row.ratio().map(rounded), "unit": row.unit, "runs": row.runs,
        });
        for (name, word) in &row.place {
            value[*name] = json!(word);
        }
        value
    };
    let rows: Vec<Value> = rows.iter().map(row).collect();
    json!({ "rows": rows })
}

/// The same as lines.
fn table(rows: &[Row]) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    for (name, _) in rows.first().map_or(&[][..], |row| &row.place) {
        let _ = write!(text, "{name:<12} ");
    }
    let _ = writeln!(
        text,
        "{:<20} {:>10} {:>10} {:>7}  {:<10} {:>4}",
        "figure", "product", "floor", "ratio", "unit", "runs"
    );
    let number = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.2}"));
    for row in rows {
        for (_, word) in &row.place {
            let _ = write!(text, "{word:<12} ");
        }
        let _ = writeln!(
            text,
            "{:<20} {:>10} {:>10} {:>7}  {:<10} {:>4}",
            row.figure,
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
    fn rows_are_lines_of_a_table() {
        let row = |floor| Row {
            place: vec![],
            figure: "cancel",
            product: 0.25,
            floor,
            unit: "s",
            runs: 5,
        };
        let lines = table(&[row(None), row(Some(0.5))]);
        let lines: Vec<_> = lines
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>())
            .collect();
        let expected: [Vec<&str>; 3] = [
            vec!["figure", "product", "floor", "ratio", "unit", "runs"],
            vec!["cancel", "0.25", "-", "-", "s", "5"],
            vec!["cancel", "0.25", "0.50", "0.50", "s", "5"],
        ];
        assert_eq!(lines, expected);
    }
}
