//! What values of a column are, in the same words for both engines.

use std::borrow::Cow;

/// What the text of a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Whole numbers.
    Integer,
    /// Decimal fractions; `PostgreSQL` also has `NaN` and infinities.
    Decimal,
    /// Floating point numbers.
    Float,
    /// `1` and `0`.
    Boolean,
    /// Text.
    Text,
    /// Bytes as they are; geometries of `MySQL` too.
    Bytes,
    /// `2020-01-31`
    Date,
    /// `12:30:00.5`, of `MySQL` also beyond a day.
    Time,
    /// `2020-01-31 12:30:00.5` by a clock that nobody names.
    Timestamp,
    /// The same in UTC.
    Instant,
    /// JSON.
    Json,
    /// `01234567-89ab-cdef-0123-456789abcdef`
    Uuid,
    /// Digits 0 and 1.
    Bit,
    /// Whatever the server prints.
    Other,
}

impl Form {
    /// The form of a type of `PostgreSQL`, by the numbers that its built-in types always have (`pg_type.dat`).
    pub(crate) fn of_postgres(oid: u32) -> Self {
        match oid {
            16 => Self::Boolean,
            17 => Self::Bytes,
            20 | 21 | 23 | 26 => Self::Integer,
            18 | 19 | 25 | 1042 | 1043 => Self::Text,
            114 | 3802 => Self::Json,
            700 | 701 => Self::Float,
            1082 => Self::Date,
            1083 => Self::Time,
            1114 => Self::Timestamp,
            1184 => Self::Instant,
            1560 | 1562 => Self::Bit,
            1700 => Self::Decimal,
            2950 => Self::Uuid,
            _ => Self::Other,
        }
    }

    /// The form of a type of `MySQL`, by the driver's name for it. Strings are texts where they have a character set.
    pub(crate) fn of_mysql(name: &str, is_text: bool) -> Self {
        match name.trim_end_matches(" UNSIGNED") {
            "BOOLEAN" | "TINYINT" | "SMALLINT" | "INT" | "MEDIUMINT" | "BIGINT" | "YEAR" => {
                Self::Integer
            }
            "DECIMAL" => Self::Decimal,
            "FLOAT" | "DOUBLE" => Self::Float,
            "DATE" => Self::Date,
            "TIME" => Self::Time,
            "DATETIME" => Self::Timestamp,
            "TIMESTAMP" => Self::Instant,
            "BIT" => Self::Bit,
            "JSON" => Self::Json,
            "ENUM" | "SET" => Self::Text,
            "NULL" => Self::Other,
            "GEOMETRY" => Self::Bytes,
            _ if is_text => Self::Text,
            _ => Self::Bytes,
        }
    }

    /// A value as the server prints it, in the words of its form.
    pub(crate) fn neutral(self, value: &[u8], is_postgres: bool) -> Cow<'_, [u8]> {
        match (self, is_postgres) {
            (Self::Boolean, true) => Cow::Borrowed(if value == b"t" { b"1" } else { b"0" }),
            (Self::Bytes, true) => Cow::Owned(from_hex(value)),
            (Self::Instant, true) => Cow::Borrowed(value.strip_suffix(b"+00").unwrap_or(value)),
            (Self::Bit, false) => Cow::Owned(digits(value)),
            _ => Cow::Borrowed(value),
        }
    }
}

/// Bytes out of `\x0a1b`.
fn from_hex(text: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'f' => byte - b'a' + 10,
        b'A'..=b'F' => byte - b'A' + 10,
        _ => 0,
    };
    let digits = text.strip_prefix(b"\\x").unwrap_or(text);
    let pairs = digits.chunks_exact(2);
    pairs
        .map(|pair| digit(pair[0]) << 4 | digit(pair[1]))
        .collect()
}

/// The digits of a number that begins with its highest bits.
fn digits(bytes: &[u8]) -> Vec<u8> {
    let bits = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| b'0' + (byte >> bit & 1)));
    let mut digits: Vec<u8> = bits.skip_while(|digit| *digit == b'0').collect();
    if digits.is_empty() {
        digits.push(b'0');
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_say_the_same() {
        for (form, value, is_postgres, expected) in [
            (Form::Boolean, &b"t"[..], true, &b"1"[..]),
            (Form::Boolean, b"f", true, b"0"),
            (Form::Integer, b"2", false, b"2"),
            (Form::Bytes, b"\\x00ff1A", true, b"\x00\xff\x1a"),
            (Form::Bytes, b"\\x", false, b"\\x"),
            (
                Form::Instant,
                b"2020-01-31 12:30:00+00",
                true,
                b"2020-01-31 12:30:00",
            ),
            (Form::Bit, b"\x05", false, b"101"),
            (Form::Bit, b"\x01\x00", false, b"100000000"),
            (Form::Bit, b"\x00", false, b"0"),
            (Form::Bit, b"101", true, b"101"),
        ] {
            assert_eq!(&*form.neutral(value, is_postgres), expected, "{form:?}");
        }
    }

    #[test]
    fn texts_have_a_character_set() {
        assert_eq!(Form::of_mysql("VARBINARY", true), Form::Text);
        assert_eq!(Form::of_mysql("TEXT", false), Form::Bytes);
        assert_eq!(Form::of_mysql("BIGINT UNSIGNED", false), Form::Integer);
        assert_eq!(Form::of_mysql("TIMESTAMP", false), Form::Instant);
        assert_eq!(Form::of_postgres(1184), Form::Instant);
        assert_eq!(Form::of_postgres(16_384), Form::Other);
    }
}
