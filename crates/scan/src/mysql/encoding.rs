//! Mending text that a server has encoded twice.

/// An expression as it was written.
///
/// `MySQL` from 8.0 on keeps the expressions of checks, defaults, generated columns and indexes in
/// UTF-8, takes the bytes for Latin 1 and encodes them once more: `日` comes as `æ\u{97}¥`, while
/// SHOW CREATE TABLE prints `日`. What cannot have come about in this way stays as it is.
pub(super) fn once(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    let bytes: Option<Vec<u8>> = text
        .chars()
        .map(|character| u8::try_from(u32::from(character)).ok())
        .collect();
    bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_twice_is_read_once() {
        for text in ["plain", "日本", "größe", "поле > 0", "🙂", ""] {
            let twice: String = text.bytes().map(char::from).collect();
            assert_eq!(once(twice), text);
            assert_eq!(once(text.to_owned()), text, "and stays when it is right");
        }
        assert_eq!(once("Ã is no é".to_owned()), "Ã is no é");
    }
}
