//! Values as bytes whose order is that of the values: what the same column has on two servers, of
//! whatever types, becomes the same bytes.
//!
//! Each value but the last of a key says where it ends, so the bytes of several columns, one behind the
//! other, are in the order of the columns.

/// A whole number from -2^63 to 2^64 - 1. None when it is none.
pub(super) fn integer(out: &mut Vec<u8>, text: &[u8]) -> Option<()> {
    let text = str::from_utf8(text).ok()?;
    let number = match text.parse::<i64>() {
        Ok(number) if number < 0 => number.cast_unsigned(),
        Ok(_) | Err(_) => text.parse().ok()?,
    };
    out.push(u8::from(!text.starts_with('-')));
    out.extend_from_slice(&number.to_be_bytes());
    Some(())
}

// What a decimal begins with, in their order. PostgreSQL puts NaN behind everything (manual, "Numeric Types").
const LOWEST: u8 = 0;
const NEGATIVE: u8 = 1;
const ZERO: u8 = 2;
const POSITIVE: u8 = 3;
const HIGHEST: u8 = 4;
const NAN: u8 = 5;

/// A decimal number as servers print them: without an exponent. None when it is none.
///
/// How many digits it is printed with does not matter: `1.50` is `1.5`.
pub(super) fn decimal(out: &mut Vec<u8>, text: &[u8]) -> Option<()> {
    match text {
        b"NaN" => out.push(NAN),
        b"Infinity" => out.push(HIGHEST),
        b"-Infinity" => out.push(LOWEST),
        [b'-', digits @ ..] => finite(out, digits, true)?,
        digits => finite(out, digits, false)?,
    }
    Some(())
}

fn finite(out: &mut Vec<u8>, text: &[u8], is_negative: bool) -> Option<()> {
    let point = text.iter().position(|&byte| byte == b'.');
    let (whole, fraction) = match point {
        Some(point) => (&text[..point], &text[point + 1..]),
        None => (text, &b""[..]),
    };
    let digits = || whole.iter().chain(fraction);
    if digits().next().is_none() || !digits().all(u8::is_ascii_digit) {
        return None;
    }
    let Some(leading) = digits().position(|&digit| digit != b'0') else {
        out.push(ZERO);
        return Some(());
    };
    let trailing = digits().rev().take_while(|&&digit| digit == b'0').count();
    let count = whole.len() + fraction.len();
    // Where the point stands, counted from the first digit that counts.
    let magnitude = i32::try_from(whole.len()).ok()? - i32::try_from(leading).ok()?;
    out.push(if is_negative { NEGATIVE } else { POSITIVE });
    let begin = out.len();
    out.extend_from_slice(&flipped(magnitude));
    let counting = digits().skip(leading).take(count - leading - trailing);
    // 0 ends the digits, before which no digit comes.
    out.extend(counting.map(|digit| digit - b'0' + 1));
    out.push(0);
    if is_negative {
        out[begin..].iter_mut().for_each(|byte| *byte = !*byte);
    }
    Some(())
}

fn flipped(value: i32) -> [u8; 4] {
    (value.cast_unsigned() ^ (1 << 31)).to_be_bytes()
}

/// Bytes, which are the last of a key: nothing has to say where they end.
pub(super) fn last_bytes(out: &mut Vec<u8>, value: &[u8]) {
    out.extend_from_slice(value);
}

/// Bytes with more of the key behind them: 0 0 ends them, and a 0 of theirs is 0 255.
pub(super) fn bytes(out: &mut Vec<u8>, value: &[u8]) {
    for &byte in value {
        out.push(byte);
        if byte == 0 {
            out.push(u8::MAX);
        }
    }
    out.extend_from_slice(&[0, 0]);
}

/// A `uuid` as it is printed: its digits, without the hyphens.
pub(super) fn uuid(text: &[u8]) -> Vec<u8> {
    let is_digit = |byte: &u8| *byte != b'-';
    text.iter().copied().filter(is_digit).collect()
}

/// A `uuid` by its bytes: the same digits.
pub(super) fn digits(value: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let both = |byte: &u8| [byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]);
    value.iter().flat_map(both).collect()
}

/// A point in time in UTC, or a date, which is its beginning, as a server prints it: `MySQL` knows a month or
/// day 0, `PostgreSQL` years before 1 and after 9999, and both ends of time (with the `DateStyle` ISO; manual,
/// "Date/Time Types"). None when it is none.
pub(super) fn moment(out: &mut Vec<u8>, text: &[u8]) -> Option<()> {
    match text {
        b"-infinity" => calendar(out, i32::MIN, 0, 0, 0),
        b"infinity" => calendar(out, i32::MAX, 0, 0, 0),
        text => {
            let (text, is_before) = match text.strip_suffix(b" BC") {
                // One with a zone is printed with it, and the session's is UTC.
                Some(text) => (text.strip_suffix(b"+00").unwrap_or(text), true),
                None => (text, false),
            };
            let (date, time) = match text.iter().position(|&byte| byte == b' ') {
                Some(space) => (&text[..space], &text[space + 1..]),
                None => (text, &b"00:00:00"[..]),
            };
            let mut parts = date.split(|&byte| byte == b'-');
            let year = i32::try_from(number(parts.next()?)?).ok()?;
            let month = u8::try_from(number(parts.next()?)?).ok()?;
            let day = u8::try_from(number(parts.next()?)?).ok()?;
            if parts.next().is_some() {
                return None;
            }
            // The year before 1 is 1 BC.
            let year = if is_before { 1 - year } else { year };
            calendar(out, year, month, day, clock(time)?);
        }
    }
    Some(())
}

fn calendar(out: &mut Vec<u8>, year: i32, month: u8, day: u8, microseconds: i64) {
    out.extend_from_slice(&flipped(year));
    out.extend_from_slice(&[month, day]);
    // Those of a day need no more than five bytes.
    out.extend_from_slice(&microseconds.to_be_bytes()[3..]);
}

/// A time of day, or as long a time before or after midnight, as a server prints it: `-838:59:59.000001`. None
/// when it is none.
pub(super) fn time(out: &mut Vec<u8>, text: &[u8]) -> Option<()> {
    let value = match text {
        [b'-', text @ ..] => -clock(text)?,
        text => clock(text)?,
    };
    let flipped = value.cast_unsigned() ^ (1 << 63);
    out.extend_from_slice(&flipped.to_be_bytes());
    Some(())
}

/// Hours, minutes, seconds and up to six digits of their fraction, in microseconds.
fn clock(text: &[u8]) -> Option<i64> {
    let (whole, fraction) = match text.iter().position(|&byte| byte == b'.') {
        Some(point) => (&text[..point], &text[point + 1..]),
        None => (text, &b"0"[..]),
    };
    let mut parts = whole.split(|&byte| byte == b':');
    let (hours, minutes) = (number(parts.next()?)?, number(parts.next()?)?);
    let seconds = number(parts.next()?)?;
    let missing = 6_usize.checked_sub(fraction.len())?;
    let fraction = number(fraction)? * 10_i64.pow(u32::try_from(missing).ok()?);
    let is_whole = parts.next().is_none();
    is_whole.then_some(((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + fraction)
}

/// A few digits.
fn number(digits: &[u8]) -> Option<i64> {
    let is_sound = (1..=9).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    let value = || {
        let digits = digits.iter().map(|digit| i64::from(digit - b'0'));
        digits.fold(0, |sum, digit| sum * 10 + digit)
    };
    is_sound.then(value)
}

#[cfg(test)]
#[path = "value_tests.rs"]
mod tests;
