//! The lines of `SHOW GRANTS`.

use crate::quote;

/// All that a login was granted.
#[derive(Debug, Default)]
pub(super) struct Grants {
    lines: Vec<Line>,
    /// Whether a database is named as it is, and `%` and `_` are no wildcards
    /// (`partial_revokes` of `MySQL`).
    is_literal: bool,
}

#[derive(Debug)]
struct Line {
    is_revoke: bool,
    rights: Vec<String>,
    object: Object,
}

#[derive(Debug, PartialEq, Eq)]
enum Object {
    Everything,
    /// A pattern.
    Database(String),
    Table(String, String),
    /// A routine, another account.
    Other,
}

impl Grants {
    pub(super) fn parse(lines: &[String], is_literal: bool) -> Self {
        let lines = lines.iter().filter_map(|line| Line::parse(line)).collect();
        Self { lines, is_literal }
    }

    /// What a further grant on a database names.
    ///
    /// The pattern of a grant that is there already, if one is: of all that match a database the
    /// servers take the most exact alone, so that a new one would put the old out of force.
    pub(super) fn object_for(&self, database: &str) -> String {
        let own = self.lines.iter().find_map(|line| match &line.object {
            Object::Database(own) if !line.is_revoke && self.matches(own, database) => Some(own),
            _ => None,
        });
        match own {
            Some(own) => quote::mysql(own),
            None => pattern(database, self.is_literal),
        }
    }

    /// Whether the login has a right on all tables of all databases.
    pub(super) fn everywhere(&self, right: &str) -> bool {
        let granted = self
            .lines
            .iter()
            .any(|line| !line.is_revoke && line.object == Object::Everything && line.has(right));
        granted
            && !self
                .lines
                .iter()
                .any(|line| line.is_revoke && line.has(right))
    }

    /// Whether the login has a right on anything.
    pub(super) fn somewhere(&self, right: &str) -> bool {
        self.lines
            .iter()
            .any(|line| !line.is_revoke && line.has(right))
    }

    /// Whether the login has a right on all tables of a database.
    pub(super) fn has(&self, right: &str, database: &str) -> bool {
        self.lines.iter().any(|line| {
            line.has(right)
                && match &line.object {
                    Object::Everything => !self.is_revoked(right, database),
                    Object::Database(pattern) => !line.is_revoke && self.matches(pattern, database),
                    Object::Table(..) | Object::Other => false,
                }
        })
    }

    /// Whether the login has a right on a table.
    pub(super) fn has_on_table(&self, right: &str, database: &str, table: &str) -> bool {
        self.has(right, database)
            || self.lines.iter().any(|line| {
                !line.is_revoke
                    && line.has(right)
                    && line.object == Object::Table(database.to_owned(), table.to_owned())
            })
    }

    /// Whether SELECT is all that the login may do with the tables of a database.
    pub(super) fn only_select(&self, database: &str) -> bool {
        const ON_TABLES: [&str; 11] = [
            "INSERT",
            "UPDATE",
            "DELETE",
            "CREATE",
            "DROP",
            "REFERENCES",
            "INDEX",
            "ALTER",
            "SHOW VIEW",
            "CREATE VIEW",
            "TRIGGER",
        ];
        self.has("SELECT", database)
            && !ON_TABLES.into_iter().any(|right| self.has(right, database))
    }

    fn is_revoked(&self, right: &str, database: &str) -> bool {
        self.lines.iter().any(|line| {
            line.is_revoke
                && line.has(right)
                && line.object == Object::Database(database.to_owned())
        })
    }

    fn matches(&self, pattern: &str, database: &str) -> bool {
        if self.is_literal {
            return pattern == database;
        }
        let pattern: Vec<char> = pattern.chars().collect();
        let database: Vec<char> = database.chars().collect();
        like(&pattern, &database)
    }
}

/// Whether a line may say something of what is seen in a database: all that do not surely speak of
/// others alone. Names differ at least without case, and whether `%` and `_` are wildcards is left open.
pub(super) fn concerns(line: &str, database: &str) -> bool {
    let lower = |name: &str| name.to_lowercase();
    let characters = |name: &str| lower(name).chars().collect::<Vec<_>>();
    match Line::parse(line).map(|line| line.object) {
        Some(Object::Database(own)) => {
            lower(&own) == lower(database) || like(&characters(&own), &characters(database))
        }
        Some(Object::Table(own, _)) => lower(&own) == lower(database),
        Some(Object::Everything | Object::Other) | None => true,
    }
}

/// LIKE of SQL, with `\` before what is to be taken as it is.
fn like(pattern: &[char], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['%', rest @ ..] => (0..=text.len()).any(|skipped| like(rest, &text[skipped..])),
        ['\\', literal, rest @ ..] => text.first() == Some(literal) && like(rest, &text[1..]),
        [one, rest @ ..] => {
            text.first()
                .is_some_and(|first| *one == '_' || one == first)
                && like(rest, &text[1..])
        }
    }
}

impl Line {
    /// A line that speaks of rights; None for one that grants a role or sets a default.
    fn parse(line: &str) -> Option<Self> {
        let (is_revoke, rest) = match line.strip_prefix("GRANT ") {
            Some(rest) => (false, rest),
            None => (true, line.strip_prefix("REVOKE ")?),
        };
        let (rights, rest) = split_outside(rest, " ON ")?;
        let to = if is_revoke { " FROM " } else { " TO " };
        let (object, _) = split_outside(rest, to)?;
        Some(Self {
            is_revoke,
            rights: rights
                .split(',')
                .map(|right| right.trim().to_owned())
                .collect(),
            object: Object::parse(object),
        })
    }

    fn has(&self, right: &str) -> bool {
        // SHOW_ROUTINE is told by itself even where everything was granted.
        let by_all = !right.contains('_');
        self.rights
            .iter()
            .any(|own| own == right || (by_all && matches!(own.as_str(), "ALL PRIVILEGES" | "ALL")))
    }
}

impl Object {
    fn parse(text: &str) -> Self {
        if text == "*.*" {
            return Self::Everything;
        }
        let parts = split_outside(text, ".").and_then(|(database, table)| {
            Some((
                unquoted(database)?,
                if table == "*" {
                    None
                } else {
                    Some(unquoted(table)?)
                },
            ))
        });
        match parts {
            Some((database, None)) => Self::Database(database),
            Some((database, Some(table))) => Self::Table(database, table),
            None => Self::Other,
        }
    }
}

/// Splits at the first separator that does not stand within quotes.
pub(super) fn split_outside<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let mut quote = None;
    for (index, character) in text.char_indices() {
        match quote {
            None if text[index..].starts_with(separator) => {
                return Some((&text[..index], &text[index + separator.len()..]));
            }
            None if matches!(character, '`' | '\'' | '"') => quote = Some(character),
            Some(open) if open == character => quote = None,
            _ => {}
        }
    }
    None
}

fn unquoted(name: &str) -> Option<String> {
    let inner = name.strip_prefix('`')?.strip_suffix('`')?;
    Some(inner.replace("``", "`"))
}

/// A database as GRANT takes it: a pattern that it alone matches.
fn pattern(database: &str, is_literal: bool) -> String {
    let mut text = String::with_capacity(database.len());
    for character in database.chars() {
        if !is_literal && matches!(character, '_' | '%' | '\\') {
            text.push('\\');
        }
        text.push(character);
    }
    quote::mysql(&text)
}

/// An account as `CURRENT_USER()` prints it, as one types it.
pub(in crate::mysql) fn quoted(account: &str) -> String {
    let quote = |name: &str| format!("'{}'", name.replace('\'', "''"));
    match account.rsplit_once('@') {
        Some((user, host)) => format!("{}@{}", quote(user), quote(host)),
        None => quote(account),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grants(lines: &[&str], is_literal: bool) -> Grants {
        let lines: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
        Grants::parse(&lines, is_literal)
    }

    #[test]
    fn databases_are_patterns() {
        let line = r"GRANT SELECT ON `a\_b%`.* TO `u`@`%`";
        assert!(grants(&[line], false).has("SELECT", "a_b"));
        assert!(grants(&[line], false).has("SELECT", "a_bcd"));
        assert!(!grants(&[line], false).has("SELECT", "axb"));
        assert!(grants(&["GRANT SELECT ON `a_b`.* TO x"], false).has("SELECT", "axb"));
        assert!(!grants(&["GRANT SELECT ON `a_b`.* TO x"], true).has("SELECT", "axb"));
    }

    #[test]
    fn a_pattern_of_one_database_matches_it_alone() {
        for name in [
            "plain",
            "a_b",
            "100%",
            "back\\slash",
            "tick`",
            "日本",
            "on TO x",
            ".",
        ] {
            let line = format!("GRANT EVENT ON {}.* TO `u`@`%`", pattern(name, false));
            let grants = grants(&[&line], false);
            assert!(grants.has("EVENT", name), "{line}");
            assert!(!grants.has("EVENT", &format!("{name}x")), "{line}");
            assert!(!grants.has("EVENT", "another"), "{line}");
        }
    }

    #[test]
    fn a_further_grant_names_what_is_there() {
        let with = |line: &str| grants(&[line], false).object_for("my_shop");
        assert_eq!(with("GRANT SELECT ON `my_shop`.* TO x"), "`my_shop`");
        assert_eq!(with(r"GRANT SELECT ON `my\_shop`.* TO x"), r"`my\_shop`");
        assert_eq!(with("GRANT SELECT ON `my%`.* TO x"), "`my%`");
        assert_eq!(with("GRANT SELECT ON `other`.* TO x"), r"`my\_shop`");
        assert_eq!(with("GRANT USAGE ON *.* TO x"), r"`my\_shop`");
    }

    #[test]
    fn columns_tables_and_routines_are_not_the_database() {
        let grants = grants(
            &[
                "GRANT SELECT (`id`, `a ON b`) ON `shop`.`t` TO `u`@`%`",
                "GRANT INSERT ON `shop`.`t` TO `u`@`%`",
                "GRANT EXECUTE ON PROCEDURE `shop`.`p` TO `u`@`%`",
                "GRANT PROXY ON ''@'%' TO 'root'@'localhost' WITH GRANT OPTION",
                "SET DEFAULT ROLE `r` FOR `u`@`%`",
            ],
            false,
        );
        for right in ["SELECT", "INSERT", "EXECUTE", "PROXY"] {
            assert!(!grants.has(right, "shop"), "{right}");
        }
        assert!(grants.has_on_table("INSERT", "shop", "t"));
        assert!(!grants.has_on_table("SELECT", "shop", "t"));
    }

    #[test]
    fn a_partial_revoke_takes_away() {
        let grants = grants(
            &[
                "GRANT SELECT, SHOW VIEW ON *.* TO `u`@`%`",
                "REVOKE SELECT ON `shop`.* FROM `u`@`%`",
            ],
            true,
        );
        assert!(!grants.has("SELECT", "shop") && grants.has("SHOW VIEW", "shop"));
        assert!(grants.has("SELECT", "other") && !grants.everywhere("SELECT"));
    }

    #[test]
    fn accounts_are_quoted() {
        assert_eq!(quoted("o'hara@10.0.%"), "'o''hara'@'10.0.%'");
        assert_eq!(quoted("a@b@%"), "'a@b'@'%'");
    }
}
