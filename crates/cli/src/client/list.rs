//! Lists of the API, read to their end and printed page by page.

use models::page::{MAX_LIMIT, Page};
use serde::Serialize;

use super::ClientError;
use crate::args::{Format, Paging};
use crate::output::{self, PrintError, Table, print_part};

/// How a list looks to people.
pub(super) struct View<T> {
    /// The headings of its columns.
    pub(super) headings: &'static [&'static str],
    /// Those of them whose columns hold numbers.
    pub(super) numbers: &'static [&'static str],
    /// The cells of an item, one for each heading.
    pub(super) row: fn(&T) -> Vec<String>,
    /// What to say where there is none.
    pub(super) none: String,
}

/// Prints a list to its end, or as far as `--limit` goes, and holds no more than a page of it.
///
/// For programs it is one document like a page of the API: all items, and a `next_cursor` that is
/// null unless `--limit` left some.
///
/// # Errors
/// When a page cannot be had, or printed.
pub(super) async fn print_list<T: Serialize>(
    view: View<T>,
    paging: &Paging,
    format: Format,
    mut fetch: impl AsyncFnMut(u16, Option<String>) -> Result<Page<T>, ClientError>,
) -> Result<(), ClientError> {
    let mut left = paging.limit.unwrap_or(u64::MAX);
    let mut cursor = paging.cursor.clone();
    let mut printer = Printer::new(view, format);
    loop {
        let limit = u16::try_from(left).unwrap_or(MAX_LIMIT).min(MAX_LIMIT);
        let page = fetch(limit, cursor).await?;
        let read = u64::try_from(page.items.len()).unwrap_or(u64::MAX);
        left = left.saturating_sub(read);
        cursor = page.next_cursor;
        let is_read_on = printer.page(&page.items)?;
        if cursor.is_none() || left == 0 || !is_read_on {
            printer.end(cursor.as_deref())?;
            return Ok(());
        }
    }
}

struct Printer<T> {
    view: View<T>,
    /// None for programs.
    table: Option<Table>,
    is_begun: bool,
    is_empty: bool,
}

impl<T: Serialize> Printer<T> {
    fn new(view: View<T>, format: Format) -> Self {
        let table = match format {
            Format::Table => Some(Table::new(view.headings).right(view.numbers)),
            Format::Json => None,
        };
        Self {
            view,
            table,
            is_begun: false,
            is_empty: true,
        }
    }

    /// Prints a page. Answers whether anybody reads on.
    fn page(&mut self, items: &[T]) -> Result<bool, PrintError> {
        let text = match &mut self.table {
            // No headings above nothing.
            Some(_) if items.is_empty() && self.is_empty => String::new(),
            Some(table) => {
                for item in items {
                    let cells = (self.view.row)(item);
                    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
                    table.row(&cells);
                }
                table.take()
            }
            None => {
                let begin = if self.is_begun { "" } else { "{\"items\":[" };
                let items: Result<Vec<_>, _> = items.iter().map(output::to_json).collect();
                let between = if self.is_empty { "" } else { "," };
                format!("{begin}{between}{}", items?.join(","))
            }
        };
        self.is_begun = true;
        self.is_empty &= items.is_empty();
        print_part(&text)
    }

    fn end(&self, cursor: Option<&str>) -> Result<(), PrintError> {
        if self.table.is_none() {
            let cursor = output::to_json(&cursor)?;
            print_part(&format!("],\"next_cursor\":{cursor}}}\n"))?;
        } else if self.is_empty {
            output::hint(&output::plain(&self.view.none));
        } else if cursor.is_some() {
            output::hint("there are more: give a larger --limit, or none for all");
        }
        Ok(())
    }
}
