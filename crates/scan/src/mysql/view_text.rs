//! Which tables the text of a view names.
//!
//! The servers print views in a form of their own, which is regular where SQL is not: each table
//! stands with its database, both in backticks, after FROM or a kind of JOIN; common table
//! expressions stand without one; lists of tables are printed as joins. So the names can be found
//! without a grammar for all that a query may contain.

/// The tables that a view reads, as database and name, in the order of the text, each as often as
/// it stands there.
pub(super) fn tables(definition: &str) -> Vec<(String, String)> {
    let mut tables = Vec::new();
    // For each open parenthesis, whether a query begins behind it: `extract(year from a.b)` has a
    // FROM as well.
    let mut queries = vec![false];
    let mut expects_table = false;
    let mut before = Token::Other;
    for token in (Tokens { rest: definition }) {
        match &token {
            Token::Open => queries.push(false),
            Token::Close => {
                queries.pop();
                expects_table = false;
            }
            Token::Word(word) => {
                let in_query = queries.last().is_some_and(|is_query| *is_query);
                expects_table = match word.as_str() {
                    "select" => {
                        if let Some(is_query) = queries.last_mut() {
                            *is_query = true;
                        }
                        false
                    }
                    // `is distinct from` compares values.
                    "from" => in_query && before != Token::Word("distinct".to_owned()),
                    "join" | "straight_join" => true,
                    _ => false,
                };
            }
            Token::Name(parts) => {
                if let ([database, table], true) = (parts.as_slice(), expects_table) {
                    tables.push((database.clone(), table.clone()));
                }
                expects_table = false;
            }
            Token::Other => expects_table = false,
        }
        before = token;
    }
    tables
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    /// A word without quotes, in lower case.
    Word(String),
    /// Names in backticks, with points between.
    Name(Vec<String>),
    Open,
    Close,
    /// Literals, numbers, operators.
    Other,
}

/// What is left of a text.
struct Tokens<'a> {
    rest: &'a str,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.rest = self.rest.trim_start();
        let first = self.rest.chars().next()?;
        Some(match first {
            '`' => self.name(),
            '\'' | '"' => {
                self.literal(first);
                Token::Other
            }
            '(' => self.skip(1, Token::Open),
            ')' => self.skip(1, Token::Close),
            _ if is_of_word(first) => {
                let end = self.rest.find(|next| !is_of_word(next));
                let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
                self.rest = rest;
                Token::Word(word.to_lowercase())
            }
            _ => self.skip(first.len_utf8(), Token::Other),
        })
    }
}

impl Tokens<'_> {
    fn skip(&mut self, length: usize, token: Token) -> Token {
        self.rest = self.rest.get(length..).unwrap_or_default();
        token
    }

    /// Names, the next of which is in backticks.
    fn name(&mut self) -> Token {
        let mut parts = Vec::new();
        while let Some(inner) = self.rest.strip_prefix('`') {
            let mut part = String::new();
            let mut characters = inner.char_indices().peekable();
            let mut end = inner.len();
            while let Some((index, character)) = characters.next() {
                if character != '`' {
                    part.push(character);
                } else if characters.next_if(|(_, next)| *next == '`').is_some() {
                    part.push('`');
                } else {
                    end = index + 1;
                    break;
                }
            }
            parts.push(part);
            self.rest = &inner[end..];
            match self.rest.strip_prefix(".`") {
                Some(_) => self.rest = &self.rest[1..],
                None => break,
            }
        }
        Token::Name(parts)
    }

    /// Skips a literal; a doubled quote counts as two literals, which comes to the same.
    fn literal(&mut self, quote: char) {
        let mut characters = self.rest.char_indices().skip(1);
        let mut end = self.rest.len();
        while let Some((index, character)) = characters.next() {
            if character == '\\' {
                characters.next();
            } else if character == quote {
                end = index + 1;
                break;
            }
        }
        self.rest = &self.rest[end..];
    }
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$' | '@')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(definition: &str) -> Vec<String> {
        tables(definition)
            .into_iter()
            .map(|(database, table)| format!("{database}/{table}"))
            .collect()
    }

    #[test]
    fn joins_sub_queries_and_unions() {
        assert_eq!(
            found(
                "select `a`.`x` AS `x` from ((`d`.`t` `a` left join `e`.`u` on(`a`.`x` = `u`.`y`)) \
                 join `d`.`w`) where exists(select 1 from `d`.`s` where `s`.`x` in (select `q`.`x` \
                 from `d`.`q` `q`)) union all select 1 from (select `z`.`x` AS `x` from `d`.`z`) `n`"
            ),
            ["d/t", "e/u", "d/w", "d/s", "d/q", "d/z"]
        );
    }

    #[test]
    fn a_from_of_a_function_names_no_table() {
        assert_eq!(
            found(
                "select extract(year from `a`.`made`) AS `y`, trim(both 'x' from `a`.`word`) AS `w`, \
                 `a`.`b` is distinct from `a`.`c` AS `z` from `d`.`t` `a`"
            ),
            ["d/t"]
        );
    }

    #[test]
    fn common_table_expressions_are_no_tables() {
        assert_eq!(
            found(
                "with recursive `c` as (select 1 AS `n` from `d`.`t` union all select `c`.`n` + 1 \
                 from `c`)select `c`.`n` AS `n` from (`c` join `c` `o`)"
            ),
            ["d/t"]
        );
    }

    #[test]
    fn literals_and_odd_names() {
        assert_eq!(
            found(
                "select ' from `d`.`no`' AS `a``b`,'it\\'s from `d`.`no`' AS `from `,\
                 'x'' from `d`.`no`' AS `\"` from `d.1`.`t``\"'(日` straight_join `d`.`sel ect`"
            ),
            ["d.1/t`\"'(日", "d/sel ect"]
        );
    }

    #[test]
    fn whatever_is_cut_or_odd_ends() {
        for text in [
            "",
            "`",
            "'",
            "select `a` from `d`.",
            "from `d`.`t`",
            ")))(",
            "'\\",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(found("select 1 from `d`.`cut"), ["d/cut"]);
    }
}
