//! Text of others on a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `text` with whatever could steer a terminal or mislead a reader written as `\u{...}`: control
/// characters, of which escape sequences are made, and those that reorder or hide what follows.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_harmful(c) {
            // Writing to a `String` cannot fail.
            let _ = write!(safe, "{}", c.escape_default());
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

/// `text` cut to so many characters, an ellipsis where something is missing. For columns of lists:
/// whoever wants all of it looks at the thing itself.
pub(crate) fn short(text: &str, longest: usize) -> Cow<'_, str> {
    if text.chars().nth(longest).is_none() {
        return Cow::Borrowed(text);
    }
    let kept: String = text.chars().take(longest.saturating_sub(1)).collect();
    Cow::Owned(format!("{}…", kept.trim_end()))
}

fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            // Zero-width characters and marks of direction.
            '\u{200B}'..='\u{200F}' | '\u{061C}' | '\u{2060}' | '\u{FEFF}'
            // Line and paragraph separators, embeddings, overrides and isolates of direction.
            | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            // Tags, which are never seen.
            | '\u{E0000}'..='\u{E007F}'
        )
}

#[cfg(test)]
mod tests {
    use super::{plain, short};

    #[test]
    fn names_cannot_steer_the_terminal() {
        assert_eq!(plain("\u{1b}[2Jgone\r\n"), "\\u{1b}[2Jgone\\r\\n");
        assert_eq!(plain("\u{9b}31m"), "\\u{9b}31m");
        assert_eq!(plain("a\u{202e}b\u{200b}"), "a\\u{202e}b\\u{200b}");
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(short("größer", 6), "größer");
        assert_eq!(short("größer", 5), "größ…");
        assert_eq!(short("who buys", 5), "who…");
        assert_eq!(short("", 5), "");
    }

    #[test]
    fn other_text_stays() {
        for text in ["orders", "订单", "größe", "a'b\"c\\d", "🙂", ""] {
            assert_eq!(plain(text), text);
        }
    }
}
