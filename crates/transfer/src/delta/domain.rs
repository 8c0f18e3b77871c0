//! What the values of two columns become so that they can be compared, whatever the types.

use models::datasource::Engine;

use super::{Column, DeltaError, value};

/// What the values of a pair of columns are compared as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Domain {
    /// Whole numbers.
    Integer,
    /// Numbers without rounding.
    Decimal,
    /// Text, by the bytes that it has in UTF-8: no collation decides what is the same.
    Text,
    /// The digits of a `uuid`.
    Uuid,
    /// Bytes.
    Binary,
    /// Points in time, in UTC; a date is its beginning.
    Moment,
    /// Times of day.
    Time,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Boolean,
    Integer,
    Decimal,
    Text,
    Uuid,
    Binary,
    Moment,
    Time,
}

fn class(engine: Engine, column: &Column) -> Option<Class> {
    Some(match column.data_type.as_str() {
        "boolean" => Class::Boolean,
        "integer" => Class::Integer,
        "decimal" => Class::Decimal,
        "text" | "enum" | "set" => Class::Text,
        "uuid" => Class::Uuid,
        "binary" => Class::Binary,
        "date" | "timestamp" => Class::Moment,
        // Of two times with zones it says nothing which comes first.
        "time" if engine == Engine::Mysql || !column.column_type.contains("with time zone") => {
            Class::Time
        }
        _ => return None,
    })
}

impl Domain {
    /// What a pair of columns of a key is compared as.
    ///
    /// # Errors
    /// [`DeltaError::Columns`] where the two have nothing in common, or values of one are not exact.
    pub(super) fn of_key(
        sync: (Engine, &Column),
        biz: (Engine, &Column),
    ) -> Result<Self, DeltaError> {
        use Class::{Binary, Boolean, Decimal, Integer, Moment, Text, Time, Uuid};
        let classes = (class(sync.0, sync.1), class(biz.0, biz.1));
        let (Some(one), Some(other)) = classes else {
            return Err(uncomparable(
                sync.1,
                biz.1,
                "no key can be told by a type such as this",
            ));
        };
        Ok(match (one, other) {
            (Boolean | Integer, Boolean | Integer) => Self::Integer,
            (Integer | Decimal, Integer | Decimal) => Self::Decimal,
            (Text, Text | Integer) | (Integer, Text) => Self::Text,
            (Uuid, Uuid | Text | Binary) | (Text | Binary, Uuid) => Self::Uuid,
            (Binary, Binary) => Self::Binary,
            (Moment, Moment) => Self::Moment,
            (Time, Time) => Self::Time,
            _ => {
                return Err(uncomparable(
                    sync.1,
                    biz.1,
                    "values of the one are none of the other",
                ));
            }
        })
    }

    /// What two columns that grow with each row are compared as.
    ///
    /// # Errors
    /// [`DeltaError::Columns`] where one does not grow, as text does not, or the two have nothing in common.
    pub(super) fn of_watermark(
        sync: (Engine, &Column),
        biz: (Engine, &Column),
    ) -> Result<Self, DeltaError> {
        use Class::{Decimal, Integer, Moment};
        match (class(sync.0, sync.1), class(biz.0, biz.1)) {
            (Some(Integer | Decimal), Some(Integer | Decimal)) => Ok(Self::Decimal),
            (Some(Moment), Some(Moment)) => Ok(Self::Moment),
            _ => Err(uncomparable(
                sync.1,
                biz.1,
                "a watermark needs two columns of numbers, or two of dates and times",
            )),
        }
    }
}

fn uncomparable(sync: &Column, biz: &Column, why: &'static str) -> DeltaError {
    let told = |column: &Column| format!("{} ({})", column.name, column.column_type);
    DeltaError::Columns {
        sync: told(sync),
        biz: told(biz),
        why,
    }
}

/// How a value comes from its session, and so how it becomes the bytes of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Integer,
    Decimal,
    /// The value itself.
    Bytes,
    /// A `uuid`, with or without its hyphens.
    Uuid,
    /// A `uuid` by its bytes.
    UuidBytes,
    Moment,
    Time,
}

impl Form {
    /// Puts a value behind what is there of its key. None when it is none of this form.
    pub(super) fn write(self, out: &mut Vec<u8>, text: &[u8], is_last: bool) -> Option<()> {
        let put = if is_last {
            value::last_bytes
        } else {
            value::bytes
        };
        match self {
            Self::Integer => value::integer(out, text)?,
            Self::Decimal => value::decimal(out, text)?,
            Self::Bytes => put(out, text),
            Self::Uuid => put(out, &value::uuid(text)),
            Self::UuidBytes => put(out, &value::digits(text)),
            Self::Moment => value::moment(out, text)?,
            Self::Time => value::time(out, text)?,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(data_type: &str, column_type: &str) -> Column {
        Column {
            name: "c".to_owned(),
            data_type: data_type.to_owned(),
            column_type: column_type.to_owned(),
            is_nullable: false,
        }
    }

    fn pair(
        of: impl Fn((Engine, &Column), (Engine, &Column)) -> Result<Domain, DeltaError>,
        one: &str,
        other: &str,
    ) -> Option<Domain> {
        let (one, other) = (column(one, one), column(other, other));
        let (forth, back) = (
            of((Engine::Postgresql, &one), (Engine::Mysql, &other)),
            of((Engine::Mysql, &other), (Engine::Postgresql, &one)),
        );
        assert_eq!(forth.is_ok(), back.is_ok(), "either way round");
        forth.ok()
    }

    #[test]
    fn keys_of_different_types_meet_where_they_have_the_same_values() {
        let key = |one, other| pair(Domain::of_key, one, other);
        assert_eq!(key("integer", "boolean"), Some(Domain::Integer));
        assert_eq!(key("integer", "decimal"), Some(Domain::Decimal));
        assert_eq!(key("integer", "text"), Some(Domain::Text));
        assert_eq!(key("enum", "text"), Some(Domain::Text));
        assert_eq!(key("uuid", "text"), Some(Domain::Uuid));
        assert_eq!(key("uuid", "binary"), Some(Domain::Uuid));
        assert_eq!(key("date", "timestamp"), Some(Domain::Moment));
        for (one, other) in [
            ("float", "float"),
            ("decimal", "text"),
            ("binary", "text"),
            ("uuid", "integer"),
            ("time", "timestamp"),
            ("json", "json"),
            ("boolean", "text"),
            ("bit", "bit"),
        ] {
            assert_eq!(key(one, other), None, "{one} and {other}");
        }
    }

    #[test]
    fn a_watermark_is_a_number_or_a_time() {
        let watermark = |one, other| pair(Domain::of_watermark, one, other);
        assert_eq!(watermark("timestamp", "date"), Some(Domain::Moment));
        assert_eq!(watermark("integer", "decimal"), Some(Domain::Decimal));
        for (one, other) in [
            ("text", "text"),
            ("timestamp", "integer"),
            ("time", "time"),
            ("uuid", "uuid"),
        ] {
            assert_eq!(watermark(one, other), None, "{one} and {other}");
        }
    }

    #[test]
    fn times_with_a_zone_are_no_keys() {
        let (zoned, plain) = (
            column("time", "time(3) with time zone"),
            column("time", "time"),
        );
        let of = |one| Domain::of_key((Engine::Postgresql, one), (Engine::Mysql, &plain));
        assert!(of(&plain).is_ok());
        let error = of(&zoned).expect_err("no").to_string();
        assert!(error.contains("c (time(3) with time zone)"), "{error}");
    }

    #[test]
    fn only_the_last_bytes_of_a_key_need_no_end() {
        let of = |form: Form, text: &[u8], is_last| {
            let mut out = Vec::new();
            form.write(&mut out, text, is_last).map(|()| out)
        };
        assert_eq!(of(Form::Bytes, b"a\0", true), Some(b"a\0".to_vec()));
        assert_eq!(
            of(Form::Bytes, b"a\0", false),
            Some(b"a\0\xff\0\0".to_vec())
        );
        let digits = Some(b"0fa0".to_vec());
        assert_eq!(of(Form::Uuid, b"0f-a0", true), digits);
        assert_eq!(of(Form::UuidBytes, b"\x0f\xa0", true), digits);
        assert_eq!(of(Form::Integer, b"x", true), None);
    }
}
