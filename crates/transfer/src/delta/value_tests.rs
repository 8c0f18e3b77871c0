use std::cmp::Ordering;

use proptest::prelude::*;

use super::*;

fn of(write: impl FnOnce(&mut Vec<u8>) -> Option<()>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    write(&mut out).map(|()| out)
}

fn integer_of(text: &str) -> Vec<u8> {
    of(|out| integer(out, text.as_bytes())).unwrap_or_else(|| panic!("{text} is an integer"))
}

fn decimal_of(text: &str) -> Vec<u8> {
    of(|out| decimal(out, text.as_bytes())).unwrap_or_else(|| panic!("{text} is a decimal"))
}

fn moment_of(text: &str) -> Vec<u8> {
    of(|out| moment(out, text.as_bytes())).unwrap_or_else(|| panic!("{text} is a moment"))
}

fn time_of(text: &str) -> Vec<u8> {
    of(|out| time(out, text.as_bytes())).unwrap_or_else(|| panic!("{text} is a time"))
}

/// Each is less than the next.
fn ascend<T>(values: &[T], write: impl Fn(&T) -> Vec<u8>) {
    let keys: Vec<_> = values.iter().map(write).collect();
    for (place, pair) in keys.windows(2).enumerate() {
        assert!(pair[0] < pair[1], "value {place}: {pair:?}");
    }
}

#[test]
fn numbers_ascend_whatever_their_sign_and_size() {
    let integers = [
        "-9223372036854775808",
        "-9223372036854775807",
        "-256",
        "-1",
        "0",
        "1",
        "255",
        "256",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
    ];
    ascend(&integers, |text| integer_of(text));
    for none in [
        "",
        "-",
        "1.0",
        "18446744073709551616",
        "-9223372036854775809",
        " 1",
        "x",
    ] {
        assert_eq!(of(|out| integer(out, none.as_bytes())), None, "{none}");
    }
    ascend(
        &[
            "-Infinity",
            "-1000000000000000000000.5",
            "-10",
            "-9.99",
            "-1.5",
            "-1.05",
            "-1",
            "-0.5",
            "-0.001",
            "0",
            "0.0000001",
            "0.1",
            "0.15",
            "0.2",
            "1",
            "1.0000001",
            "9",
            "10",
            "10.1",
            "100",
            "99999999999999999999999",
            "Infinity",
            "NaN",
        ],
        |text| decimal_of(text),
    );
}

#[test]
fn a_decimal_is_the_same_with_more_digits() {
    for same in [
        ["1.50", "1.5"],
        ["-0.00", "0"],
        ["0010", "10.000"],
        [".5", "0.5"],
        ["7.", "7"],
    ] {
        assert_eq!(decimal_of(same[0]), decimal_of(same[1]), "{same:?}");
    }
    for none in ["", "-", ".", "1e5", "--1", "1.2.3", "+1", " 1", "x", "Inf"] {
        assert_eq!(of(|out| decimal(out, none.as_bytes())), None, "{none}");
    }
}

#[test]
fn moments_ascend_with_what_only_one_server_has() {
    let texts = [
        "-infinity",
        "0045-01-01 BC",
        "0044-03-15 12:00:00 BC",
        "0044-03-15 12:00:00.1 BC",
        // 1 BC is 0.
        "0000-00-00 00:00:00",
        "0001-02-01 BC",
        "0001-01-01",
        "2020-00-00",
        "2020-01-00",
        "2020-01-01",
        "2020-01-01 00:00:00.000001",
        "2020-01-01 00:00:00.00001",
        "9999-12-31 23:59:59.999999",
        "12000-01-01 00:00:00",
        "infinity",
    ];
    ascend(&texts, |text| moment_of(text));
    for none in [
        "",
        "2020-01",
        "2020-01-01-01",
        "2020-01-01 10:00",
        "2020-01-01T10:00:00",
        "today",
        "2020-01-01 10:00:00+01",
        "2020-256-01",
        "99999999999-01-01",
    ] {
        assert_eq!(of(|out| moment(out, none.as_bytes())), None, "{none}");
    }
}

#[test]
fn a_moment_is_the_same_with_more_digits() {
    for same in [
        ["2020-02-29", "2020-02-29 00:00:00"],
        ["2020-02-29 10:20:30.5", "2020-02-29 10:20:30.500000"],
        ["2020-02-29 10:20:30", "2020-02-29 10:20:30.000"],
        ["0044-03-15 12:00:00+00 BC", "0044-03-15 12:00:00 BC"],
    ] {
        assert_eq!(moment_of(same[0]), moment_of(same[1]), "{same:?}");
    }
}

#[test]
fn times_ascend_across_midnight() {
    let texts = [
        "-838:59:59",
        "-00:00:00.000001",
        "00:00:00",
        "00:00:00.1",
        "23:59:59.999999",
        "24:00:00",
        "838:59:59",
    ];
    ascend(&texts, |text| time_of(text));
    assert_eq!(time_of("12:00:00.5"), time_of("12:00:00.500000"));
    for none in [
        "",
        "12:00",
        "12:00:00.1234567",
        "1:2:3:4",
        "noon",
        "12:00:00+01",
    ] {
        assert_eq!(of(|out| time(out, none.as_bytes())), None, "{none}");
    }
}

fn pair(first: &[u8], second: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    bytes(&mut out, first);
    last_bytes(&mut out, second);
    out
}

/// By value: less, equal or greater.
fn order_of(one: (i64, u32), other: (i64, u32)) -> Ordering {
    // Exact: both have four digits behind the point.
    let scaled = |(whole, fraction): (i64, u32)| {
        let magnitude = i128::from(whole.unsigned_abs()) * 10_000 + i128::from(fraction);
        if whole < 0 { -magnitude } else { magnitude }
    };
    scaled(one).cmp(&scaled(other))
}

proptest! {
    #[test]
    fn keys_of_two_columns_are_in_the_order_of_the_columns(
        one: (Vec<u8>, Vec<u8>), other: (Vec<u8>, Vec<u8>), shared: Vec<u8>
    ) {
        prop_assert_eq!(pair(&one.0, &one.1).cmp(&pair(&other.0, &other.1)), one.cmp(&other));
        // Beginnings that are the same, and zeros among them.
        let longer = [&shared[..], &[0], &one.0].concat();
        prop_assert_eq!(
            pair(&shared, &one.1).cmp(&pair(&longer, &other.1)),
            (&shared, &one.1).cmp(&(&longer, &other.1))
        );
    }

    #[test]
    fn decimals_are_in_the_order_of_their_values(
        one in (any::<i64>(), 0_u32..10_000), other in (-20_i64..20, 0_u32..10_000), near in (-20_i64..20, 0_u32..10_000)
    ) {
        let print = |(whole, fraction): (i64, u32)| format!("{whole}.{fraction:04}");
        for (one, other) in [(one, other), (near, other)] {
            prop_assert_eq!(
                decimal_of(&print(one)).cmp(&decimal_of(&print(other))),
                order_of(one, other), "{} and {}", print(one), print(other)
            );
        }
    }

    #[test]
    fn integers_are_in_their_order(one: i64, other: u64) {
        let (one, other) = (i128::from(one), i128::from(other));
        let write = |value: i128| integer_of(&value.to_string());
        prop_assert_eq!(write(one).cmp(&write(other)), one.cmp(&other));
    }
}
