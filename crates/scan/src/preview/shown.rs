//! Values as they come: text that the server has cut, and how long it was.

use super::{Caps, Cell, PLACE, Preview, Stop};

/// What the text of a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Text as it is.
    Text,
    /// Whole numbers.
    Integer,
    /// `t` and `f`.
    Boolean,
    /// Pairs of hexadecimal digits.
    Bytes,
}

/// The rows of a preview while they come.
#[derive(Debug)]
pub(crate) struct Shown {
    forms: Vec<Form>,
    caps: Caps,
    /// The most of one value, in bytes as it is shown.
    cell: usize,
    /// For how many bytes there is room.
    room: usize,
    preview: Preview,
}

impl Shown {
    pub(crate) fn new(forms: Vec<Form>, caps: Caps) -> Self {
        let are_bytes = forms.iter().map(|form| *form == Form::Bytes).collect();
        Self {
            cell: caps.cell(forms.len()),
            room: caps.bytes,
            forms,
            caps,
            preview: Preview {
                are_bytes,
                rows: Vec::new(),
                bytes: 0,
                stop: None,
            },
        }
    }

    /// Takes the next row: for each column its text and how many bytes the whole value has. False
    /// when there is no room for it, and none for any further one.
    pub(crate) fn take(
        &mut self,
        values: impl Iterator<Item = (Option<String>, Option<i64>)>,
    ) -> bool {
        if self.preview.rows.len() >= usize::try_from(self.caps.rows).unwrap_or(usize::MAX) {
            self.preview.stop = Some(Stop::Rows);
            return false;
        }
        let mut bytes = 0;
        let row: Vec<Cell> = self
            .forms
            .iter()
            .zip(values)
            .map(|(form, (text, length))| {
                let Some(text) = text else { return Cell::Null };
                let cell = cell(*form, text, self.cell, length);
                bytes += cell.bytes();
                cell
            })
            .collect();
        let Some(room) = self.room.checked_sub(bytes + PLACE * row.len()) else {
            self.preview.stop = Some(Stop::Bytes);
            return false;
        };
        self.room = room;
        self.preview.bytes += bytes;
        self.preview.rows.push(row);
        true
    }

    /// Why there is no room, once there is none.
    pub(crate) fn stop(&self) -> Option<Stop> {
        self.preview.stop
    }

    pub(crate) fn into_preview(self) -> Preview {
        self.preview
    }
}

impl Cell {
    fn bytes(&self) -> usize {
        match self {
            Self::Null => 0,
            Self::Boolean(_) => 1,
            Self::Integer(_) => 8,
            Self::Text(text) | Self::Cut(text, _) => text.len(),
        }
    }
}

fn cell(form: Form, mut text: String, most: usize, length: Option<i64>) -> Cell {
    match form {
        Form::Boolean if text == "t" || text == "f" => return Cell::Boolean(text == "t"),
        Form::Integer => {
            // Leading zeros of ZEROFILL are part of what is shown.
            if let Some(number) = text
                .parse::<i64>()
                .ok()
                .filter(|number| number.to_string() == text)
            {
                return Cell::Integer(number);
            }
        }
        _ => {}
    }
    if text.len() <= most {
        return Cell::Text(text);
    }
    let mut end = text.floor_char_boundary(most);
    if form == Form::Bytes {
        end -= end % 2;
    }
    text.truncate(end);
    Cell::Cut(text, length)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn caps(rows: u32, bytes: usize, cell_bytes: usize) -> Caps {
        Caps {
            rows,
            bytes,
            cell_bytes,
            time: Duration::from_secs(1),
        }
    }

    fn text(value: &str) -> (Option<String>, Option<i64>) {
        (Some(value.to_owned()), Some(7))
    }

    #[test]
    fn values_are_what_the_server_says() {
        let large = "18446744073709551615";
        assert_eq!(
            cell(Form::Integer, large.to_owned(), 30, None),
            Cell::Text(large.to_owned())
        );
        for (form, value, expected) in [
            (Form::Integer, "-12", Cell::Integer(-12)),
            (Form::Integer, "007", Cell::Text("007".to_owned())),
            (Form::Boolean, "t", Cell::Boolean(true)),
            (Form::Boolean, "f", Cell::Boolean(false)),
            (Form::Text, "t", Cell::Text("t".to_owned())),
            (Form::Text, "", Cell::Text(String::new())),
            (Form::Text, "äöü", Cell::Cut("ä".to_owned(), Some(7))),
            (Form::Bytes, "0a0b0c", Cell::Cut("0a".to_owned(), Some(7))),
        ] {
            assert_eq!(
                cell(form, value.to_owned(), 3, Some(7)),
                expected,
                "{value}"
            );
        }
    }

    #[test]
    fn a_preview_ends_at_its_caps() {
        let mut shown = Shown::new(vec![Form::Text], caps(2, 100, 10));
        assert!(shown.take([text("a")].into_iter()) && shown.take([(None, None)].into_iter()));
        assert!(!shown.take([text("b")].into_iter()));
        let preview = shown.into_preview();
        assert_eq!((preview.rows.len(), preview.bytes), (2, 1));
        assert_eq!(preview.stop, Some(Stop::Rows));

        let mut shown = Shown::new(vec![Form::Bytes], caps(9, 13, 4));
        assert!(shown.take([text("0011")].into_iter()));
        assert!(!shown.take([text("00")].into_iter()));
        let preview = shown.into_preview();
        assert_eq!(
            (preview.stop, preview.are_bytes),
            (Some(Stop::Bytes), vec![true])
        );
        assert_eq!(preview.bytes, 4);
    }

    #[test]
    fn what_has_no_bytes_takes_its_place() {
        let mut shown = Shown::new(vec![Form::Text; 100], caps(1000, 1000, 10));
        let nothing = || std::iter::repeat_n((None, None), 100);
        assert!(shown.take(nothing()) && shown.take(nothing()));
        assert!(!shown.take(nothing()));
        let preview = shown.into_preview();
        assert_eq!((preview.rows.len(), preview.bytes), (2, 0));
        assert_eq!(preview.stop, Some(Stop::Bytes));
    }
}
