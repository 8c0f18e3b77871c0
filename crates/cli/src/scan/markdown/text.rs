//! Text of others in Markdown.

use std::collections::HashSet;

use crate::output::plain;

/// Text that shows as it is, on one line, also inside a table: line breaks become `<br>`, and what has
/// a meaning in Markdown is escaped.
pub(super) fn cell(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| escaped(&plain(line))).collect();
    lines.join("<br>")
}

fn escaped(line: &str) -> String {
    let mut safe = String::with_capacity(line.len() + 8);
    let mut before = None;
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let is_marked = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '$' => true,
            // Inside a word it means nothing, and names are full of them.
            '_' => {
                let is_in_word = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
                !(is_in_word(before.as_ref()) && is_in_word(rest.peek()))
            }
            _ => false,
        };
        if is_marked {
            safe.push('\\');
        }
        safe.push(c);
        before = Some(c);
    }
    safe
}

/// Text in the type of code, on one line, also inside a table; nothing for nothing.
pub(super) fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    // A bar ends a cell of a table even in code, unless it is escaped.
    let text = plain(&lines.join(" ")).replace('|', "\\|");
    let ticks = "`".repeat(longest_run(&text) + 1);
    // A backtick or a space at the end wants a space beside it, of which Markdown takes one away.
    let is_bare = |c: char| c != '`' && c != ' ';
    let pad = if text.starts_with(is_bare) && text.ends_with(is_bare) {
        ""
    } else {
        " "
    };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// A block of code of a language, with a line break at the end.
pub(super) fn fence(language: &str, text: &str) -> String {
    let ticks = "`".repeat(longest_run(text).max(2) + 1);
    format!("{ticks}{language}\n{text}\n{ticks}\n")
}

/// The number of backticks in the longest run of them.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or(0)
}

/// The anchors that GitHub and GitLab give to headings: lower case, spaces as dashes, other marks
/// left out, and a number behind one that is taken.
#[derive(Debug, Default)]
pub(super) struct Anchors(HashSet<String>);

impl Anchors {
    /// The anchor of the next heading.
    pub(super) fn add(&mut self, heading: &str) -> String {
        let plain: String = plain(heading)
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect();
        let mut anchor = plain.clone();
        let mut number = 0;
        while !self.0.insert(anchor.clone()) {
            number += 1;
            anchor = format!("{plain}-{number}");
        }
        anchor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_shows_as_it_is() {
        assert_eq!(cell("a|b_c*d`e\\f<g>"), "a\\|b_c\\*d\\`e\\\\f\\<g\\>");
        assert_eq!(cell("_a_ b__c d_1"), "\\_a\\_ b\\_\\_c d_1");
        assert_eq!(cell("one\r\ntwo\nthree"), "one<br>two<br>three");
        assert_eq!(cell("\u{1b}[1m"), "\\\\u{1b}\\[1m");
        assert_eq!(cell("Größe 订单 🙂"), "Größe 订单 🙂");
    }

    #[test]
    fn code_cannot_be_left() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`a`"), "`` `a` ``");
        assert_eq!(code("a\n  b\u{7}"), "`a b\\u{7}`");
        assert_eq!(code(""), "");
        assert_eq!(fence("sql", "a```b"), "````sql\na```b\n````\n");
        assert_eq!(fence("sql", "select 1"), "```sql\nselect 1\n```\n");
    }

    #[test]
    fn anchors_are_those_of_the_headings() {
        let mut anchors = Anchors::default();
        let headings = [
            "public.orders",
            "My Täble!",
            "publicorders",
            "PUBLIC.ORDERS",
        ];
        let found = headings.map(|heading| anchors.add(heading));
        let expected = [
            "publicorders",
            "my-täble",
            "publicorders-1",
            "publicorders-2",
        ];
        assert_eq!(found, expected);
    }
}
