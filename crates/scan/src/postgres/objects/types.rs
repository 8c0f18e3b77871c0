//! Types that were made in the database.

use models::database_object::{Attribute, DataType, ObjectDetails};
use models::details::Check;

use crate::postgres::row::Row;
use crate::{ObjectRecord, Record, ScanError};

/// The statement; its parameters are those of [`crate::postgres::resume::Source`].
pub(super) const STATEMENT: &str = concat!(
    "-- plumbline types\n",
    include_str!("../sql/objects/types.sql")
);

/// The record of a row.
pub(super) fn record(row: &Row) -> Result<Record, ScanError> {
    let source_identity = row.number()?;
    let category = category(row.word()?).to_owned();
    Ok(Record::Object(ObjectRecord {
        source_identity,
        kind: "TYPE".to_owned(),
        schema: row.text()?,
        name: row.text()?,
        signature: String::new(),
        owner: row.optional()?,
        comment: row.optional()?,
        definition: None,
        details: ObjectDetails {
            data_type: Some(data_type(row, category)?),
            ..ObjectDetails::default()
        },
    }))
}

fn data_type(row: &Row, category: String) -> Result<DataType, ScanError> {
    let labels = row.texts()?;
    let (names, types) = (row.texts()?, row.texts()?);
    let attributes = names.into_iter().zip(types);
    Ok(DataType {
        category,
        labels,
        attributes: attributes
            .map(|(name, column_type)| Attribute { name, column_type })
            .collect(),
        base_type: row.optional()?,
        default: row.optional()?,
        not_null: row.flag()?,
        checks: checks(row)?,
    })
}

fn checks(row: &Row) -> Result<Vec<Check>, ScanError> {
    let (names, mut expressions) = (row.texts()?, row.optional_texts()?.into_iter());
    let (mut validated, mut comments) =
        (row.texts()?.into_iter(), row.optional_texts()?.into_iter());
    let checks = names.into_iter().map(|name| Check {
        name,
        expression: expressions.next().flatten().unwrap_or_default(),
        column: None,
        enforced: true,
        validated: validated.next().is_some_and(|word| word == "true"),
        no_inherit: false,
        comment: comments.next().flatten(),
    });
    Ok(checks.collect())
}

/// The word for `typtype`; an unknown code stays as it is.
fn category(code: &str) -> &str {
    match code {
        "b" => "base",
        "c" => "composite",
        "d" => "domain",
        "e" => "enum",
        "r" => "range",
        other => other,
    }
}
