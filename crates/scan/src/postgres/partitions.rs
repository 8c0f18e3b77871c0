//! Partition keys. The partitions themselves are tables with parents.

use models::details::Partitioning;

use super::row::Row;
use crate::{PartitionRecord, Record, ScanError};

/// The statement; its parameters are those of [`super::resume::Source`].
pub(super) const STATEMENT: &str = concat!(
    "-- plumbline partitions\n",
    include_str!("sql/relation.sql"),
    include_str!("sql/exclusive.sql"),
    include_str!("sql/partitions.sql"),
);

/// The record of a row.
pub(super) fn record(row: &Row) -> Result<Record, ScanError> {
    Ok(Record::Partition(PartitionRecord {
        schema: row.text()?,
        table: row.text()?,
        position: 0,
        scheme: scheme(&row.text()?),
        part: None,
    }))
}

/// Takes `RANGE (key)` apart.
fn scheme(definition: &str) -> Partitioning {
    let (method, key) = definition.split_once(' ').unwrap_or((definition, ""));
    let expression = key
        .strip_prefix('(')
        .and_then(|key| key.strip_suffix(')'))
        .unwrap_or(key);
    Partitioning {
        method: method.to_owned(),
        expression: expression.to_owned(),
        sub_method: None,
        sub_expression: None,
        parts: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_is_method_and_key() {
        let parts = |definition| {
            let scheme = scheme(definition);
            (scheme.method, scheme.expression)
        };
        assert_eq!(
            parts("RANGE (a, b)"),
            ("RANGE".to_owned(), "a, b".to_owned())
        );
        assert_eq!(
            parts("LIST (lower((x)::text))"),
            ("LIST".to_owned(), "lower((x)::text)".to_owned())
        );
    }
}
