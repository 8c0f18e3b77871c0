//! Indexes.

use models::details::{Index, IndexColumn};

use super::row::Row;
use crate::{IndexRecord, Record, ScanError};

/// The statement, for all versions.
pub(super) const STATEMENT: &str = concat!(
    "-- plumbline indexes\n",
    include_str!("sql/relation.sql"),
    include_str!("sql/indexes.sql"),
);

/// The record of a row.
pub(super) fn record(row: &Row) -> Result<Record, ScanError> {
    let (schema, table, name) = (row.text()?, row.text()?, row.text()?);
    let method = row.text()?;
    let (unique, primary, valid) = (row.flag()?, row.flag()?, row.flag()?);
    let mut names = row.optional_texts()?;
    let keys = usize::try_from(row.small()?)
        .unwrap_or_default()
        .min(names.len());
    let included = names.split_off(keys).into_iter().flatten().collect();
    let columns = columns(names, row.word()?, row.optional_texts()?);
    let index = Index {
        name,
        method,
        unique,
        primary,
        valid,
        visible: true,
        columns,
        included,
        predicate: row.optional()?,
        comment: row.optional()?,
    };
    Ok(Record::Index(IndexRecord {
        schema,
        table,
        index,
    }))
}

/// The key columns: their names, `indoption` as the server prints it, and expressions where a name
/// is absent.
fn columns(
    names: Vec<Option<String>>,
    options: &str,
    expressions: Vec<Option<String>>,
) -> Vec<IndexColumn> {
    let mut options = options.split(' ');
    let mut expressions = expressions.into_iter();
    names
        .into_iter()
        .map(|name| {
            let option: u16 = options
                .next()
                .and_then(|word| word.parse().ok())
                .unwrap_or_default();
            let expression = expressions.next().flatten();
            IndexColumn {
                expression: expression.filter(|_| name.is_none()),
                name,
                // INDOPTION_DESC (`PostgreSQL` source, catalog/pg_index.h).
                descending: option & 1 == 1,
                prefix_length: None,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_expressions_keep_their_places() {
        let column = |name: Option<&str>, expression: Option<&str>, descending| IndexColumn {
            name: name.map(str::to_owned),
            expression: expression.map(str::to_owned),
            descending,
            prefix_length: None,
        };
        assert_eq!(
            columns(
                vec![Some("a".to_owned()), None, Some("b".to_owned())],
                "0 3 2",
                vec![None, Some("lower(x)".to_owned()), None],
            ),
            [
                column(Some("a"), None, false),
                column(None, Some("lower(x)"), true),
                column(Some("b"), None, false),
            ]
        );
        assert_eq!(
            columns(vec![Some("a".to_owned())], "1", Vec::new()),
            [column(Some("a"), None, true)]
        );
    }
}
