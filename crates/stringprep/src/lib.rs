//! Stands in for the crate `stringprep`, of which the `PostgreSQL` driver calls one function.
//!
//! SCRAM prepares a password by `SASLprep` (RFC 4013), which knows the characters of Unicode 3.2. A
//! password with others, such as an emoji, is taken as it is by `PostgreSQL` and libpq
//! (`pg_saslprep` in `src/common/saslprep.c`); the driver, with the crate of this name, gives the login
//! up. `docs/adr/0005-passwords-as-libpq-takes-them.md` says why this crate is here.

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::LazyLock;

use regex::Regex;
use unicode_bidi::{BidiClass, bidi_class};
use unicode_normalization::UnicodeNormalization;

/// Prepares a text as `SASLprep` does; one that it does not take stays as it is.
///
/// # Errors
/// Never: the driver expects a result.
pub fn saslprep(text: &str) -> Result<Cow<'_, str>, Infallible> {
    if text.is_ascii() {
        return Ok(Cow::Borrowed(text));
    }
    let mapped = text.chars().filter(|it| !is_dropped(*it)).map(spaced);
    let prepared: String = mapped.nfkc().collect();
    let refused = prepared.is_empty() || REFUSED.is_match(&prepared) || is_mixed(&prepared);
    Ok(if refused {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(prepared)
    })
}

/// What must not be left in a prepared text: RFC 3454, tables A.1 (not in Unicode 3.2) and C.2 to
/// C.9. Of the characters that Unicode 3.2 has, the general category C holds what those of control,
/// private use, tagging and display name.
static REFUSED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[[^\p{Age=3.2}]\p{C}\p{Zl}\p{Zp}\u{fffc}\u{fffd}\u{2ff0}-\u{2ffb}]")
        .expect("the pattern is fixed, and a test uses it")
});

/// RFC 3454, table C.1.2: a space that is not the one of ASCII becomes that one. U+200B is in table
/// B.1 too, and `PostgreSQL` takes it for a space.
fn spaced(character: char) -> char {
    match character {
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            ' '
        }
        other => other,
    }
}

/// RFC 3454, table B.1: what is commonly mapped to nothing.
fn is_dropped(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{1806}' | '\u{180b}'..='\u{180d}' | '\u{200c}' | '\u{200d}'
            | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

/// RFC 3454, section 6: a text with a character that runs from right to left has none that runs the
/// other way, and begins and ends with one.
fn is_mixed(text: &str) -> bool {
    let leftwards = |it: char| matches!(bidi_class(it), BidiClass::R | BidiClass::AL);
    let rightwards = |it: char| bidi_class(it) == BidiClass::L;
    let within = text.starts_with(leftwards) && text.ends_with(leftwards);
    text.contains(leftwards) && (text.contains(rightwards) || !within)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_prepared() {
        for (text, prepared) in [
            ("secret\u{7}", "secret\u{7}"),
            // The examples of RFC 4013, section 3.
            ("I\u{ad}X", "IX"),
            ("\u{aa}", "a"),
            ("\u{2168}", "IX"),
            ("a\u{a0}b\u{200b}", "a b "),
            ("e\u{301}", "\u{e9}"),
            ("\u{627}1\u{628}", "\u{627}1\u{628}"),
        ] {
            assert_eq!(saslprep(text), Ok(prepared.into()));
        }
    }

    /// Each would change if it were prepared: U+2168 would become two letters.
    #[test]
    fn what_cannot_be_prepared_stays_as_it_is() {
        for text in [
            "\u{1f600}\u{2168}", // younger than Unicode 3.2
            "\u{221}\u{2168}",   // Unicode 4.0
            "\u{85}\u{2168}",    // control
            "\u{e000}\u{2168}",  // private use
            "\u{fdd0}\u{2168}",  // no character
            "\u{fffd}\u{2168}",  // inappropriate for plain text
            "\u{2ff0}\u{2168}",  // inappropriate for a canonical representation
            "\u{202e}\u{2168}",  // changes how a text is shown
            "\u{e0041}\u{2168}", // tagging
            "\u{2028}\u{2168}",
            "\u{627}\u{2168}\u{628}", // both directions
            "\u{627}\u{a0}1",         // does not end as it begins
            "\u{ad}",                 // nothing is left
        ] {
            assert_eq!(saslprep(text), Ok(text.into()), "{text:?}");
        }
    }
}
