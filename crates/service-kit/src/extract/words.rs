//! The messages of serde and garde in the words of the API.
//!
//! They never repeat a value: the wrong one may be a password in the place of a number.

/// What a message of serde says is wrong.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The named field is needed.
    Missing(String),
    /// The named field is not known; the text lists those that are.
    Unknown(String, String),
    /// The named field is given more than once.
    Repeated(String),
    /// A value cannot be used; the text says what would be.
    Wrong(String),
}

/// Reads a message of serde.
pub(super) fn read(message: &str) -> Fault {
    if let Some(name) = message.strip_prefix("missing field ") {
        return Fault::Missing(quoted(name));
    }
    if let Some(rest) = message.strip_prefix("unknown field ") {
        return match rest.split_once(", ") {
            Some((name, known)) => Fault::Unknown(quoted(name), known.replace("expected ", "")),
            None => Fault::Unknown(quoted(rest), String::new()),
        };
    }
    if let Some(name) = message.strip_prefix("duplicate field ") {
        return Fault::Repeated(quoted(name));
    }
    Fault::Wrong(wrong(message))
}

/// Reads a message of garde: which limit a value does not keep, or what a check of ours says.
pub(super) fn limit(message: &str) -> String {
    if message == "length is lower than 1" {
        return "must not be empty".to_owned();
    }
    for (said, meant) in [
        ("length is lower than ", "must have a length of at least"),
        ("length is greater than ", "must have a length of at most"),
        ("lower than ", "must be at least"),
        ("greater than ", "must be at most"),
    ] {
        if let Some(limit) = message.strip_prefix(said) {
            return format!("{meant} {limit}");
        }
    }
    message.to_owned()
}

fn wrong(message: &str) -> String {
    if message.starts_with("data did not match any variant") {
        return "has none of the accepted forms".to_owned();
    }
    if message.starts_with("invalid ") || message.starts_with("unknown variant ") {
        // The value stands between; it may itself contain the separator.
        if let Some((_, expected)) = message.rsplit_once(", expected ") {
            return format!("must be {}", thing(expected));
        }
    }
    // What `FromStr` of numbers and truth values says of a query parameter.
    match message {
        "invalid digit found in string" | "cannot parse integer from empty string" => {
            "must be an integer".to_owned()
        }
        "number too large to fit in target type" => "is too large".to_owned(),
        "number too small to fit in target type" => "is too small".to_owned(),
        "provided string was not `true` or `false`" => "must be true or false".to_owned(),
        "invalid float literal" | "cannot parse float from empty string" => {
            "must be a number".to_owned()
        }
        // What chrono says of a time (`chrono::format::ParseErrorKind`).
        "input contains invalid characters"
        | "premature end of input"
        | "trailing input"
        | "input is out of range"
        | "input is not enough for unique date and time"
        | "no possible date and time matching input" => {
            "must be a time as RFC 3339 has it, such as 2026-01-31T12:00:00Z".to_owned()
        }
        other => other.to_owned(),
    }
}

/// What serde expected, in the words of JSON.
fn thing(expected: &str) -> String {
    if let Some(range) = integer_range(expected) {
        return format!("an integer from {range}");
    }
    let first = expected.split(' ').next().unwrap_or(expected);
    match (expected, first) {
        ("a borrowed string" | "string" | "str", _) => "a string".to_owned(),
        ("a boolean" | "bool", _) => "true or false".to_owned(),
        ("f32" | "f64" | "float", _) => "a number".to_owned(),
        ("a sequence" | "sequence", _) | (_, "tuple") => "an array".to_owned(),
        ("a map" | "map", _) | (_, "struct" | "internally" | "adjacently") => {
            "an object".to_owned()
        }
        ("unit" | "null", _) => "null".to_owned(),
        (_, "enum" | "variant") | ("string or map", _) => "one of the known words".to_owned(),
        _ => expected.to_owned(),
    }
}

fn integer_range(expected: &str) -> Option<String> {
    Some(match expected {
        "u8" => format!("0 to {}", u8::MAX),
        "u16" => format!("0 to {}", u16::MAX),
        "u32" => format!("0 to {}", u32::MAX),
        "u64" | "usize" => format!("0 to {}", u64::MAX),
        "i8" => format!("{} to {}", i8::MIN, i8::MAX),
        "i16" => format!("{} to {}", i16::MIN, i16::MAX),
        "i32" => format!("{} to {}", i32::MIN, i32::MAX),
        "i64" | "isize" => format!("{} to {}", i64::MIN, i64::MAX),
        _ => return None,
    })
}

fn quoted(name: &str) -> String {
    name.trim_matches('`').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_lose_their_values() {
        for (message, expected) in [
            (
                r#"invalid type: string "hunter2, expected u8", expected u16"#,
                "must be an integer from 0 to 65535",
            ),
            (
                "invalid value: integer `-1`, expected u8",
                "must be an integer from 0 to 255",
            ),
            (
                "invalid type: integer `42`, expected a string",
                "must be a string",
            ),
            (
                "invalid type: null, expected struct Tls",
                "must be an object",
            ),
            ("invalid type: map, expected a sequence", "must be an array"),
            (
                "unknown variant `x`, expected `mysql` or `postgresql`",
                "must be `mysql` or `postgresql`",
            ),
            (
                "unknown variant `x`, expected one of `a`, `b`, `c`",
                "must be one of `a`, `b`, `c`",
            ),
            (
                "invalid length 3, expected an array of length 2",
                "must be an array of length 2",
            ),
            (
                "data did not match any variant of untagged enum Etl",
                "has none of the accepted forms",
            ),
            ("invalid digit found in string", "must be an integer"),
            ("a message of our own", "a message of our own"),
        ] {
            assert_eq!(read(message), Fault::Wrong(expected.to_owned()));
        }
    }

    #[test]
    fn limits_say_what_to_change() {
        for (said, meant) in [
            ("length is lower than 1", "must not be empty"),
            ("length is lower than 2", "must have a length of at least 2"),
            (
                "length is greater than 200",
                "must have a length of at most 200",
            ),
            ("lower than 1", "must be at least 1"),
            ("greater than 16", "must be at most 16"),
            ("must be a host name", "must be a host name"),
        ] {
            assert_eq!(limit(said), meant);
        }
    }

    #[test]
    fn names_are_found() {
        assert_eq!(read("missing field `host`"), Fault::Missing("host".into()));
        assert_eq!(
            read("duplicate field `host`"),
            Fault::Repeated("host".into())
        );
        let known = "one of `a`, `b`, `c`".to_owned();
        assert_eq!(
            read("unknown field `x`, expected one of `a`, `b`, `c`"),
            Fault::Unknown("x".into(), known)
        );
        let none = "there are no fields".to_owned();
        assert_eq!(
            read("unknown field `x`, there are no fields"),
            Fault::Unknown("x".into(), none)
        );
        assert_eq!(
            read("unknown field `x`"),
            Fault::Unknown("x".into(), String::new())
        );
    }
}
