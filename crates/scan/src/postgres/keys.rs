//! Primary, unique and foreign keys.

use models::details::{KeyKind, Reference};

use super::row::Row;
use crate::{KeyRecord, Record, ScanError};

/// The statement, for all versions.
pub(super) const STATEMENT: &str = concat!(
    "-- plumbline keys\n",
    include_str!("sql/relation.sql"),
    include_str!("sql/keys.sql"),
);

/// The record of a row.
pub(super) fn record(row: &Row) -> Result<Record, ScanError> {
    let (schema, table, name) = (row.text()?, row.text()?, row.text()?);
    let kind = match row.word()? {
        "p" => KeyKind::Primary,
        "f" => KeyKind::Foreign,
        _ => KeyKind::Unique,
    };
    let columns = row.texts()?;
    let reference = Reference {
        database_name: None,
        table_schema: row.text()?,
        table_name: row.text()?,
        columns: row.texts()?,
        on_update: action(row.word()?).to_owned(),
        on_delete: action(row.word()?).to_owned(),
        match_type: match_type(row.word()?).to_owned(),
    };
    let references = Some(reference).filter(|_| kind == KeyKind::Foreign);
    Ok(Record::Key(KeyRecord {
        schema,
        table,
        name,
        kind,
        columns,
        references,
    }))
}

/// The words for `confupdtype` and `confdeltype`; an unknown code stays as it is.
fn action(code: &str) -> &str {
    match code {
        "a" => "NO ACTION",
        "r" => "RESTRICT",
        "c" => "CASCADE",
        "n" => "SET NULL",
        "d" => "SET DEFAULT",
        other => other,
    }
}

/// The word for `confmatchtype`; an unknown code stays as it is.
fn match_type(code: &str) -> &str {
    match code {
        "s" => "SIMPLE",
        "f" => "FULL",
        "p" => "PARTIAL",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_the_words_of_sql() {
        assert_eq!(
            ["a", "r", "c", "n", "d", "?"].map(action),
            [
                "NO ACTION",
                "RESTRICT",
                "CASCADE",
                "SET NULL",
                "SET DEFAULT",
                "?"
            ]
        );
        assert_eq!(
            ["s", "f", "p", "?"].map(match_type),
            ["SIMPLE", "FULL", "PARTIAL", "?"]
        );
    }
}
