//! The last of what a command says.

use std::collections::VecDeque;

use models::job::MAX_ERROR_BYTES;

/// The last of what a command says on standard error.
#[derive(Debug, Default)]
pub(super) struct Tail {
    bytes: VecDeque<u8>,
    is_cut: bool,
}

impl Tail {
    pub(super) fn hear(&mut self, said: &[u8]) {
        self.bytes.extend(said);
        let excess = self.bytes.len().saturating_sub(MAX_ERROR_BYTES);
        self.bytes.drain(..excess);
        self.is_cut |= excess > 0;
    }

    /// As text that a record can keep; None for nothing.
    pub(super) fn text(&self) -> Option<String> {
        // The rest of a character that was cut is none.
        let is_rest = |byte: &u8| self.is_cut && byte & 0b1100_0000 == 0b1000_0000;
        let rest = self
            .bytes
            .iter()
            .take(3)
            .take_while(|it| is_rest(it))
            .count();
        let bytes: Vec<u8> = self.bytes.iter().skip(rest).copied().collect();
        let text = String::from_utf8_lossy(&bytes).replace('\0', "\u{FFFD}");
        // What was no text has become longer.
        let mut start = text.len().saturating_sub(MAX_ERROR_BYTES);
        while !text.is_char_boundary(start) {
            start += 1;
        }
        let text = &text[start..];
        (!text.trim().is_empty()).then(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_it_is_kept() {
        let mut tail = Tail::default();
        assert_eq!(tail.text(), None);
        tail.hear(b" \n");
        assert_eq!(tail.text(), None);
        tail.hear("ä".repeat(MAX_ERROR_BYTES).as_bytes());
        tail.hear(b"x\0");
        let text = tail.text().expect("a text");
        assert!(text.len() <= MAX_ERROR_BYTES && text.len() > MAX_ERROR_BYTES - 8);
        assert!(text.ends_with("äx\u{FFFD}"), "{}", &text[text.len() - 9..]);
        // A character that is cut is left out, at each of its bytes.
        for more in ["", "x", "xx", "xxx"] {
            let mut tail = Tail::default();
            tail.hear("\u{1F600}".repeat(MAX_ERROR_BYTES / 4).as_bytes());
            tail.hear(more.as_bytes());
            let text = tail.text().expect("a text");
            assert!(text.starts_with('\u{1F600}'), "{more}");
            assert!(!text.contains('\u{FFFD}'), "{more}");
        }
    }
}
