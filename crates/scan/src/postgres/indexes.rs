//! Indexes.

use models::details::{Index, IndexColumn};

use super::row::Row;
use crate::{IndexRecord, Record, ScanError};

/// The statement; its parameters are those of [`super::resume::Source`].
pub(super) const STATEMENT: &str = concat!(
    "-- plumbline indexes\n",
    include_str!("sql/relation.sql"),
    include_str!("sql/exclusive.sql"),
    include_str!("sql/indexes.sql"),
);

/// The record of a row.
pub(super) fn record(row: &Row) -> Result<Record, ScanError> {
    let (schema, table, name) = (row.text()?, row.text()?, row.text()?);
    // As they stand in a statement.
    let (name_word, table_word) = (row.text()?, row.text()?);
    let comment = row.optional()?;
    let method = row.text()?;
    let can_order = row.flag()?;
    let (unique, primary, valid) = (row.flag()?, row.flag()?, row.flag()?);
    let nulls_not_distinct = row.flag()?;
    let keys = usize::try_from(row.small()?).unwrap_or_default();
    let parts = Parts {
        names: row.optional_texts()?,
        classes: row.optional_texts()?,
        collations: row.optional_texts()?,
        options: row.word()?,
        can_order,
        expressions: row.optional_texts()?,
    };
    let (columns, included) = parts.columns(keys);
    let predicate = row.optional()?;
    let is_printed = row.flag()?;
    let printed = row.optional()?;
    let mut index = Index {
        name,
        method,
        unique,
        primary,
        valid,
        visible: true,
        nulls_not_distinct,
        columns,
        included,
        predicate,
        definition: None,
        comment,
    };
    index.definition = if is_printed {
        printed
    } else {
        let words = &parts.names;
        Some(definition(&index, words, &name_word, &table_word))
    };
    Ok(Record::Index(IndexRecord {
        schema,
        table,
        index,
    }))
}

/// The parts of an index, as lists side by side.
struct Parts<'a> {
    /// Names as they stand in a statement, those of included columns last; None for an expression.
    names: Vec<Option<String>>,
    /// Operator classes that are not what a column gets by itself.
    classes: Vec<Option<String>>,
    /// Collations that are not the column's.
    collations: Vec<Option<String>>,
    /// `indoption` as the server prints it.
    options: &'a str,
    /// Whether the method keeps an order.
    can_order: bool,
    /// Expressions where a name is absent.
    expressions: Vec<Option<String>>,
}

impl Parts<'_> {
    /// The first `keys` parts, and the names of the rest.
    fn columns(&self, keys: usize) -> (Vec<IndexColumn>, Vec<String>) {
        let at = |texts: &[Option<String>], place| texts.get(place).cloned().flatten();
        let mut options = self.options.split(' ');
        let columns = (0..keys.min(self.names.len())).map(|place| {
            let word = options.next().and_then(|word| word.parse().ok());
            let option: u16 = word.unwrap_or_default();
            let name = at(&self.names, place).map(|word| unquoted(&word));
            IndexColumn {
                expression: at(&self.expressions, place).filter(|_| name.is_none()),
                name,
                // INDOPTION_DESC and INDOPTION_NULLS_FIRST (`PostgreSQL` source, catalog/pg_index.h).
                descending: option & 1 != 0,
                nulls_first: self.can_order.then_some(option & 2 != 0),
                prefix_length: None,
                operator_class: at(&self.classes, place),
                collation: at(&self.collations, place),
            }
        });
        let columns = columns.collect();
        let included = self.names.iter().skip(keys).flatten();
        (columns, included.map(|word| unquoted(word)).collect())
    }
}

/// A name out of what `quote_ident` made of it.
fn unquoted(word: &str) -> String {
    word.strip_prefix('"')
        .and_then(|word| word.strip_suffix('"'))
        .map_or_else(|| word.to_owned(), |name| name.replace("\"\"", "\""))
}

/// What `pg_get_indexdef` prints for an index of columns alone. The server takes fifteen times as
/// long for it as for all else that is read of an index.
fn definition(index: &Index, words: &[Option<String>], name: &str, table: &str) -> String {
    let word = |place: usize| {
        words
            .get(place)
            .and_then(Option::as_deref)
            .unwrap_or_default()
    };
    let keys: Vec<String> = index
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| key_part(word(place), column))
        .collect();
    let unique = if index.unique { "UNIQUE " } else { "" };
    let mut text = format!(
        "CREATE {unique}INDEX {name} ON {table} USING {} ({}",
        index.method,
        keys.join(", ")
    );
    if !index.included.is_empty() {
        let included: Vec<&str> = (keys.len()..words.len()).map(word).collect();
        text.push_str(") INCLUDE (");
        text.push_str(&included.join(", "));
    }
    text.push(')');
    if index.nulls_not_distinct {
        text.push_str(" NULLS NOT DISTINCT");
    }
    text
}

fn key_part(word: &str, column: &IndexColumn) -> String {
    let mut text = word.to_owned();
    if let Some(collation) = &column.collation {
        text.push_str(" COLLATE ");
        text.push_str(collation);
    }
    if let Some(class) = &column.operator_class {
        text.push(' ');
        text.push_str(class);
    }
    text.push_str(match (column.descending, column.nulls_first) {
        (true, Some(true)) => " DESC",
        (true, Some(false)) => " DESC NULLS LAST",
        (false, Some(true)) => " NULLS FIRST",
        _ => "",
    });
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<const N: usize>(texts: [&str; N]) -> Vec<Option<String>> {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        texts.into_iter().map(some).collect()
    }

    #[test]
    fn names_and_expressions_keep_their_places() {
        let parts = Parts {
            names: texts(["a", "", "\"B \"\"\"", "c"]),
            classes: texts(["", "text_pattern_ops", ""]),
            collations: texts(["\"C\"", "", ""]),
            options: "0 3 2",
            can_order: true,
            expressions: texts(["", "lower(x)", ""]),
        };
        let (columns, included) = parts.columns(3);
        let column = |descending, nulls_first| IndexColumn {
            descending,
            nulls_first: Some(nulls_first),
            ..IndexColumn::default()
        };
        assert_eq!(
            columns,
            [
                IndexColumn {
                    name: Some("a".to_owned()),
                    collation: Some("\"C\"".to_owned()),
                    ..column(false, false)
                },
                IndexColumn {
                    expression: Some("lower(x)".to_owned()),
                    operator_class: Some("text_pattern_ops".to_owned()),
                    ..column(true, true)
                },
                IndexColumn {
                    name: Some("B \"".to_owned()),
                    ..column(false, true)
                },
            ]
        );
        assert_eq!(included, ["c"]);
        let unordered = Parts {
            options: "",
            can_order: false,
            ..parts
        };
        assert_eq!(unordered.columns(1).0[0].nulls_first, None);
    }

    #[test]
    fn a_definition_says_only_what_is_not_understood() {
        let column = |descending, nulls_first| IndexColumn {
            descending,
            nulls_first,
            ..IndexColumn::default()
        };
        let text = |column| key_part("a", &column);
        assert_eq!(text(column(false, Some(false))), "a");
        assert_eq!(text(column(false, Some(true))), "a NULLS FIRST");
        assert_eq!(text(column(true, Some(true))), "a DESC");
        assert_eq!(text(column(true, Some(false))), "a DESC NULLS LAST");
        assert_eq!(text(column(false, None)), "a");
    }
}
