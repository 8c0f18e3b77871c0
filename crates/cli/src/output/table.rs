//! Aligned columns.

use unicode_width::UnicodeWidthStr as _;

use super::plain;

/// Between two columns.
const GAP: &str = "  ";

/// Rows under headings. Every cell is made harmless.
#[derive(Debug)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings and no rows.
    pub(crate) fn new(headings: &[&str]) -> Self {
        Self {
            rows: vec![
                headings
                    .iter()
                    .map(|heading| (*heading).to_owned())
                    .collect(),
            ],
        }
    }

    /// Adds a row, a cell for each heading.
    pub(crate) fn row(&mut self, cells: &[&str]) {
        self.rows
            .push(cells.iter().map(|cell| plain(cell).into_owned()).collect());
    }

    /// The table as lines.
    pub(crate) fn render(&self) -> String {
        let columns = self.rows.first().map_or(0, Vec::len);
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                cells.map(|cell| cell.width()).max().unwrap_or(0)
            })
            .collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                // Not by a format width, which counts characters: a Chinese one is two columns.
                line.push_str(&" ".repeat(width - cell.width()));
                line.push_str(GAP);
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
}
