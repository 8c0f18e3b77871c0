//! Reading a condition, by recursive descent.

use super::columns::find;
use super::token::{Placed, QUALIFIED, Token, tokens};
use super::{Comparison, DEEPEST, Literal, MOST_TESTS, MOST_VALUES, Node, Refusal, Test, TestKind};
use crate::preview::Column;

const NO_FUNCTIONS: &str = "functions are not allowed: compare the column itself";
const NO_SUBQUERIES: &str =
    "sub-queries are not allowed: only columns of this table and values can be compared";
const NO_NULL: &str = "nothing compares with NULL: write IS NULL or IS NOT NULL";

/// Reads a whole text.
pub(super) fn parse(text: &str, columns: &[Column]) -> Result<Node, Refusal> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        end: text.chars().count() + 1,
        columns,
        depth: 0,
        tests: 0,
    };
    let node = parser.any()?;
    match parser.peek() {
        None => Ok(node),
        Some(Token::Close) => Err(parser.refuse("this parenthesis was never opened")),
        Some(_) => Err(parser.refuse("AND or OR is missing here, or this is one word too many")),
    }
}

struct Parser<'a> {
    tokens: Vec<Placed>,
    next: usize,
    /// The place behind the last character.
    end: usize,
    columns: &'a [Column],
    depth: usize,
    tests: usize,
}

/// One side of a comparison.
enum Operand {
    Column(Column),
    Literal(Literal),
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(_, at)| *at)
    }

    /// What is wrong with the next word.
    fn refuse(&self, what: impl Into<String>) -> Refusal {
        Refusal::new(self.at(), what)
    }

    fn take(&mut self, wanted: &Token) -> bool {
        let found = self.peek() == Some(wanted);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, wanted: &Token, what: &str) -> Result<(), Refusal> {
        if self.take(wanted) {
            Ok(())
        } else {
            Err(self.refuse(what))
        }
    }

    /// Whether the next word is this one of the language.
    fn sees(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Name { text, is_quoted: false }) if text.eq_ignore_ascii_case(word))
    }

    fn word(&mut self, word: &str) -> bool {
        let found = self.sees(word);
        self.next += usize::from(found);
        found
    }

    fn any(&mut self) -> Result<Node, Refusal> {
        let mut parts = vec![self.all()?];
        while self.word("or") {
            parts.push(self.all()?);
        }
        Ok(joined(parts, Node::Any))
    }

    fn all(&mut self) -> Result<Node, Refusal> {
        let mut parts = vec![self.one()?];
        while self.word("and") {
            parts.push(self.one()?);
        }
        Ok(joined(parts, Node::All))
    }

    fn one(&mut self) -> Result<Node, Refusal> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let what = format!("parentheses and NOT stand in each other at most {DEEPEST} deep");
            return Err(self.refuse(what));
        }
        let node = if self.word("not") {
            Node::Not(Box::new(self.one()?))
        } else if self.take(&Token::Open) {
            if self.sees("select") || self.sees("with") || self.sees("values") {
                return Err(self.refuse(NO_SUBQUERIES));
            }
            let node = self.any()?;
            self.expect(&Token::Close, "a closing parenthesis is missing here")?;
            node
        } else {
            self.test()?
        };
        self.depth -= 1;
        Ok(node)
    }

    fn test(&mut self) -> Result<Node, Refusal> {
        self.tests += 1;
        if self.tests > MOST_TESTS {
            let what = format!("a condition has at most {MOST_TESTS} comparisons");
            return Err(self.refuse(what));
        }
        let at = self.at();
        let left = self.operand()?;
        if let Some(Token::Comparison(comparison)) = self.peek() {
            let comparison = *comparison;
            self.next += 1;
            return compare(at, left, comparison, self.operand()?);
        }
        let is_negated = self.word("not");
        let Operand::Column(column) = left else {
            return Err(self.refuse("a comparison such as = is missing here"));
        };
        let kind = if !is_negated && self.word("is") {
            return self.is_null(column);
        } else if self.word("in") {
            TestKind::In(self.list()?)
        } else if self.word("between") {
            let low = self.literal()?;
            if !self.word("and") {
                return Err(self.refuse("BETWEEN takes two values: BETWEEN 1 AND 9"));
            }
            TestKind::Between(low, self.literal()?)
        } else if self.word("like") {
            match self.literal()? {
                Literal::Text(pattern) => TestKind::Like(pattern),
                _ => return Err(self.refuse("LIKE takes a text: LIKE 'a%'")),
            }
        } else {
            let what =
                "a comparison is missing here: =, <>, <, <=, >, >=, IN, BETWEEN, LIKE, IS NULL";
            return Err(self.refuse(what));
        };
        Ok(Node::Test(Test {
            column,
            is_negated,
            kind,
        }))
    }

    fn is_null(&mut self, column: Column) -> Result<Node, Refusal> {
        let is_negated = self.word("not");
        if !self.word("null") {
            return Err(
                self.refuse("after IS stands NULL or NOT NULL; for a truth value write = TRUE")
            );
        }
        Ok(Node::Test(Test {
            column,
            is_negated,
            kind: TestKind::Null,
        }))
    }

    fn list(&mut self) -> Result<Vec<Literal>, Refusal> {
        self.expect(&Token::Open, "IN takes a list of values: IN (1, 2)")?;
        let mut values = Vec::new();
        loop {
            if values.len() == MOST_VALUES {
                let what = format!("a list has at most {MOST_VALUES} values");
                return Err(self.refuse(what));
            }
            values.push(self.literal()?);
            if self.take(&Token::Close) {
                return Ok(values);
            }
            self.expect(&Token::Comma, "values of a list are separated by commas")?;
        }
    }

    fn operand(&mut self) -> Result<Operand, Refusal> {
        let Some(Token::Name { text, is_quoted }) = self.peek() else {
            return self.literal().map(Operand::Literal);
        };
        let (text, is_quoted) = (text.clone(), *is_quoted);
        if !is_quoted && is_value(&text) {
            return self.literal().map(Operand::Literal);
        }
        if let Some((Token::Open, _)) = self.tokens.get(self.next + 1) {
            let is_query = ["exists", "any", "some", "all"]
                .iter()
                .any(|word| text.eq_ignore_ascii_case(word));
            return Err(self.refuse(if is_query {
                NO_SUBQUERIES
            } else {
                NO_FUNCTIONS
            }));
        }
        let column = find(self.columns, &text, is_quoted)
            .map_err(|unknown| self.refuse(unknown))?
            .clone();
        self.next += 1;
        // A point that no digit follows is refused before; `t.1` is a name and a number.
        match self.peek() {
            Some(Token::Number(number)) if number.starts_with('.') => Err(self.refuse(QUALIFIED)),
            Some(Token::Text(_)) => {
                Err(self.refuse("nothing may stand before a text: write the text alone"))
            }
            Some(Token::Plus | Token::Minus) => {
                Err(self.refuse("nothing is calculated: compare the column itself"))
            }
            _ => Ok(Operand::Column(column)),
        }
    }

    fn literal(&mut self) -> Result<Literal, Refusal> {
        let at = self.at();
        let is_signed = matches!(self.peek(), Some(Token::Minus | Token::Plus));
        let is_negative = self.take(&Token::Minus);
        if is_signed && !is_negative {
            self.next += 1;
        }
        let literal = match self.peek() {
            Some(Token::Number(digits)) => {
                let sign = if is_negative { "-" } else { "" };
                Literal::Number(format!("{sign}{digits}"))
            }
            _ if is_signed => return Err(Refusal::new(at, "a sign stands before a number alone")),
            Some(Token::Text(text)) => Literal::Text(text.clone()),
            Some(Token::Bytes(bytes)) => Literal::Bytes(bytes.clone()),
            Some(Token::Name { text, is_quoted }) => {
                return self.named(&text.clone(), *is_quoted);
            }
            Some(Token::Open) => return Err(self.refuse(NO_SUBQUERIES)),
            Some(_) => return Err(self.refuse("a value is missing before this")),
            None => return Err(self.refuse("the condition ends too early: a value is missing")),
        };
        self.next += 1;
        Ok(literal)
    }

    /// A value that is a word, or why a name is none.
    fn named(&mut self, text: &str, is_quoted: bool) -> Result<Literal, Refusal> {
        let is = |word: &str| !is_quoted && text.eq_ignore_ascii_case(word);
        if is("true") || is("false") {
            self.next += 1;
            return Ok(Literal::Boolean(is("true")));
        }
        let what = if is("null") {
            NO_NULL
        } else if is("select") {
            NO_SUBQUERIES
        } else if let Some((Token::Open, _)) = self.tokens.get(self.next + 1) {
            NO_FUNCTIONS
        } else {
            "a value stands here: a number, TRUE, FALSE, or text in '...'"
        };
        Err(self.refuse(what))
    }
}

/// Whether a word without quotes is a value, or tries to be one.
fn is_value(word: &str) -> bool {
    ["true", "false", "null"]
        .iter()
        .any(|value| word.eq_ignore_ascii_case(value))
}

fn joined(mut parts: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Node {
    if parts.len() == 1 {
        parts.swap_remove(0)
    } else {
        join(parts)
    }
}

fn compare(
    at: usize,
    left: Operand,
    comparison: Comparison,
    right: Operand,
) -> Result<Node, Refusal> {
    match (left, right) {
        (Operand::Column(left), Operand::Column(right)) => {
            Ok(Node::Columns(left, comparison, right))
        }
        (Operand::Column(column), Operand::Literal(value)) => {
            Ok(Node::Value(column, comparison, value))
        }
        (Operand::Literal(value), Operand::Column(column)) => {
            Ok(Node::Value(column, comparison.turned(), value))
        }
        (Operand::Literal(_), Operand::Literal(_)) => {
            let what = "two values are compared: one side must be a column";
            Err(Refusal::new(at, what))
        }
    }
}
