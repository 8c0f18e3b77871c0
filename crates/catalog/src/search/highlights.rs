//! Which parts of a text answer a query.

use super::query::Query;
use super::words::{self, Word};

/// A part of a text: where it begins and has ended, in characters.
type Span = (usize, usize);

/// So much of a comment is looked at: as much as has terms.
const COMMENT: usize = 500;
/// Over so many words a query's word may go that was written without what is between them.
const TOGETHER: usize = 3;
/// So many letters of a long word may be wrong.
const MOST: usize = 2;

/// The parts of a name.
pub(super) fn of_name(query: &Query, name: &str) -> Vec<Span> {
    let parts: Vec<Word> = words::words(name);
    merged(found(query, &parts))
}

/// The parts of a comment.
pub(super) fn of_comment(query: &Query, comment: &str) -> Vec<Span> {
    let parts = words::words(comment).into_iter();
    let parts: Vec<Word> = parts.filter(|word| word.end() <= COMMENT).collect();
    merged(found(query, &parts))
}

fn found(query: &Query, parts: &[Word]) -> Vec<Span> {
    let words = query.words().iter();
    words
        .flat_map(|word| {
            let exact = exactly(word, parts);
            if exact.is_empty() {
                nearly(word, parts)
            } else {
                exact
            }
        })
        .collect()
}

/// Where the word is: anywhere, but a short one at the beginning of a word.
fn exactly(word: &Word, parts: &[Word]) -> Vec<Span> {
    let letters = &word.letters;
    let size = letters.len();
    let is_short = size < 3 && !word.is_ideographic();
    let spans = parts.iter().flat_map(|part| {
        let places = part.letters.windows(size).enumerate();
        let places =
            places.filter(move |(place, piece)| piece == letters && (!is_short || *place == 0));
        places.map(|(place, _)| (part.start + place, part.start + place + size))
    });
    spans.collect()
}

/// The words that it may have been meant to be: those that differ least, and not by much.
fn nearly(word: &Word, parts: &[Word]) -> Vec<Span> {
    let allowed = match word.letters.len() {
        0..4 => return Vec::new(),
        4..7 => 1,
        _ => MOST,
    };
    let mut best = (allowed + 1, Vec::new());
    for (place, first) in parts.iter().enumerate() {
        let mut together: Vec<char> = Vec::new();
        for part in parts[place..].iter().take(TOGETHER) {
            // A word may go on after what was meant; words that belong together are there to their end.
            let is_whole = !together.is_empty();
            together.extend(&part.letters);
            let distance = distance(&word.letters, &together, is_whole);
            if distance < best.0 {
                best = (distance, Vec::new());
            }
            if distance == best.0 && distance <= allowed {
                best.1.push((first.start, part.end()));
            }
        }
    }
    best.1
}

/// How many letters of `word` are to be changed, put in, left out, or swapped with the next one, to make `long` of it,
/// or of one that is not taken as a whole a beginning.
fn distance(word: &[char], long: &[char], is_whole: bool) -> usize {
    // What is longer differs by more than may be.
    let longest = word.len() + MOST;
    if is_whole && long.len() > longest {
        return word.len();
    }
    let long = &long[..long.len().min(longest)];
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=long.len()).collect();
    for (place, letter) in word.iter().enumerate() {
        let mut next = vec![place + 1];
        for (column, other) in long.iter().enumerate() {
            let change = row[column] + usize::from(letter != other);
            let mut least = change.min(row[column + 1] + 1).min(next[column] + 1);
            let is_swap =
                place > 0 && column > 0 && *letter == long[column - 1] && word[place - 1] == *other;
            if is_swap {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    let ends = if is_whole { long.len() } else { 0 };
    row[ends..].iter().copied().min().unwrap_or(word.len())
}

/// In order, and without overlaps.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for (start, end) in spans {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(query: &str, name: &str) -> String {
        let letters: Vec<char> = name.chars().collect();
        let spans = of_name(&Query::new(query), name).into_iter();
        let parts = spans.map(|(start, end)| letters[start..end].iter().collect());
        parts.collect::<Vec<String>>().join("|")
    }

    #[test]
    fn what_was_typed_is_shown() {
        assert_eq!(shown("order", "customerOrderId"), "Order");
        assert_eq!(shown("order id", "orderId"), "orderId");
        assert_eq!(shown("order cust", "customer_order"), "cust|order");
        assert_eq!(shown("订单", "客户订单表"), "订单");
        assert_eq!(shown("id", "paid_id"), "id");
        assert_eq!(shown("größe", "DIE_GRÖßE"), "GRÖßE");
        assert_eq!(shown("invoice", "orders"), "");
    }

    #[test]
    fn what_was_meant_is_shown() {
        assert_eq!(shown("custmer", "customer_id"), "customer");
        assert_eq!(shown("cutsomer", "the_customers"), "customers");
        assert_eq!(shown("costumer", "customer"), "customer");
        assert_eq!(shown("createdat", "created_at"), "created_at");
        assert_eq!(shown("ordre", "order_no"), "order");
    }
}
