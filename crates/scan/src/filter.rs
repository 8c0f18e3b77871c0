//! Which databases and schemas of a server are wanted, by patterns of names.
//!
//! A pattern is a name in which `*` stands for any characters and `?` for one; a backslash takes
//! the next character as it is. Names are compared byte for byte, so upper and lower case differ.

use std::fmt::Write as _;

/// What of a server is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Which databases.
    pub databases: NameFilter,
    /// Which schemas of each; nothing on `MySQL`, which has none.
    pub schemas: NameFilter,
}

/// Names that one of some patterns matches and none of others does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameFilter {
    include: Vec<String>,
    exclude: Vec<String>,
}

impl NameFilter {
    /// The names that one of `include` matches, or any when it is empty, and none of `exclude`.
    #[must_use]
    pub fn new(include: Vec<String>, exclude: Vec<String>) -> Self {
        Self { include, exclude }
    }

    /// Whether every name is wanted.
    #[must_use]
    pub fn takes_all(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Whether a name is wanted.
    #[must_use]
    pub fn takes(&self, name: &str) -> bool {
        let any = |patterns: &[String]| patterns.iter().any(|pattern| matches(pattern, name));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }

    /// What a wanted name matches, as a regular expression of `PostgreSQL` (manual, "POSIX Regular
    /// Expressions"); None where any does.
    #[must_use]
    pub fn include_regex(&self) -> Option<String> {
        regex(&self.include)
    }

    /// What an unwanted name matches, as a regular expression of `PostgreSQL`; None where none does.
    #[must_use]
    pub fn exclude_regex(&self) -> Option<String> {
        regex(&self.exclude)
    }
}

/// One part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// `*`
    Any,
    /// `?`
    One,
    /// A character as it is.
    Char(char),
}

fn parts(pattern: &str) -> impl Iterator<Item = Part> {
    let mut chars = pattern.chars();
    std::iter::from_fn(move || {
        Some(match chars.next()? {
            '*' => Part::Any,
            '?' => Part::One,
            // At the end of a pattern, which requests cannot have, it stands for itself.
            '\\' => Part::Char(chars.next().unwrap_or('\\')),
            c => Part::Char(c),
        })
    })
}

/// Whether a pattern matches a whole name. Where a `*` has taken too little it takes one character
/// more; only the last one need ever be tried again, so the time is the product of the lengths.
fn matches(pattern: &str, name: &str) -> bool {
    let (parts, chars): (Vec<Part>, Vec<char>) = (parts(pattern).collect(), name.chars().collect());
    let (mut part, mut at) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while at < chars.len() {
        match parts.get(part) {
            Some(Part::Any) => {
                star = Some((part, at));
                part += 1;
            }
            Some(Part::One) => (part, at) = (part + 1, at + 1),
            Some(Part::Char(c)) if *c == chars[at] => (part, at) = (part + 1, at + 1),
            _ => match star {
                Some((back, taken)) => {
                    star = Some((back, taken + 1));
                    (part, at) = (back + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    parts[part..].iter().all(|part| *part == Part::Any)
}

/// An expression that matches what one of the patterns does.
fn regex(patterns: &[String]) -> Option<String> {
    if patterns.is_empty() {
        return None;
    }
    let mut regex = String::from("^(?:");
    for (index, pattern) in patterns.iter().enumerate() {
        if index > 0 {
            regex.push('|');
        }
        for part in parts(pattern) {
            match part {
                Part::Any => regex.push_str(".*"),
                Part::One => regex.push('.'),
                // Letters and digits have a meaning behind a backslash, other ASCII has none.
                Part::Char(c) if c.is_ascii_punctuation() => {
                    // Writing to a `String` cannot fail.
                    let _ = write!(regex, "\\{c}");
                }
                Part::Char(c) => regex.push(c),
            }
        }
    }
    regex.push_str(")$");
    Some(regex)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(include: &[&str], exclude: &[&str]) -> NameFilter {
        let owned = |patterns: &[&str]| patterns.iter().map(|&text| text.to_owned()).collect();
        NameFilter::new(owned(include), owned(exclude))
    }

    #[test]
    fn patterns_match_whole_names() {
        for (pattern, name, expected) in [
            ("shop", "shop", true),
            ("shop", "shops", false),
            ("shop", "Shop", false),
            ("shop*", "shop", true),
            ("shop*", "shop_eu", true),
            ("*_tmp", "a_tmp_tmp", true),
            ("*_tmp", "a_tmp_", false),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("?", "订", true),
            ("?", "", false),
            ("*", "", true),
            (r"100\%\*", "100%*", true),
            (r"100\%\*", "100%x", false),
            (r"a\\b", r"a\b", true),
            ("a.c", "abc", false),
            ("***a", "bba", true),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} on {name}");
        }
    }

    #[test]
    fn what_is_left_out_counts_more() {
        let both = filter(&["shop*", "crm"], &["*_tmp"]);
        let taken = ["shop_eu", "crm", "shop_tmp", "hr"].map(|name| both.takes(name));
        assert_eq!(taken, [true, true, false, false]);
        assert!(filter(&[], &["hr"]).takes("crm") && NameFilter::default().takes("hr"));
        assert!(NameFilter::default().takes_all() && !both.takes_all());
    }

    #[test]
    fn a_regex_takes_nothing_for_a_metacharacter() {
        assert_eq!(filter(&[], &[]).include_regex(), None);
        assert_eq!(
            filter(&[r"a.b*\*|", "?(x"], &[]).include_regex().unwrap(),
            r"^(?:a\.b.*\*\||.\(x)$"
        );
    }

    #[test]
    fn a_long_pattern_takes_no_long_time() {
        let name = "a".repeat(2000);
        assert!(!matches(&format!("{}b", "a*".repeat(120)), &name));
    }
}
