//! Reading the values of a row one after the other, in the order of the statement's columns.

use std::cell::Cell;
use std::fmt::Write;

use sqlx::postgres::PgRow;
use sqlx::{Decode, Postgres, Row as _};

use super::errors;
use crate::ScanError;
use crate::bounds::caught;
use crate::error::of_driver;

/// One row, and which of its values comes next.
pub(super) struct Row {
    row: PgRow,
    next: Cell<usize>,
}

impl Row {
    pub(super) fn new(row: PgRow) -> Self {
        Self {
            row,
            next: Cell::new(0),
        }
    }

    /// The row as the driver has it.
    pub(super) fn into_raw(self) -> PgRow {
        self.row
    }

    /// How many bytes its values have.
    pub(super) fn bytes(&self) -> usize {
        let lengths = (0..self.row.len()).filter_map(|place| {
            let value = self.row.try_get_raw(place).ok()?;
            value.as_bytes().ok().map(<[u8]>::len)
        });
        // The driver panics where a row has fewer values than were announced; reading them will tell.
        caught(|| lengths.sum()).unwrap_or_default()
    }

    /// A text, or None for NULL; see [`decode`].
    pub(super) fn optional(&self) -> Result<Option<String>, ScanError> {
        Ok(self.value::<Option<Vec<u8>>>()?.map(decode))
    }

    /// A text; '' for NULL.
    pub(super) fn text(&self) -> Result<String, ScanError> {
        Ok(self.optional()?.unwrap_or_default())
    }

    /// Texts, some of which may be NULL; none of them for NULL.
    pub(super) fn optional_texts(&self) -> Result<Vec<Option<String>>, ScanError> {
        let values = self.value::<Option<Vec<Option<Vec<u8>>>>>()?;
        Ok(values
            .unwrap_or_default()
            .into_iter()
            .map(|value| value.map(decode))
            .collect())
    }

    /// Texts without NULL; none of them for NULL.
    pub(super) fn texts(&self) -> Result<Vec<String>, ScanError> {
        Ok(self.optional_texts()?.into_iter().flatten().collect())
    }

    /// Texts out of one `bytea`, each ended by a byte 0; none of them for NULL.
    pub(super) fn zero_ended(&self) -> Result<Vec<String>, ScanError> {
        let bytes = self.value::<Option<&[u8]>>()?.unwrap_or_default();
        Ok(zero_ended(bytes))
    }

    /// A truth value; false for NULL.
    pub(super) fn flag(&self) -> Result<bool, ScanError> {
        Ok(self.optional_flag()?.unwrap_or_default())
    }

    /// A truth value, or None for NULL.
    pub(super) fn optional_flag(&self) -> Result<Option<bool>, ScanError> {
        self.value()
    }

    /// An `int8`, or None for NULL.
    pub(super) fn number(&self) -> Result<Option<i64>, ScanError> {
        self.value()
    }

    /// An `int4`; 0 for NULL.
    pub(super) fn small(&self) -> Result<i32, ScanError> {
        Ok(self.value::<Option<i32>>()?.unwrap_or_default())
    }

    /// A word of the server's own, such as a one-letter code; '' for NULL and for what is no text.
    pub(super) fn word(&self) -> Result<&str, ScanError> {
        let bytes = self.value::<Option<&[u8]>>()?.unwrap_or_default();
        Ok(str::from_utf8(bytes).unwrap_or_default())
    }

    /// The next value, without a check of its type: texts are read as bytes.
    fn value<'r, T>(&'r self) -> Result<T, ScanError>
    where
        T: Decode<'r, Postgres>,
    {
        let index = self.next.get();
        self.next.set(index + 1);
        match caught(|| self.row.try_get_unchecked(index)) {
            Some(Ok(value)) => Ok(value),
            Some(Err(error)) => Err(errors::statement(ROW, of_driver(&error))),
            // The driver panics on some values that are too short.
            None => Err(errors::malformed(ROW)),
        }
    }
}

const ROW: &str = "a row of the catalog";

/// UTF-8, with each byte that is none as `\xHH`: a database in `SQL_ASCII` hands out what was put
/// in, and a broken name must stay visible and tell-apart.
fn decode(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let mut text = String::new();
        for chunk in error.as_bytes().utf8_chunks() {
            text.push_str(chunk.valid());
            for byte in chunk.invalid() {
                // Writing to a string cannot fail.
                let _ = write!(text, "\\x{byte:02X}");
            }
        }
        text
    })
}

fn zero_ended(bytes: &[u8]) -> Vec<String> {
    let mut texts: Vec<String> = bytes
        .split(|&byte| byte == 0)
        .map(|text| decode(text.to_vec()))
        .collect();
    // What follows the last one's end.
    texts.pop();
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_end_with_a_zero_are_taken_apart() {
        assert_eq!(zero_ended(b""), [""; 0]);
        assert_eq!(zero_ended(b"a\0\0b\0"), ["a", "", "b"]);
    }

    #[test]
    fn bytes_that_are_no_text_stay_visible() {
        assert_eq!(decode("日本 ü".into()), "日本 ü");
        assert_eq!(decode(b"a\xffb\xc3".to_vec()), "a\\xFFb\\xC3");
    }
}
