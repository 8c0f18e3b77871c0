//! Lines of the form `NAME=VALUE`, which a shell can `source` too.

use std::collections::BTreeMap;

/// The names and values of `text`. Empty lines and those that begin with `#` are passed over;
/// the error is the number of the first line that is neither.
pub(super) fn parse(text: &str) -> Result<BTreeMap<&str, &str>, usize> {
    let mut values = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match line.split_once('=') {
            Some((name, value)) if is_name(name) => values.insert(name, value),
            _ => return Err(index + 1),
        };
    }
    Ok(values)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_values() {
        let text = "# made by plumb\n\nPLUMB_TOKEN=a.b=c\n  PLUMB_META_URL=http://x \r\nEMPTY=\n";
        let values = parse(text).unwrap();
        let expected = [
            ("EMPTY", ""),
            ("PLUMB_META_URL", "http://x"),
            ("PLUMB_TOKEN", "a.b=c"),
        ];
        assert_eq!(values, BTreeMap::from(expected));
    }

    #[test]
    fn other_lines_are_told_by_number() {
        assert_eq!(parse("A=1\nnothing\n"), Err(2));
        assert_eq!(parse("=1"), Err(1));
        assert_eq!(parse("export A=1"), Err(1));
    }
}
