//! A text as the words that search knows: the same that the functions of `migrations/metadata/0020_search.sql` make.

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Where in the text it begins, in characters.
    pub(super) start: usize,
    /// Its characters, in small letters.
    pub(super) letters: Vec<char>,
}

impl Word {
    /// Where in the text it has ended, in characters.
    pub(super) fn end(&self) -> usize {
        self.start + self.letters.len()
    }

    /// Whether it is a run of ideographs, kana or hangul, between whose words there is no space.
    pub(super) fn is_ideographic(&self) -> bool {
        self.letters.first().copied().is_some_and(is_ideograph)
    }
}

/// The words of a text: parts in `camelCase` and `snake_case` are words, and so are runs of ideographs.
pub(super) fn words(text: &str) -> Vec<Word> {
    let letters: Vec<char> = text.chars().collect();
    let mut words: Vec<Word> = Vec::new();
    for (place, &letter) in letters.iter().enumerate().filter(|(_, c)| is_letter(**c)) {
        match words.last_mut() {
            Some(word) if word.end() == place && !begins(&letters, place) => {
                word.letters.push(fold(letter));
            }
            _ => words.push(Word {
                start: place,
                letters: vec![fold(letter)],
            }),
        }
    }
    words
}

/// Whether another word begins at a letter that follows one.
fn begins(letters: &[char], place: usize) -> bool {
    let (before, letter) = (letters[place - 1], letters[place]);
    let is_hump = letter.is_ascii_uppercase()
        && (before.is_ascii_lowercase()
            || before.is_ascii_digit()
            || (before.is_ascii_uppercase()
                && letters.get(place + 1).is_some_and(char::is_ascii_lowercase)));
    is_hump || is_ideograph(before) != is_ideograph(letter)
}

/// The text in small letters, character by character.
pub(super) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// Latin, Greek and Cyrillic letters as small ones; whatever else as it is.
pub(super) fn fold(letter: char) -> char {
    match letter {
        'A'..='Z' => letter.to_ascii_lowercase(),
        '\u{c0}'..='\u{17f}' | '\u{391}'..='\u{3ab}' | '\u{400}'..='\u{42f}' => {
            let mut small = letter.to_lowercase();
            match (small.next(), small.next()) {
                (Some(small), None) => small,
                _ => letter,
            }
        }
        _ => letter,
    }
}

fn is_letter(letter: char) -> bool {
    matches!(letter,
        'a'..='z' | 'A'..='Z' | '0'..='9' | '\u{c0}'..='\u{1fff}' | '\u{2c00}'..='\u{2fff}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}'
        | '\u{ff41}'..='\u{ff5a}' | '\u{ff66}'..='\u{ffdc}' | '\u{10000}'..='\u{3ffff}')
}

fn is_ideograph(letter: char) -> bool {
    matches!(letter,
        '\u{2e80}'..='\u{2fff}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ffdc}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_names_are_words() {
        for (text, expected) in [
            ("customer_order_id", "customer order id"),
            ("customerOrderID", "customer order id"),
            ("HTTPServer_v2", "http server v2"),
            ("order#no", "order no"),
            ("__", ""),
            ("客户订单表abc", "客户订单表 abc"),
            ("名称，说明（可选）", "名称 说明 可选"),
            ("Größe ÜBER", "größe über"),
            ("ПРИВЕТ Мир", "привет мир"),
        ] {
            let found: Vec<String> = words(text)
                .iter()
                .map(|word| word.letters.iter().collect())
                .collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn words_know_their_place() {
        let places = |text: &str| -> Vec<_> {
            words(text)
                .iter()
                .map(|word| (word.start, word.end()))
                .collect()
        };
        assert_eq!(places("_aB-客户c"), [(1, 2), (2, 3), (4, 6), (6, 7)]);
    }
}
