//! Reading the values of a row by position.
//!
//! `MySQL` from 8.0 on delivers strings of `information_schema` as VARBINARY or LONGBLOB, `MariaDB`
//! as VARCHAR or LONGTEXT: all are read as bytes. Numbers are cast to SIGNED in the statements.

use std::fmt::Write;

use sqlx::mysql::MySqlRow;
use sqlx::{Decode, MySql, Row as _, Type};

use super::errors;
use crate::ScanError;
use crate::bounds::caught;
use crate::error::of_driver;

/// One row.
pub(super) struct Row(MySqlRow);

impl Row {
    pub(super) fn new(row: MySqlRow) -> Self {
        Self(row)
    }

    /// The row as the driver has it.
    pub(super) fn into_raw(self) -> MySqlRow {
        self.0
    }

    /// How many bytes its values have.
    pub(super) fn bytes(&self) -> usize {
        let values = (0..self.0.len()).filter_map(|place| self.value::<&[u8]>(place).ok()?);
        values.map(<[u8]>::len).sum()
    }

    /// A value without a check of its type, or None for NULL. The driver panics on some that are too short.
    fn value<'r, T>(&'r self, index: usize) -> Result<Option<T>, ScanError>
    where
        T: Decode<'r, MySql> + Type<MySql>,
    {
        match caught(|| self.0.try_get_unchecked(index)) {
            Some(Ok(value)) => Ok(value),
            Some(Err(error)) => Err(unreadable(&error)),
            None => Err(errors::malformed(ROW)),
        }
    }

    /// A text, or None for NULL; see [`decode`]. May hold NUL characters.
    pub(super) fn raw(&self, index: usize) -> Result<Option<String>, ScanError> {
        Ok(self.value(index)?.map(decode))
    }

    /// A text without NUL characters, or None for NULL.
    pub(super) fn optional(&self, index: usize) -> Result<Option<String>, ScanError> {
        Ok(self.raw(index)?.map(without_nul))
    }

    /// A text without NUL characters; '' for NULL.
    pub(super) fn text(&self, index: usize) -> Result<String, ScanError> {
        Ok(self.optional(index)?.unwrap_or_default())
    }

    /// A text, or None for NULL and for ''.
    pub(super) fn filled(&self, index: usize) -> Result<Option<String>, ScanError> {
        Ok(self.optional(index)?.filter(|text| !text.is_empty()))
    }

    /// Whether a text is the word YES.
    pub(super) fn yes(&self, index: usize) -> Result<bool, ScanError> {
        Ok(self.raw(index)?.is_some_and(|word| word == "YES"))
    }

    /// A number, or None for NULL.
    pub(super) fn number(&self, index: usize) -> Result<Option<i64>, ScanError> {
        self.value(index)
    }

    /// A size or count; None for NULL and for 2^64 - 1, which stands for what cannot be told.
    pub(super) fn size(&self, index: usize) -> Result<Option<i64>, ScanError> {
        Ok(self.number(index)?.filter(|size| *size >= 0))
    }
}

const ROW: &str = "a row of the catalog";

fn unreadable(error: &sqlx::Error) -> ScanError {
    errors::statement(ROW, of_driver(error))
}

/// UTF-8, with each byte that is none as `\xHH`: a broken name must stay visible and tell-apart.
fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}

/// Each NUL as `\x00`: no text of a record holds one, since few stores take it.
pub(super) fn without_nul(text: String) -> String {
    if text.contains('\0') {
        text.replace('\0', "\\x00")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_stay_visible() {
        assert_eq!(decode("日本 ü".as_bytes()), "日本 ü");
        assert_eq!(decode(b"a\xffb\xc3"), "a\\xFFb\\xC3");
        assert_eq!(without_nul("a\0b".to_owned()), "a\\x00b");
    }
}
