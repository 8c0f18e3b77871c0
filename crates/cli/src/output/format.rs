//! Numbers and times for people.

use std::fmt::Display;

/// A count with its thousands apart, such as `1,204,000`.
pub(crate) fn count(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A size, such as `512 B`, `48 KiB` or `1.5 GiB`.
pub(crate) fn bytes(number: i64) -> String {
    let number = number.unsigned_abs();
    let (mut unit, mut shift) = ("B", 0);
    for (index, larger) in ["KiB", "MiB", "GiB", "TiB", "PiB"].into_iter().enumerate() {
        if number >> (10 * index) < 1024 {
            break;
        }
        (unit, shift) = (larger, 10 * (index + 1));
    }
    // In whole numbers: a size has more digits than a float.
    let tenths = (u128::from(number) * 10) >> shift;
    if unit == "B" || tenths >= 100 {
        format!("{} {unit}", tenths / 10)
    } else {
        format!("{}.{} {unit}", tenths / 10, tenths % 10)
    }
}

/// A number of seconds, such as `0.42 s`, `12.3 s` or `3 min 5 s`.
pub(crate) fn duration(seconds: f64) -> String {
    if seconds < 9.995 {
        return format!("{seconds:.2} s");
    }
    if seconds < 59.95 {
        return format!("{seconds:.1} s");
    }
    let whole = std::time::Duration::try_from_secs_f64(seconds.round())
        .unwrap_or_default()
        .as_secs();
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 {
        format!("{hours} h {minutes} min")
    } else {
        format!("{minutes} min {rest} s")
    }
}

/// A time of the API to the second, such as `2026-01-02 12:00:05 UTC`; a dash if there is none.
pub(crate) fn time<T: Display>(time: Option<&T>) -> String {
    let Some(time) = time else {
        return "-".to_owned();
    };
    let text = time.to_string();
    // chrono writes `2026-01-02 12:00:05.123456 UTC`.
    match (text.split_once('.'), text.rsplit_once(' ')) {
        (Some((seconds, _)), Some((_, zone))) => format!("{seconds} {zone}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart() {
        let counts = [0, 12, 999, 1000, 1_204_000, -1234].map(count);
        assert_eq!(counts, ["0", "12", "999", "1,000", "1,204,000", "-1,234"]);
    }

    #[test]
    fn sizes_have_two_digits() {
        let sizes = [0, 1023, 1024, 16384, 1_638_400, 5_368_709_120, i64::MAX].map(bytes);
        let expected = [
            "0 B", "1023 B", "1.0 KiB", "16 KiB", "1.5 MiB", "5.0 GiB", "8191 PiB",
        ];
        assert_eq!(sizes, expected);
    }

    #[test]
    fn durations_have_the_digits_that_matter() {
        let durations = [0.0, 0.424, 9.999, 12.34, 59.99, 185.0, 7325.0, f64::NAN].map(duration);
        let expected = [
            "0.00 s",
            "0.42 s",
            "10.0 s",
            "12.3 s",
            "1 min 0 s",
            "3 min 5 s",
            "2 h 2 min",
        ];
        assert_eq!(durations[..7], expected);
    }

    #[test]
    fn times_end_at_the_second() {
        assert_eq!(
            time(Some(&"2026-01-02 12:00:05.123456 UTC")),
            "2026-01-02 12:00:05 UTC"
        );
        assert_eq!(
            time(Some(&"2026-01-02 12:00:05 UTC")),
            "2026-01-02 12:00:05 UTC"
        );
        assert_eq!(time::<&str>(None), "-");
    }
}
