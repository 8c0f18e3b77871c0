//! A query as the store is asked it: which terms an entry must have, and how well one answers.

use super::words::{self, Word};

/// So many words of a query count.
const MAX_WORDS: usize = 12;
/// So many characters of a word have terms.
const MAX_LETTERS: usize = 64;
/// Words of these lengths may have one letter that is wrong, missing or too many, or two that are swapped.
const ONE_SLIP: std::ops::RangeInclusive<usize> = 4..=24;
/// And words of these lengths two such letters.
const TWO_SLIPS: std::ops::RangeInclusive<usize> = 7..=12;
/// From this length on a word with one wrong letter need not be whole.
const BEGINNING: usize = 6;
/// What may stand in the place of a letter.
const ANY: &str = ".{0,2}";

/// What is searched for.
#[derive(Debug, Clone)]
pub struct Query {
    folded: String,
    words: Vec<Word>,
}

/// A query for the store; see `metadata.search_asked`.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) terms: String,
    pub(super) folded: String,
    pub(super) words: String,
    pub(super) whole: Vec<String>,
    pub(super) begun: Vec<String>,
    pub(super) within: Vec<String>,
    pub(super) alike: Option<Vec<String>>,
}

impl Query {
    /// Takes a text apart.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut words = words::words(text);
        words.truncate(MAX_WORDS);
        Self {
            folded: words::folded(text.trim()),
            words,
        }
    }

    /// Whether it has nothing that could be found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    /// Its words as they are.
    pub(super) fn as_typed(&self) -> Asked {
        let terms = self.words.iter().filter_map(|word| self.typed(word));
        let terms: Vec<String> = terms.collect();
        self.asked(&terms, None)
    }

    /// Its words or what they may have been meant to be; None where they are too short to have been meant otherwise.
    pub(super) fn alike(&self) -> Option<Asked> {
        if !self.words.iter().any(may_slip) {
            return None;
        }
        let terms = self.words.iter().filter_map(|word| {
            let typed = self.typed(word)?;
            let mut ways = vec![typed];
            ways.extend(slips(word).into_iter().map(|slip| all_of(&slip.terms)));
            Some(format!("({})", ways.join(" | ")))
        });
        let patterns = self.words.iter().map(|word| {
            let text = text(&word.letters);
            let ways: Vec<String> = slips(word).into_iter().map(|slip| slip.pattern).collect();
            if ways.is_empty() {
                text
            } else {
                format!("(?:{text}|{})", ways.join("|"))
            }
        });
        let (terms, patterns): (Vec<String>, _) = (terms.collect(), patterns.collect());
        Some(self.asked(&terms, Some(patterns)))
    }

    fn asked(&self, terms: &[String], alike: Option<Vec<String>>) -> Asked {
        let texts: Vec<String> = self.words.iter().map(|word| text(&word.letters)).collect();
        let each = |form: fn(&String) -> String| texts.iter().map(form).collect();
        Asked {
            terms: terms.join(" & "),
            folded: self.folded.clone(),
            words: format!(" {} ", texts.join(" ")),
            whole: each(|word| format!("% {word} %")),
            begun: each(|word| format!("% {word}%")),
            within: each(|word| format!("%{word}%")),
            alike,
        }
    }

    /// The terms of an entry that has the word; None for a single letter beside longer words, which is compared only.
    fn typed(&self, word: &Word) -> Option<String> {
        let letters = shortened(word);
        if word.is_ideographic() {
            return Some(all_of(&cover(letters, letters.len().min(2))));
        }
        match letters {
            [letter] => {
                let is_alone = self.words.iter().all(|word| word.letters.len() == 1);
                is_alone.then(|| all_of(&[format!("^{letter}$")]))
            }
            [first, second] => Some(all_of(&[format!("^{first}{second}")])),
            _ => Some(all_of(&cover(letters, 3))),
        }
    }
}

/// A way in which a word may have been mistyped.
struct Slip {
    /// Terms of what was meant.
    terms: Vec<String>,
    /// The regular expression of it.
    pattern: String,
}

fn may_slip(word: &Word) -> bool {
    ONE_SLIP.contains(&word.letters.len())
}

/// In which ways a word may have been mistyped.
fn slips(word: &Word) -> Vec<Slip> {
    let letters = &word.letters;
    if !may_slip(word) {
        return Vec::new();
    }
    let mut slips = Vec::new();
    let length = letters.len();
    let least = if word.is_ideographic() { 1 } else { 2 };
    let mut without = |wrong: &[usize]| {
        let is_whole = wrong.len() > 1 || length < BEGINNING;
        let terms = terms_without(word, wrong, is_whole);
        if terms.len() >= least {
            let pattern = pattern_without(word, wrong, is_whole);
            slips.push(Slip { terms, pattern });
        }
    };
    for place in 0..length {
        without(&[place]);
    }
    if TWO_SLIPS.contains(&length) && !word.is_ideographic() {
        for first in 0..length {
            for second in first + 1..length {
                without(&[first, second]);
            }
        }
    }
    for place in 1..length {
        if letters[place - 1] != letters[place] {
            let mut swapped = letters.clone();
            swapped.swap(place - 1, place);
            let size = if word.is_ideographic() { 2 } else { 3 };
            slips.push(Slip {
                terms: cover(&swapped, size),
                pattern: text(&swapped),
            });
        }
    }
    slips
}

/// The terms of a word that the letters at some places have no part in.
fn terms_without(word: &Word, wrong: &[usize], is_whole: bool) -> Vec<String> {
    let free = |from: usize, to: usize| !wrong.iter().any(|place| (from..=to).contains(place));
    let letters = &word.letters;
    let last = letters.len() - 1;
    if word.is_ideographic() {
        let pairs = (0..last).filter(|&place| free(place, place + 1));
        return pairs
            .map(|place| text(&letters[place..=place + 1]))
            .collect();
    }
    let middle = (1..last).filter(|&place| free(place - 1, place + 1));
    let mut terms: Vec<String> = middle
        .map(|place| text(&letters[place - 1..=place + 1]))
        .collect();
    if free(0, 1) {
        terms.push(format!("^{}", text(&letters[..2])));
    }
    if is_whole && free(last - 1, last) {
        terms.push(format!("{}$", text(&letters[last - 1..])));
    }
    terms
}

/// The regular expression of a word with something else, or nothing, in some places.
fn pattern_without(word: &Word, wrong: &[usize], is_whole: bool) -> String {
    let letters = word.letters.iter().enumerate();
    let pattern: String = letters
        .map(|(place, letter)| {
            if wrong.contains(&place) {
                ANY.to_owned()
            } else {
                letter.to_string()
            }
        })
        .collect();
    match (word.is_ideographic(), is_whole) {
        (true, _) => pattern,
        (false, true) => format!(" {pattern} "),
        (false, false) => format!(" {pattern}"),
    }
}

/// Pieces of this size that cover the letters, as few as will do.
fn cover(letters: &[char], size: usize) -> Vec<String> {
    let Some(last) = letters.len().checked_sub(size) else {
        return vec![text(letters)];
    };
    let starts = (0..last).step_by(size).chain([last]);
    starts
        .map(|start| text(&letters[start..start + size]))
        .collect()
}

fn shortened(word: &Word) -> &[char] {
    &word.letters[..word.letters.len().min(MAX_LETTERS)]
}

fn text(letters: &[char]) -> String {
    letters.iter().collect()
}

/// A part of a tsquery. Terms consist of letters, ^ and $, so that quotes are all they need.
fn all_of(terms: &[String]) -> String {
    let quoted: Vec<String> = terms.iter().map(|term| format!("'{term}'")).collect();
    format!("({})", quoted.join(" & "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> String {
        Query::new(text).as_typed().terms
    }

    #[test]
    fn terms_cover_each_word() {
        assert_eq!(typed("customer"), "('cus' & 'tom' & 'mer')");
        assert_eq!(typed("orderID"), "('ord' & 'der') & ('^id')");
        assert_eq!(typed("订单"), "('订单')");
        assert_eq!(typed("客户订单表"), "('客户' & '订单' & '单表')");
        assert_eq!(typed("单"), "('单')");
        assert_eq!(typed("x"), "('^x$')");
        assert_eq!(typed("order n"), "('ord' & 'der')");
        assert_eq!(typed("'); drop--"), "('dro' & 'rop')");
    }

    #[test]
    fn short_words_are_taken_at_their_word() {
        assert!(Query::new("id no 订单").alike().is_none());
        let alike = Query::new("id user").alike().expect("ways").alike;
        let alike = alike.expect("patterns");
        assert_eq!(alike[0], "id");
        let ways = "(?:user| .{0,2}ser | use.{0,2} |suer|";
        assert!(alike[1].starts_with(ways), "{alike:?}");
    }

    #[test]
    fn slips_keep_enough_of_a_word() {
        let alike = Query::new("custmer").alike().expect("ways");
        let terms = "| ('cus' & 'mer' & '^cu') |";
        assert!(alike.terms.contains(terms), "{}", alike.terms);
        let patterns = alike.alike.expect("patterns");
        assert!(patterns[0].contains("| cus.{0,2}mer|"), "{patterns:?}");
    }
}
