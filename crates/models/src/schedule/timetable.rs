//! The ticks of a cron expression on the clock of a time zone.
//!
//! The clock of a zone may leave out an hour or have one twice. Where minute and hour of the
//! expression are one number each, as in `30 2 * * *`, a tick that the clock leaves out comes when the
//! clock goes on (03:00), and one that it has twice comes the first time only: each day has its run.
//! Any other expression, as `*/15 * * * *`, means the times that the clock shows: none of those left
//! out, and all of those that come twice.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};

/// The fields of an expression, and what each may be.
const FIELDS: [(&str, &str); 5] = [
    ("minute", "0 to 59"),
    ("hour", "0 to 23"),
    ("day of the month", "1 to 31 (L is the last)"),
    ("month", "1 to 12 or JAN to DEC"),
    (
        "day of the week",
        "0 to 7 or SUN to SAT (5#2 is the second Friday, 5L the last)",
    ),
];
/// How long the name of a time zone may be before nothing like it is looked for.
const LONGEST_NAME: usize = 64;

/// Why there is no timetable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimetableError {
    /// The expression cannot be read, or never fires.
    #[error("{0}")]
    Cron(String),
    /// The time zone is not known.
    #[error("{0}")]
    TimeZone(String),
}

/// When something happens again and again.
#[derive(Debug, Clone)]
pub struct Timetable {
    cron: Cron,
    zone: Tz,
}

impl Timetable {
    /// The timetable of a cron expression on the clock of a zone, by its IANA name.
    ///
    /// # Errors
    /// Says what is wrong with either, and what would be right.
    pub fn new(cron_expression: &str, time_zone: &str) -> Result<Self, TimetableError> {
        Ok(Self {
            cron: cron(cron_expression).map_err(TimetableError::Cron)?,
            zone: zone(time_zone).map_err(TimetableError::TimeZone)?,
        })
    }

    /// The first tick after a moment; None where the calendar has none, or ends within a day.
    #[must_use]
    pub fn tick_after(&self, moment: DateTime<Utc>) -> Option<DateTime<Utc>> {
        // Beyond the ends of what a time can be no clock shows one, which chrono takes for a fault.
        let day = TimeDelta::days(1);
        moment.checked_sub_signed(day)?;
        moment.checked_add_signed(day)?;
        let local = moment.with_timezone(&self.zone);
        let next = self.cron.find_next_occurrence(&local, false).ok()?;
        Some(next.with_timezone(&Utc)).filter(|next| *next > moment)
    }

    /// The first run after a moment, where each comes so long after its tick.
    #[must_use]
    pub fn run_after(&self, moment: DateTime<Utc>, offset: TimeDelta) -> Option<DateTime<Utc>> {
        let before = moment.checked_sub_signed(offset)?;
        self.tick_after(before)?.checked_add_signed(offset)
    }
}

/// Reads a cron expression that fires some day, or says what would be right.
pub(super) fn cron(text: &str) -> Result<Cron, String> {
    let cron = read(text).ok_or_else(|| what_is_wrong(text))?;
    // There is no year in it, so what never fires from here on never does.
    let start = DateTime::<Utc>::UNIX_EPOCH;
    match cron.find_next_occurrence(&start, true) {
        Ok(_) => Ok(cron),
        Err(_) => Err("never fires: no month has such a day".to_owned()),
    }
}

fn read(text: &str) -> Option<Cron> {
    // Croner takes `1,,2`, which may be a slip for `1,12`.
    let is_gap = |field: &str| field.split(',').any(str::is_empty);
    if text.split_whitespace().any(is_gap) {
        return None;
    }
    let parser = CronParser::builder()
        .seconds(Seconds::Disallowed)
        .year(Year::Disallowed)
        .build();
    parser.parse(text).ok()
}

/// Names the field that cannot be read by reading each by itself.
fn what_is_wrong(text: &str) -> String {
    let fields: Vec<&str> = text.split_whitespace().collect();
    if text.contains('@') {
        return "must be one of @yearly, @annually, @monthly, @weekly, @daily and @hourly, or five fields".to_owned();
    }
    if fields.len() != FIELDS.len() {
        return "must have the five fields minute, hour, day of the month, month and day of the week, \
                such as 30 2 * * * for each night at 02:30; there are no seconds"
            .to_owned();
    }
    let wrong = (0..FIELDS.len()).find(|&place| {
        let mut alone = ["*"; FIELDS.len()];
        alone[place] = fields[place];
        read(&alone.join(" ")).is_none()
    });
    let (name, values) = FIELDS[wrong.unwrap_or_default()];
    format!(
        "has a wrong {name}: it is {values}, or * for all, 1,3 for some, 1-3 for a range, */3 for each third"
    )
}

/// The time zone of an IANA name, or what the name may have been meant to be.
pub(super) fn zone(name: &str) -> Result<Tz, String> {
    if name.len() > LONGEST_NAME {
        return Err(format!("must have at most {LONGEST_NAME} bytes"));
    }
    name.parse().map_err(|_| {
        let must = "must be the IANA name of a time zone, such as Europe/Berlin or UTC";
        match near(name) {
            Some(zone) => format!("{must}; did you mean {zone}?"),
            None => must.to_owned(),
        }
    })
}

/// The zone whose name, or its city alone, is nearest to what was given; None where none is near.
fn near(wanted: &str) -> Option<&'static str> {
    let plain = |name: &str| name.to_lowercase().replace([' ', '-'], "_");
    let wanted = plain(wanted);
    // A quarter of the letters may be wrong.
    let farthest = wanted.chars().count() / 4;
    let near = TZ_VARIANTS.iter().map(|zone| {
        let name = zone.name();
        let city = name.rsplit('/').next().unwrap_or(name);
        let distance = |name: &str| strsim::osa_distance(&wanted, &plain(name));
        (distance(name).min(distance(city)), name)
    });
    // Of two that are as near the shorter one: `utc` is `UTC` and not `Etc/UTC`.
    let (_, name) = near
        .filter(|(distance, _)| *distance <= farthest)
        .min_by_key(|(distance, name)| (*distance, name.len()))?;
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    /// The first ticks after a moment, in UTC.
    fn ticks(cron: &str, zone: &str, after: &str, count: usize) -> Vec<String> {
        let timetable = Timetable::new(cron, zone).expect("a timetable");
        let first = timetable.tick_after(time(after));
        let ticks = std::iter::successors(first, |last| timetable.tick_after(*last));
        let ticks = ticks.take(count);
        ticks
            .map(|tick| tick.format("%m-%dT%H:%M").to_string())
            .collect()
    }

    #[test]
    fn a_time_that_the_clock_leaves_out_comes_when_it_goes_on() {
        // 2026-03-29 at 02:00 the clock of Berlin goes to 03:00.
        assert_eq!(
            ticks("30 2 * * *", "Europe/Berlin", "2026-03-27T12:00:00Z", 3),
            ["03-28T01:30", "03-29T01:00", "03-30T00:30"]
        );
        // 2026-03-08 at 02:00 the clock of New York goes to 03:00.
        assert_eq!(
            ticks("30 2 * * *", "America/New_York", "2026-03-07T00:00:00Z", 3),
            ["03-07T07:30", "03-08T07:00", "03-09T06:30"]
        );
    }

    #[test]
    fn a_time_that_the_clock_has_twice_comes_once() {
        // 2026-10-25 at 03:00 the clock of Berlin goes back to 02:00.
        assert_eq!(
            ticks("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2),
            ["10-25T00:30", "10-26T01:30"]
        );
        // 2026-11-01 at 02:00 the clock of New York goes back to 01:00.
        assert_eq!(
            ticks("30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z", 2),
            ["11-01T05:30", "11-02T06:30"]
        );
        // Also when it is asked for between the two.
        assert_eq!(
            ticks("30 2 * * *", "Europe/Berlin", "2026-10-25T00:45:00Z", 1),
            ["10-26T01:30"]
        );
    }

    #[test]
    fn a_time_of_each_hour_is_what_the_clock_shows() {
        assert_eq!(
            ticks("30 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 3),
            ["03-29T00:30", "03-29T01:30", "03-29T02:30"]
        );
        assert_eq!(
            ticks("30 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", 3),
            ["10-25T00:30", "10-25T01:30", "10-25T02:30"]
        );
        assert_eq!(
            ticks("30 2,4 * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 2),
            ["03-29T02:30", "03-30T00:30"],
            "one of several hours is not made up for"
        );
    }

    #[test]
    fn runs_keep_their_distance_from_the_ticks() {
        let timetable = Timetable::new("0 0 * * *", "UTC").expect("a timetable");
        let run = |moment| timetable.run_after(time(moment), TimeDelta::seconds(90));
        let expected = Some(time("2026-01-02T00:01:30Z"));
        assert_eq!(
            run("2026-01-01T00:01:30Z"),
            expected,
            "after a run comes the next"
        );
        assert_eq!(
            run("2026-01-02T00:00:30Z"),
            expected,
            "between tick and run"
        );
        assert_eq!(run("2026-01-02T00:01:29.9Z"), expected);
    }

    #[test]
    fn odd_days_are_found() {
        let next = |cron| ticks(cron, "UTC", "2026-02-01T00:00:00Z", 1).remove(0);
        assert_eq!(next("0 0 L * *"), "02-28T00:00");
        assert_eq!(next("0 0 * * FRI#2"), "02-13T00:00");
        assert_eq!(next("0 0 29 2 *"), "02-29T00:00", "in 2028");
        assert_eq!(next("@weekly"), "02-08T00:00");
    }

    #[test]
    fn nothing_comes_at_the_ends_of_time() {
        for zone in ["America/St_Johns", "Pacific/Kiritimati"] {
            let timetable = Timetable::new("@hourly", zone).expect("a timetable");
            for end in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
                assert_eq!(timetable.tick_after(end), None);
            }
        }
    }

    #[test]
    fn what_cannot_be_read_names_the_field() {
        for (text, told) in [
            ("", "five fields"),
            ("0 0 * *", "five fields"),
            ("0 0 0 * * *", "no seconds"),
            ("0 0 * * * * 2026", "no seconds"),
            ("every night", "five fields"),
            ("@reboot", "@daily"),
            ("60 0 * * *", "wrong minute"),
            ("0 24 * * *", "wrong hour"),
            ("0 0 0 * *", "wrong day of the month"),
            ("0 0 * 13 *", "wrong month"),
            ("0 0 * * 8", "wrong day of the week"),
            ("5-1 * * * *", "wrong minute"),
            ("*/0 * * * *", "wrong minute"),
            ("1,,2 * * * *", "wrong minute"),
            ("1-99999999999999999999 * * * *", "wrong minute"),
            ("0 0 30 2 *", "never fires"),
            ("0 0 31 4,6,9,11 *", "never fires"),
            ("\u{661} * * * *", "wrong minute"),
        ] {
            let error = cron(text).map(drop).expect_err(text);
            assert!(error.contains(told), "{text:?}: {error}");
        }
    }

    #[test]
    fn a_zone_is_known_by_its_name() {
        for (name, near) in [
            ("Europe/Berln", Some("Europe/Berlin")),
            ("Berlin", Some("Europe/Berlin")),
            ("europe/berlin", Some("Europe/Berlin")),
            ("New York", Some("America/New_York")),
            ("utc", Some("UTC")),
            ("+02:00", None),
            ("Middle-earth/Shire", None),
            ("", None),
        ] {
            let error = zone(name).map(drop).expect_err(name);
            assert!(error.contains("Europe/Berlin or UTC"), "{error}");
            let asked = near.map(|near| format!("did you mean {near}?"));
            assert_eq!(
                error.contains("did you mean"),
                near.is_some(),
                "{name}: {error}"
            );
            assert!(asked.is_none_or(|asked| error.ends_with(&asked)), "{error}");
        }
        assert!(zone(&"x".repeat(65)).expect_err("too long").contains("64"));
        assert!(zone("Asia/Kolkata").is_ok());
    }
}
