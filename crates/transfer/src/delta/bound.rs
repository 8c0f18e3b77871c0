//! The newest value of the business table as a bound, beyond which rows of the sync table wait.

use std::fmt;

use chrono::{Datelike, NaiveDateTime, TimeDelta};

use super::Column;

/// The last year that both engines read as they print it.
const LAST_YEAR: i32 = 9999;

/// What a row of the sync table has to be beyond to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bound {
    /// Beyond this number.
    Number(Digits),
    /// At or after this moment: the first that the business table could have told from its newest one.
    Moment(NaiveDateTime),
}

/// A number in digits, and nothing else that could stand in a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Digits(String);

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A moment as both engines read it; a number as its digits.
impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(digits) => digits.fmt(f),
            Self::Moment(moment) => write!(f, "{}", moment.format("%Y-%m-%d %H:%M:%S%.6f")),
        }
    }
}

impl Bound {
    /// The comparison that a value beyond it passes.
    pub(super) fn test(&self) -> &'static str {
        match self {
            Self::Number(_) => ">",
            Self::Moment(_) => ">=",
        }
    }

    /// Beyond a number, as a server prints it. None when it is none.
    pub(super) fn number(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_number =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        (is_number(whole) && is_number(fraction)).then(|| Self::Number(Digits(text.to_owned())))
    }

    /// Beyond the newest moment of a column. A column that keeps whole seconds may have rounded it, so what lies in
    /// the same second is not known to be newer: it would wait for ever. None where no such moment can be written.
    pub(super) fn after(newest: NaiveDateTime, column: &Column) -> Option<Self> {
        let step = Precision::of(column).step();
        let bound = newest.checked_add_signed(step)?;
        (bound.year() <= LAST_YEAR).then_some(Self::Moment(bound))
    }
}

/// A moment as either server prints it in UTC. None where a calendar has none: infinity, a month 0, a year before 1
/// or after 9999.
pub(super) fn moment(text: &str) -> Option<NaiveDateTime> {
    let with_time = if text.contains(' ') {
        text.to_owned()
    } else {
        format!("{text} 00:00:00")
    };
    let moment = NaiveDateTime::parse_from_str(&with_time, "%Y-%m-%d %H:%M:%S%.f").ok()?;
    // The parser takes years of more digits.
    (text.find('-') == Some(4)).then_some(moment)
}

/// How finely a column tells times apart, from the coarsest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Precision {
    Day,
    /// So many digits of a second.
    Digits(u32),
}

impl Precision {
    /// Of a type as its server prints it: `datetime` and `timestamp` of `MySQL` have no digits, those of
    /// `PostgreSQL` six, where no number says otherwise.
    pub(super) fn of(column: &Column) -> Self {
        if column.data_type == "date" {
            return Self::Day;
        }
        let of_type = column.column_type.as_str();
        let number = of_type
            .split_once('(')
            .and_then(|(_, rest)| rest.split_once(')'))
            .and_then(|(number, _)| number.parse().ok());
        let usual = if of_type.contains("time zone") { 6 } else { 0 };
        Self::Digits(number.unwrap_or(usual).min(6))
    }

    fn step(self) -> TimeDelta {
        match self {
            Self::Day => TimeDelta::days(1),
            Self::Digits(digits) => TimeDelta::microseconds(10_i64.pow(6 - digits)),
        }
    }
}

/// How a precision is told.
impl fmt::Display for Precision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day => f.write_str("days"),
            Self::Digits(0) => f.write_str("seconds"),
            Self::Digits(digits) => write!(f, "seconds of {digits} digits"),
        }
    }
}

/// Whether a column tells a point in time: one without a zone tells what some clock showed.
pub(super) fn has_zone(column: &Column) -> bool {
    let of_type = column.column_type.as_str();
    if of_type.contains("time zone") {
        return of_type.contains("with time zone");
    }
    of_type.starts_with("timestamp")
}

/// That a column of one of the two tables has no zone.
pub(super) fn without_zone(role: &str, column: &Column) -> Option<String> {
    let name = &column.name;
    (!has_zone(column)).then(|| format!("{name} of {role} has no time zone and is read as UTC"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(data_type: &str, column_type: &str) -> Column {
        Column {
            name: "at".to_owned(),
            data_type: data_type.to_owned(),
            column_type: column_type.to_owned(),
            is_nullable: true,
        }
    }

    #[test]
    fn a_bound_is_digits_and_nothing_else() {
        for number in ["0", "-12", "18446744073709551615", "1.50", "-0.001"] {
            assert_eq!(
                Bound::number(number)
                    .map(|bound| bound.to_string())
                    .as_deref(),
                Some(number)
            );
        }
        for none in [
            "",
            "-",
            "1e5",
            "NaN",
            "Infinity",
            "1; drop table t",
            "1 or 1",
            "--1",
            "1.",
            ".5",
            "0x10",
        ] {
            assert_eq!(Bound::number(none), None, "{none}");
        }
    }

    #[test]
    fn what_the_business_table_cannot_tell_from_its_newest_moment_does_not_wait() {
        let newest = moment("2026-03-04 05:06:07.25").expect("a moment");
        let bound = |data_type, column_type| {
            Bound::after(newest, &column(data_type, column_type)).map(|bound| bound.to_string())
        };
        for (column_type, expected) in [
            ("timestamp with time zone", "2026-03-04 05:06:07.250001"),
            (
                "timestamp(3) without time zone",
                "2026-03-04 05:06:07.251000",
            ),
            ("datetime(6)", "2026-03-04 05:06:07.250001"),
            ("datetime", "2026-03-04 05:06:08.250000"),
            ("timestamp", "2026-03-04 05:06:08.250000"),
        ] {
            assert_eq!(
                bound("timestamp", column_type).as_deref(),
                Some(expected),
                "{column_type}"
            );
        }
        assert_eq!(
            bound("date", "date").as_deref(),
            Some("2026-03-05 05:06:07.250000")
        );
        // "For ever", as many write it.
        let last = moment("9999-12-31").expect("a moment");
        let after = |data_type, column_type| Bound::after(last, &column(data_type, column_type));
        assert_eq!(
            after("date", "date"),
            None,
            "neither server reads the day after"
        );
        assert!(after("timestamp", "datetime(6)").is_some());
    }

    #[test]
    fn moments_of_a_calendar_are_read() {
        for (text, expected) in [
            ("2026-03-04", "2026-03-04 00:00:00"),
            ("2026-03-04 05:06:07", "2026-03-04 05:06:07"),
            ("2026-03-04 05:06:07.5", "2026-03-04 05:06:07.500"),
        ] {
            assert_eq!(
                moment(text).map(|moment| moment.to_string()).as_deref(),
                Some(expected)
            );
        }
        for none in [
            "infinity",
            "0000-00-00",
            "2026-00-01",
            "0044-03-15 BC",
            "12000-01-01",
            "",
            "today",
        ] {
            assert_eq!(moment(none), None, "{none}");
        }
    }

    #[test]
    fn a_zone_is_told_by_the_type() {
        for (column_type, expected) in [
            ("timestamp with time zone", true),
            ("timestamp(3) without time zone", false),
            ("timestamp", true),
            ("timestamp(6)", true),
            ("datetime(6)", false),
            ("date", false),
        ] {
            assert_eq!(
                has_zone(&column("timestamp", column_type)),
                expected,
                "{column_type}"
            );
        }
    }
}
