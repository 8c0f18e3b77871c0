//! Printing a condition: nothing but our own words, quoted names, and places for values.

use super::{Condition, Literal, Node, Refusal, Test, TestKind};
use crate::preview::Column;
use crate::quote;

/// How a server takes columns and values. An implementor keeps the values to be bound.
pub(crate) trait Dialect {
    /// A column.
    fn column(&mut self, column: &Column) -> Result<String, Refusal>;

    /// A place for a value that is compared with a column.
    fn value(&mut self, column: &Column, value: &Literal) -> Result<String, Refusal>;

    /// A place for a pattern of LIKE.
    fn pattern(&mut self, pattern: &str) -> String;
}

/// Prints a condition for a server.
///
/// # Errors
/// What the dialect refuses.
pub(crate) fn print(condition: &Condition, dialect: &mut dyn Dialect) -> Result<String, Refusal> {
    node(&condition.0, dialect)
}

fn node(of: &Node, dialect: &mut dyn Dialect) -> Result<String, Refusal> {
    match of {
        Node::All(parts) => list(parts, " and ", dialect),
        Node::Any(parts) => list(parts, " or ", dialect),
        Node::Not(part) => Ok(format!("(not {})", node(part, dialect)?)),
        Node::Value(column, comparison, value) => {
            let name = dialect.column(column)?;
            let value = dialect.value(column, value)?;
            Ok(format!("({name} {} {value})", comparison.as_str()))
        }
        Node::Columns(left, comparison, right) => {
            let (left, right) = (dialect.column(left)?, dialect.column(right)?);
            Ok(format!("({left} {} {right})", comparison.as_str()))
        }
        Node::Test(of) => test(of, dialect),
    }
}

fn list(parts: &[Node], between: &str, dialect: &mut dyn Dialect) -> Result<String, Refusal> {
    let parts: Vec<_> = parts
        .iter()
        .map(|part| node(part, dialect))
        .collect::<Result<_, _>>()?;
    Ok(format!("({})", parts.join(between)))
}

fn test(of: &Test, dialect: &mut dyn Dialect) -> Result<String, Refusal> {
    let Test {
        column,
        is_negated,
        kind,
    } = of;
    let name = dialect.column(column)?;
    let not = if *is_negated { "not " } else { "" };
    Ok(match kind {
        TestKind::In(values) => {
            let values: Vec<_> = values
                .iter()
                .map(|value| dialect.value(column, value))
                .collect::<Result<_, _>>()?;
            format!("({name} {not}in ({}))", values.join(", "))
        }
        TestKind::Between(low, high) => {
            let low = dialect.value(column, low)?;
            let high = dialect.value(column, high)?;
            format!("({name} {not}between {low} and {high})")
        }
        TestKind::Like(pattern) => format!("({name} {not}like {})", dialect.pattern(pattern)),
        TestKind::Null => format!("({name} is {not}null)"),
    })
}

/// For people and the record of previews: values are left out.
pub(super) struct Outline;

impl Dialect for Outline {
    fn column(&mut self, column: &Column) -> Result<String, Refusal> {
        Ok(quote::postgres(&column.name))
    }

    fn value(&mut self, _: &Column, _: &Literal) -> Result<String, Refusal> {
        Ok("?".to_owned())
    }

    fn pattern(&mut self, _: &str) -> String {
        "?".to_owned()
    }
}
