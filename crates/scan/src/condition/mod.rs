//! Conditions on rows that somebody else has written, made safe by never being passed on.
//!
//! A text is taken apart into the few forms that are allowed: columns that the catalog names, values,
//! comparisons, IN, BETWEEN, LIKE, IS NULL, AND, OR and NOT. What a server gets is printed from that
//! tree by its [`Dialect`], with names quoted and values bound; no part of the text goes with it.

mod columns;
mod parse;
mod print;
mod token;

use crate::preview::Column;

pub use columns::choose;
pub(crate) use print::{Dialect, print};

/// The longest text, in characters.
const MOST_CHARACTERS: usize = 4_000;
/// How deep parentheses and NOT may stand in each other.
const DEEPEST: usize = 32;
/// How many comparisons, lists and the like one text may have.
const MOST_TESTS: usize = 100;
/// How many values a list may have.
const MOST_VALUES: usize = 200;

/// Why a text is not taken: where, and what to change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at character {at}: {what}")]
pub struct Refusal {
    /// Which character of the text, from 1.
    pub at: usize,
    /// What is wrong there and what to write instead.
    pub what: String,
}

impl Refusal {
    fn new(at: usize, what: impl Into<String>) -> Self {
        Self {
            at,
            what: what.into(),
        }
    }
}

/// A condition on the rows of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition(Node);

impl Condition {
    /// Reads a condition on a table of these columns.
    ///
    /// # Errors
    /// [`Refusal`] for anything but the forms that are allowed.
    pub fn parse(text: &str, columns: &[Column]) -> Result<Self, Refusal> {
        parse::parse(text, columns).map(Self)
    }

    /// What is asked, with `?` for each value: fit to be kept, since values may be secrets.
    #[must_use]
    pub fn outline(&self) -> String {
        print(self, &mut print::Outline).unwrap_or_default()
    }
}

/// A part of a condition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// All of them hold.
    All(Vec<Node>),
    /// One of them holds.
    Any(Vec<Node>),
    /// It does not hold.
    Not(Box<Node>),
    /// A column compared with a value.
    Value(Column, Comparison, Literal),
    /// A column compared with another.
    Columns(Column, Comparison, Column),
    /// A test with a word of its own.
    Test(Test),
}

/// A test with a word of its own, which NOT may stand before.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Test {
    pub(crate) column: Column,
    pub(crate) is_negated: bool,
    pub(crate) kind: TestKind,
}

/// What is tested.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TestKind {
    In(Vec<Literal>),
    Between(Literal, Literal),
    Like(String),
    Null,
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Comparison {
    /// The same in all dialects.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Unequal => "<>",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }

    /// The same with its sides changed.
    fn turned(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::Greater => Self::Less,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }
}

/// A value as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Literal {
    /// Text in quotes.
    Text(String),
    /// A number: an optional `-`, digits, at most one point, an optional exponent.
    Number(String),
    /// TRUE or FALSE.
    Boolean(bool),
    /// Bytes, written as `x'0aff'`.
    Bytes(Vec<u8>),
}

#[cfg(test)]
mod tests;
