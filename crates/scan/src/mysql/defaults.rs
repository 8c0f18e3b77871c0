//! Defaults, generation expressions and EXTRA in one form for both flavors, so that the same DDL
//! gives the same field.
//!
//! `MariaDB` from 10.2.7 on prints a default as an expression: literals in quotes, the word NULL
//! for none. `MySQL` prints the bare value, and marks an expression by `DEFAULT_GENERATED` in
//! EXTRA; from 8.0 on it comes escaped once more and with a character set before each literal:
//! `concat(_utf8mb4\'a\')`.

use super::encoding;

/// A column's default as its row tells it.
pub(super) struct Default<'a> {
    /// `COLUMN_DEFAULT`.
    pub(super) text: Option<&'a str>,
    /// `DATA_TYPE`.
    pub(super) data_type: &'a str,
    /// `EXTRA`.
    pub(super) extra: &'a str,
    /// Whether the server prints expressions ([`super::server::Server::prints_expressions`]).
    pub(super) is_expression: bool,
}

impl Default<'_> {
    /// The default as an SQL expression; None for none and for NULL.
    pub(super) fn expression(&self) -> Option<String> {
        let text = self.text?;
        // MySQL 5.7 does not mark CURRENT_TIMESTAMP, the only expression it knows.
        let is_now = matches!(self.data_type, "timestamp" | "datetime")
            && text.starts_with("CURRENT_TIMESTAMP");
        if self.is_expression || is_now || has_word(self.extra, GENERATED_DEFAULT) {
            return match text {
                "NULL" => None,
                _ if self.is_expression && self.data_type == "binary" => Some(unpadded(text)),
                _ if self.is_expression => Some(text.to_owned()),
                _ => Some(now_as_function(&plain(&encoding::once(text.to_owned())))),
            };
        }
        Some(match self.data_type {
            "tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "decimal" | "float"
            | "double" | "year"
                if is_number(text) =>
            {
                text.to_owned()
            }
            "bit" => text.to_owned(),
            "binary" => unpadded(&binary(text)),
            "varbinary" => binary(text),
            _ => quoted(text),
        })
    }
}

const GENERATED_DEFAULT: &str = "DEFAULT_GENERATED";

/// EXTRA without what the default tells already; None when nothing is left.
pub(super) fn extra(extra: &str) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    // MariaDB puts commas between the attributes, MySQL blanks.
    for word in extra
        .split([' ', ','])
        .filter(|word| !word.is_empty() && *word != GENERATED_DEFAULT)
    {
        words.push(now_as_function(word));
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// A generation expression without the escapes of `MySQL` and the parentheses around the whole.
pub(super) fn generation(expression: &str) -> Option<String> {
    let expression = plain(expression);
    let inner = match expression
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        Some(inner) if is_balanced(inner) => inner,
        _ => &expression,
    };
    (!inner.is_empty()).then(|| inner.to_owned())
}

/// Whether EXTRA has a word.
pub(super) fn has_word(extra: &str, word: &str) -> bool {
    extra.split([' ', ',']).any(|candidate| candidate == word)
}

/// A literal as `MariaDB` prints it, valid unless `NO_BACKSLASH_ESCAPES` is on.
fn quoted(value: &str) -> String {
    let mut literal = String::with_capacity(value.len() + 2);
    literal.push('\'');
    for character in value.chars() {
        match character {
            '\'' => literal.push_str("''"),
            '\\' => literal.push_str("\\\\"),
            '\0' => literal.push_str("\\0"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            other => literal.push(other),
        }
    }
    literal.push('\'');
    literal
}

/// The default of a binary column: `MySQL` 8 prints it in hexadecimal up to the first NUL, 5.7 as
/// it is.
fn binary(text: &str) -> String {
    let Some(digits) = text.strip_prefix("0x") else {
        return quoted(text);
    };
    let pairs = digits.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16)
            .ok()
            .filter(u8::is_ascii)
            .map(char::from)
    });
    match pairs.collect::<Option<String>>() {
        Some(value) if !value.is_empty() => quoted(&value),
        // What is no text stays in hexadecimal; MariaDB prints question marks for it.
        _ => text.to_owned(),
    }
}

/// A literal without the NULs that fill a BINARY column up: `MySQL` 8 prints none, the others do.
fn unpadded(literal: &str) -> String {
    let Some(mut body) = literal.strip_suffix('\'') else {
        return literal.to_owned();
    };
    while let Some(shorter) = body.strip_suffix("\\0") {
        // After an odd number of further backslashes this one is escaped, and the 0 a plain zero.
        let backslashes = shorter.len() - shorter.trim_end_matches('\\').len();
        if backslashes % 2 == 1 {
            break;
        }
        body = shorter;
    }
    format!("{body}'")
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// `CURRENT_TIMESTAMP` and `CURRENT_TIMESTAMP(6)` in the form of `MariaDB`.
fn now_as_function(text: &str) -> String {
    match text.strip_prefix("CURRENT_TIMESTAMP") {
        Some("") => "current_timestamp()".to_owned(),
        Some(precision) if precision.starts_with('(') && precision.ends_with(')') => {
            format!("current_timestamp{precision}")
        }
        _ => text.to_owned(),
    }
}

/// An expression of `MySQL` 8 as one can type it. The session speaks utf8mb4, so that a literal
/// without a character set is the same as one with `_utf8mb4`.
pub(super) fn plain(expression: &str) -> String {
    let text = if is_escaped(expression) {
        unescaped(expression)
    } else {
        expression.to_owned()
    };
    let mut result = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(character) = rest.chars().next() {
        let within_word =
            result.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | '$'));
        let length = match character {
            '\'' | '"' | '`' => quoted_length(rest),
            '_' if !within_word && rest.starts_with(UTF8_LITERAL) => {
                rest = &rest[UTF8_LITERAL.len() - 1..];
                continue;
            }
            other => other.len_utf8(),
        };
        result.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    result
}

const UTF8_LITERAL: &str = "_utf8mb4'";

/// Whether each quote of a text has a backslash before it: then it was escaped as a whole, since
/// the quote that opens a literal has none.
fn is_escaped(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut quotes = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\'')
        .peekable();
    quotes.peek().is_some() && quotes.all(|(index, _)| index > 0 && bytes[index - 1] == b'\\')
}

fn unescaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match (
            character,
            if character == '\\' {
                characters.next()
            } else {
                None
            },
        ) {
            ('\\', Some('n')) => result.push('\n'),
            ('\\', Some('r')) => result.push('\r'),
            ('\\', Some(escaped)) => result.push(escaped),
            (plain, _) => result.push(plain),
        }
    }
    result
}

/// The length in bytes of what is quoted at the beginning of a text, with its quotes; of all the
/// text when the quote does not end. A doubled quote counts as two quoted pieces, which comes to
/// the same.
fn quoted_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let Some(&quote) = bytes.first() else {
        return 0;
    };
    let mut index = 1;
    while index < bytes.len() {
        match bytes[index] {
            b'\\' if quote != b'`' => index += 1,
            byte if byte == quote => return index + 1,
            _ => {}
        }
        index += 1;
    }
    bytes.len()
}

/// Whether no parenthesis closes that was not opened within the text.
fn is_balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let length = match character {
            '\'' | '"' | '`' => quoted_length(rest),
            other => other.len_utf8(),
        };
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => return false,
            ')' => depth -= 1,
            _ => {}
        }
        rest = &rest[length..];
    }
    depth == 0
}

#[cfg(test)]
#[path = "defaults_tests.rs"]
mod tests;
