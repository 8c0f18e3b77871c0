//! Keys and checks.

use models::details::{Check, Key, KeyKind, Reference};

use super::row::Row;
use crate::{CheckRecord, KeyRecord, Record, ScanError};

/// The statement; its parameters are those of [`super::resume::Source`].
pub(super) const STATEMENT: &str = concat!(
    "-- plumbline constraints\n",
    include_str!("sql/relation.sql"),
    include_str!("sql/exclusive.sql"),
    include_str!("sql/constraints.sql"),
);

/// The record of a row.
pub(super) fn record(row: &Row) -> Result<Record, ScanError> {
    let (schema, table, name) = (row.text()?, row.text()?, row.text()?);
    let comment = row.optional()?;
    let kind = row.word()?;
    let (validated, enforced, no_inherit) = (row.flag()?, row.flag()?, row.flag()?);
    let expression = row.text()?;
    let kind = match kind {
        "c" => {
            let check = Check {
                name,
                expression,
                column: None,
                enforced,
                validated,
                no_inherit,
                comment,
            };
            return Ok(Record::Check(CheckRecord {
                schema,
                table,
                check,
            }));
        }
        "p" => KeyKind::Primary,
        "f" => KeyKind::Foreign,
        "x" => KeyKind::Exclusion,
        _ => KeyKind::Unique,
    };
    let (deferrable, initially_deferred) = (row.flag()?, row.flag()?);
    // An expression of an exclusion key has no name.
    let columns = row.texts()?;
    let references = reference(row)?;
    let key = Key {
        name,
        kind,
        columns,
        references: Some(references).filter(|_| kind == KeyKind::Foreign),
        deferrable,
        initially_deferred,
        validated,
        enforced,
        definition: row.optional()?,
        comment,
    };
    Ok(Record::Key(KeyRecord { schema, table, key }))
}

fn reference(row: &Row) -> Result<Reference, ScanError> {
    Ok(Reference {
        database_name: None,
        table_schema: row.text()?,
        table_name: row.text()?,
        columns: row.texts()?,
        on_update: action(row.word()?).to_owned(),
        on_delete: action(row.word()?).to_owned(),
        on_delete_columns: row.texts()?,
        match_type: match_type(row.word()?).to_owned(),
    })
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
