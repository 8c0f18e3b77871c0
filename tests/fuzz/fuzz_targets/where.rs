//! A condition on rows that somebody wrote: refused in words, or printed again from the names of columns, our own words
//! and places for values, and nothing else.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::{Column, Condition};

const NAMES: [&str; 6] = ["id", "Name", "a b", "it\"s", "gr`öße", "select"];
const WORDS: [&str; 8] = ["and", "or", "not", "in", "between", "like", "is", "null"];
/// Longer ones first.
const SIGNS: [&str; 10] = ["<>", "<=", ">=", "<", ">", "=", "?", ",", "(", ")"];

fuzz_target!(|text: &str| {
    let columns = NAMES.map(|name| Column {
        name: name.to_owned(),
        data_type: "text".to_owned(),
        column_type: "text".to_owned(),
    });
    match Condition::parse(text, &columns) {
        Ok(condition) => {
            let outline = condition.outline();
            is_ours(&outline);
            means_the_same(&outline, &columns);
        }
        Err(refusal) => {
            assert!(
                (1..=text.chars().count() + 1).contains(&refusal.at),
                "{refusal}"
            );
            assert!(!refusal.what.is_empty());
        }
    }
});

/// Reads it as a server would.
fn is_ours(outline: &str) {
    let (mut rest, mut open) = (outline, 0);
    while !rest.is_empty() {
        rest = if let Some(after) = rest.strip_prefix(' ') {
            after
        } else if let Some(after) = rest.strip_prefix('"') {
            let (name, after) = name(after);
            assert!(NAMES.contains(&name.as_str()), "{name} in {outline}");
            after
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            open += i32::from(*sign == "(") - i32::from(*sign == ")");
            assert!(open >= 0, "{outline}");
            &rest[sign.len()..]
        } else {
            let end = rest.find(|next: char| !next.is_ascii_lowercase());
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            assert!(WORDS.contains(&word), "{rest} in {outline}");
            after
        };
    }
    assert_eq!(open, 0, "{outline}");
}

/// The name whose quote has been opened, and what stands behind it.
fn name(text: &str) -> (String, &str) {
    let mut name = String::new();
    let mut rest = text;
    loop {
        let (part, after) = rest.split_once('"').expect("a quote that closes");
        name.push_str(part);
        let Some(doubled) = after.strip_prefix('"') else {
            return (name, after);
        };
        name.push('"');
        rest = doubled;
    }
}

/// As long as its parentheses are not too many, what was printed can be read, and is printed the same.
fn means_the_same(outline: &str, columns: &[Column]) {
    let text = outline.replace("like ?", "like ''").replace('?', "1");
    if let Ok(again) = Condition::parse(&text, columns) {
        assert_eq!(again.outline(), outline);
    } else {
        assert!(outline.contains("(("), "{text}");
    }
}
