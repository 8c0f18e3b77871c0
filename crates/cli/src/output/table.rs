//! Aligned columns.

use unicode_width::UnicodeWidthStr as _;

use super::plain;

/// Between two columns.
const GAP: &str = "  ";

/// Rows under headings. Every cell is made harmless.
#[derive(Debug)]
pub(crate) struct Table {
    /// Rows that have not been printed yet; the headings are one of them.
    rows: Vec<Vec<String>>,
    /// The widest cell of each column so far.
    widths: Vec<usize>,
    /// Which columns hold numbers.
    right: Vec<bool>,
}

impl Table {
    /// A table with these headings and no rows.
    pub(crate) fn new(headings: &[&str]) -> Self {
        let mut table = Self::bare();
        table.row(headings);
        table
    }

    /// A table without headings and rows.
    pub(crate) fn bare() -> Self {
        Self {
            rows: Vec::new(),
            widths: Vec::new(),
            right: Vec::new(),
        }
    }

    /// The same with the columns of these headings to the right, as numbers are read.
    pub(crate) fn right(mut self, headings: &[&str]) -> Self {
        if let Some(first) = self.rows.first() {
            let is_right = |heading: &String| headings.contains(&heading.as_str());
            self.right = first.iter().map(is_right).collect();
        }
        self
    }

    /// Adds a row, a cell for each heading.
    pub(crate) fn row(&mut self, cells: &[&str]) {
        let cells = cells.iter().map(|cell| plain(cell).into_owned());
        let cells: Vec<String> = cells.collect();
        let columns = cells.len().max(self.widths.len());
        self.widths.resize(columns, 0);
        self.right.resize(columns, false);
        for (width, cell) in self.widths.iter_mut().zip(&cells) {
            *width = (*width).max(cell.width());
        }
        self.rows.push(cells);
    }

    /// The table as lines.
    pub(crate) fn render(mut self) -> String {
        self.take()
    }

    /// The rows so far as lines, which are forgotten: rows to come are rendered below them, in
    /// columns at least as wide.
    pub(crate) fn take(&mut self) -> String {
        let mut text = String::new();
        for row in self.rows.drain(..) {
            let mut line = String::new();
            for ((cell, width), right) in row.iter().zip(&self.widths).zip(&self.right) {
                // Not by a format width, which counts characters: a Chinese one is two columns.
                let space = " ".repeat(width.saturating_sub(cell.width()));
                let (before, after) = if *right { (&*space, "") } else { ("", &*space) };
                line.extend([before, cell, after, GAP]);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn columns_align_by_what_a_terminal_shows() {
        let mut table = Table::new(&["ID", "NAME", "TYPE"]);
        table.row(&["1", "订单", "mysql"]);
        table.row(&["12", "a\u{1b}[1m", ""]);
        let expected = "ID  NAME        TYPE\n\
                        1   订单        mysql\n\
                        12  a\\u{1b}[1m\n";
        assert_eq!(table.render(), expected);
    }

    #[test]
    fn numbers_are_to_the_right_and_parts_fit_together() {
        let mut table = Table::new(&["NAME", "ROWS"]).right(&["ROWS"]);
        table.row(&["orders", "~12,000"]);
        assert_eq!(table.take(), "NAME       ROWS\norders  ~12,000\n");
        table.row(&["b", "7"]);
        assert_eq!(table.take(), "b             7\n");
        assert_eq!(table.take(), "");
    }
}
