//! Names of a server as they stand in statements: the only place where one becomes SQL.
//!
//! Whatever a name holds, it stays one name. A NUL, which no server takes in a name and at which one
//! would take the statement to end, becomes U+FFFD, under which nothing is found.

/// A name for `PostgreSQL` (manual, "Identifiers and Key Words").
#[must_use]
pub fn postgres(name: &str) -> String {
    within('"', name)
}

/// A name for `MySQL` and `MariaDB`, in any SQL mode (`MySQL` manual, "Schema Object Names").
#[must_use]
pub fn mysql(name: &str) -> String {
    within('`', name)
}

fn within(quote: char, name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 2);
    text.push(quote);
    for character in name.chars() {
        match character {
            '\0' => text.push(char::REPLACEMENT_CHARACTER),
            character if character == quote => text.extend([quote, quote]),
            character => text.push(character),
        }
    }
    text.push(quote);
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a server reads: the name, and what stands behind it.
    fn read(text: &str, quote: char) -> Option<(String, &str)> {
        let mut characters = text.strip_prefix(quote)?.char_indices().peekable();
        let mut name = String::new();
        while let Some((at, character)) = characters.next() {
            if character != quote {
                name.push(character);
            } else if characters.next_if(|(_, next)| *next == quote).is_some() {
                name.push(quote);
            } else {
                return Some((name, &text[at + 2 * quote.len_utf8()..]));
            }
        }
        None
    }

    #[test]
    fn a_name_cannot_end_early() {
        assert_eq!(
            postgres(r#"a"; drop table b; --"#),
            r#""a""; drop table b; --""#
        );
        assert_eq!(mysql("a` union select 1"), "`a`` union select 1`");
        assert_eq!(mysql(r"a\"), r"`a\`");
        assert_eq!(postgres("a\0b"), "\"a\u{FFFD}b\"");
        assert_eq!(postgres(""), "\"\"");
    }

    proptest! {
        #[test]
        fn whatever_is_quoted_is_read_as_one_name(
            name in r#"(\PC|["`'\\;\x00\n\-/*])*"#, rest in r#"[^"`]{0,5}"#
        ) {
            for (quote, quoted) in [('"', postgres(&name)), ('`', mysql(&name))] {
                let text = format!("{quoted}{rest}");
                let expected = name.replace('\0', "\u{FFFD}");
                prop_assert_eq!(read(&text, quote), Some((expected, rest.as_str())));
                prop_assert!(!text.contains('\0') || rest.contains('\0'));
            }
        }
    }
}
