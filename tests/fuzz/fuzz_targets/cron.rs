//! A cron expression and, in the second line, the name of a time zone: both are refused in words, or their ticks come
//! one after the other.
#![no_main]

use chrono::{DateTime, TimeDelta, Utc};
use libfuzzer_sys::fuzz_target;
use models::schedule::Timetable;

/// How long an expression may be that the API takes.
const LONGEST: usize = 100;

/// Seconds since 1970: the ends of what a time can be, both changes of the clock of 2026 in Europe, a leap day.
const MOMENTS: [i64; 7] = [
    -8_334_601_228_800,
    0,
    1_774_746_000,
    1_792_886_400,
    1_835_395_199,
    253_402_300_799,
    8_210_266_876_799,
];

fuzz_target!(|text: &str| {
    let (expression, zone) = text.split_once('\n').unwrap_or((text, "UTC"));
    if expression.len() > LONGEST {
        return;
    }
    match Timetable::new(expression, zone) {
        Ok(timetable) => {
            for moment in MOMENTS {
                ticks(&timetable, moment);
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});

fn ticks(timetable: &Timetable, moment: i64) {
    let moment = DateTime::<Utc>::from_timestamp(moment, 0).expect("a time");
    let Some(first) = timetable.tick_after(moment) else {
        return;
    };
    assert!(first > moment, "{first} is not after {moment}");
    if let Some(second) = timetable.tick_after(first) {
        assert!(second > first, "{second} is not after {first}");
    }
    let offset = TimeDelta::seconds(59);
    if let Some(run) = timetable.run_after(moment, offset) {
        assert!(run > moment, "{run} is not after {moment}");
    }
}
