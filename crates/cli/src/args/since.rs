//! Since when, as people say it.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use models::Clock;

/// A moment before now, as people say it.
pub(super) fn parse_since(text: &str) -> Result<DateTime<Utc>, String> {
    since(text, Clock::system().now())
        .ok_or_else(|| "must be as in 7d, 12h, 30m, 2026-01-31 or 2026-01-31T08:00:00Z".to_owned())
}

fn since(text: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc());
    }
    if let Ok(date) = text.parse::<NaiveDate>() {
        return Some(date.and_time(NaiveTime::MIN).and_utc());
    }
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: u32 = number.parse().ok()?;
    let ago = match unit {
        "d" => TimeDelta::try_days(number.into()),
        "h" => TimeDelta::try_hours(number.into()),
        "m" => TimeDelta::try_minutes(number.into()),
        _ => None,
    };
    now.checked_sub_signed(ago?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_as_people_say_it() {
        let now = "2026-02-10T12:00:00Z".parse().unwrap();
        let said = |text| since(text, now).map(|time| time.to_rfc3339());
        for (text, time) in [
            ("7d", "2026-02-03T12:00:00+00:00"),
            ("36h", "2026-02-09T00:00:00+00:00"),
            ("30m", "2026-02-10T11:30:00+00:00"),
            ("2026-01-31", "2026-01-31T00:00:00+00:00"),
            ("2026-01-31T08:00:00+02:00", "2026-01-31T06:00:00+00:00"),
        ] {
            assert_eq!(said(text).as_deref(), Some(time), "{text}");
        }
        for text in [
            "",
            "d",
            "7",
            "7w",
            "-1d",
            "7日",
            "2026-02-30",
            "4294967295d",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
