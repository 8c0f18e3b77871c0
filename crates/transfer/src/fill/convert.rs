//! Values of one server as another takes them.
//!
//! Most values go as text, which the server reads as its column's type; what it would bend instead of refusing it, or not
//! read though it means the same, is seen to here.

use std::fmt::Write;

use scan::session::Form;

use super::batch::Value;
use super::plan::Way;

/// A value as the column takes it, or why it does not.
pub(super) fn convert(value: Option<&[u8]>, way: &Way, is_postgres: bool) -> Result<Value, String> {
    let column = &way.column;
    let Some(bytes) = value else {
        // MariaDB writes the time of day instead, in whatever mode.
        if !is_postgres && !column.is_nullable && column.column_type.starts_with("timestamp") {
            return Err("it may not be NULL".to_owned());
        }
        return Ok(Value::Null);
    };
    let of_type = column.data_type.as_str();
    match (way.form, of_type) {
        (Form::Uuid, "binary") if column.column_type == "binary(16)" => {
            let digits: String = text(bytes)?.chars().filter(|it| *it != '-').collect();
            from_hex(&digits)
                .map(Value::Bytes)
                .ok_or_else(|| "it is no UUID".to_owned())
        }
        (Form::Bytes, "uuid") => uuid(bytes).map(Value::Text),
        (_, "binary") => Ok(Value::Bytes(bytes.to_vec())),
        (Form::Bytes, "spatial") if !is_postgres => Ok(Value::Bytes(bytes.to_vec())),
        (form, "bit") => bits(form, text(bytes)?, way, is_postgres),
        (Form::Bit, "integer" | "decimal" | "float") => number_of_bits(text(bytes)?)
            .map(|number| Value::Text(number.to_string()))
            .ok_or_else(|| "it has more than 64 bits".to_owned()),
        // A truth value of MySQL may be any small number.
        (Form::Integer, "boolean") if !is_postgres => plain(bytes, is_postgres).map(Value::Text),
        (form, "boolean") => boolean(form, text(bytes)?).map(Value::Text),
        (Form::Decimal | Form::Float, "integer") => whole(text(bytes)?).map(Value::Text),
        // What is no number at all is refused by the server itself, which says it better.
        (Form::Text | Form::Other, "integer") if !is_postgres => {
            let text = plain(bytes, is_postgres)?;
            if text.trim().parse::<f64>().is_ok() {
                whole(text.trim()).map(Value::Text)
            } else {
                Ok(Value::Text(text))
            }
        }
        _ => plain(bytes, is_postgres).map(Value::Text),
    }
}

fn text(bytes: &[u8]) -> Result<&str, String> {
    str::from_utf8(bytes).map_err(|_| "it is no text in UTF-8".to_owned())
}

fn plain(bytes: &[u8], is_postgres: bool) -> Result<String, String> {
    let text = text(bytes)?;
    if is_postgres && text.contains('\0') {
        return Err("PostgreSQL takes no NUL in texts".to_owned());
    }
    Ok(text.to_owned())
}

/// 1 or 0, which either engine takes.
fn boolean(form: Form, text: &str) -> Result<String, String> {
    match (form, text) {
        (_, "0" | "1") => Ok(text.to_owned()),
        (Form::Bit, digits) => {
            let is_set = digits.contains('1');
            Ok(if is_set { "1" } else { "0" }.to_owned())
        }
        (Form::Text | Form::Other, word) => match word.to_ascii_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "on" => Ok("1".to_owned()),
            "false" | "f" | "no" | "n" | "off" => Ok("0".to_owned()),
            _ => Err(format!("{} is no truth value", shown(word))),
        },
        _ => Err(format!("{} is no truth value", shown(text))),
    }
}

/// A whole number out of one with a fraction of zeros. `MySQL` would round any other.
fn whole(text: &str) -> Result<String, String> {
    let refused = || Err(format!("{} is no whole number", shown(text)));
    if let Some((whole, fraction)) = text.split_once('.')
        && fraction.bytes().all(|digit| digit == b'0')
    {
        return Ok(if whole.is_empty() || whole == "-" {
            "0".to_owned()
        } else {
            whole.to_owned()
        });
    }
    if text.bytes().all(|it| it.is_ascii_digit() || it == b'-') {
        return Ok(text.to_owned());
    }
    match text.parse::<f64>() {
        // As many as an f64 tells apart.
        Ok(number) if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 => {
            Ok(format!("{number:.0}"))
        }
        _ => refused(),
    }
}

fn uuid(bytes: &[u8]) -> Result<String, String> {
    if bytes.len() == 16 {
        let mut digits = String::with_capacity(32);
        for byte in bytes {
            // Writing to a string cannot fail.
            let _ = write!(digits, "{byte:02x}");
        }
        return Ok(digits);
    }
    // It may be the text of one.
    text(bytes)
        .map(str::to_owned)
        .map_err(|_| "it is no UUID".to_owned())
}

/// Digits for `PostgreSQL`, as many as its column has; a number for `MySQL`.
fn bits(form: Form, text: &str, way: &Way, is_postgres: bool) -> Result<Value, String> {
    let refused = || format!("{} are no bits", shown(text));
    let digits = match form {
        Form::Integer | Form::Boolean => {
            let number: u64 = text.parse().map_err(|_| refused())?;
            format!("{number:b}")
        }
        _ => text.to_owned(),
    };
    if !digits.bytes().all(|digit| matches!(digit, b'0' | b'1')) {
        return Err(refused());
    }
    if !is_postgres {
        return number_of_bits(&digits).map(Value::Bits).ok_or_else(refused);
    }
    let width = way.column.column_type.strip_prefix("bit(");
    let width = width.and_then(|rest| rest.strip_suffix(')')?.parse().ok());
    let width: usize = match (width, way.column.column_type.as_str()) {
        (Some(width), _) => width,
        (None, "bit") => 1,
        // As many as there are.
        (None, _) => return Ok(Value::Text(digits)),
    };
    let digits = if digits.len() > width {
        digits.trim_start_matches('0')
    } else {
        &digits
    };
    Ok(Value::Text(format!("{digits:0>width$}")))
}

fn number_of_bits(digits: &str) -> Option<u64> {
    u64::from_str_radix(digits, 2).ok()
}

fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// The beginning of a text in a reason.
fn shown(text: &str) -> &str {
    &text[..text.floor_char_boundary(100)]
}

#[cfg(test)]
#[path = "convert_tests.rs"]
mod tests;
