//! What is known of one thing, a line each.

use unicode_width::UnicodeWidthStr as _;

use super::plain;

/// Labels with values behind them, aligned. A value without text is left out.
#[derive(Debug, Default)]
pub(crate) struct Facts(Vec<(&'static str, String)>);

impl Facts {
    /// Adds a fact, if there is one.
    pub(crate) fn add(&mut self, label: &'static str, value: impl Into<Option<String>>) {
        if let Some(value) = value.into().filter(|value| !value.is_empty()) {
            self.0.push((label, value));
        }
    }

    /// The facts as lines.
    pub(crate) fn render(&self) -> String {
        let widest = self.0.iter().map(|(label, _)| label.width()).max();
        let widest = widest.unwrap_or_default();
        let lines = self.0.iter().map(|(label, value)| {
            let space = " ".repeat(widest - label.width());
            format!("{label}{space}  {}\n", plain(value))
        });
        lines.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Facts;

    #[test]
    fn what_is_unknown_is_left_out() {
        let mut facts = Facts::default();
        facts.add("name", "shop\u{1b}c".to_owned());
        facts.add("error", None);
        facts.add("owner", String::new());
        facts.add("last sync", Some("now".to_owned()));
        assert_eq!(facts.render(), "name       shop\\u{1b}c\nlast sync  now\n");
    }
}
