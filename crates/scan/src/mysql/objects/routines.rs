//! Functions, procedures and packages.

use std::collections::HashMap;
use std::fmt::Write;

use models::database_object::{ObjectDetails, Routine};

use super::super::row::Row;
use super::super::scope::Scope;
use super::super::session::Session;
use super::object;
use crate::produce::Out;
use crate::{ObjectRecord, Record, ScanError, quote};

const ROUTINES: &str = include_str!("../sql/routines.sql");

/// Without what a function returns, which has the place 0.
const PARAMETERS: &str = "/* plumbline parameters */ \
    SELECT SPECIFIC_NAME, ROUTINE_TYPE, PARAMETER_MODE, PARAMETER_NAME, DTD_IDENTIFIER \
    FROM information_schema.PARAMETERS \
    WHERE SPECIFIC_SCHEMA = ? AND CAST(SPECIFIC_SCHEMA AS BINARY) = ? /* selected tables */ \
    AND ORDINAL_POSITION > 0 \
    ORDER BY CAST(SPECIFIC_NAME AS BINARY), ROUTINE_TYPE, ORDINAL_POSITION";

/// Arguments by kind and name of the routine.
type Arguments = HashMap<(String, String), String>;

/// Sends the routines.
pub(super) async fn read(
    session: &mut Session,
    scope: &Scope<'_>,
    out: &mut Out,
) -> Result<(), ScanError> {
    let mut arguments = arguments(session, scope).await?;
    let mut rows = session.rows(scope.what("routines"), scope.query(ROUTINES))?;
    while let Some(row) = rows.next().await? {
        let record = routine(&row, &mut arguments)?;
        out.send(Record::Object(record)).await;
    }
    Ok(())
}

async fn arguments(session: &mut Session, scope: &Scope<'_>) -> Result<Arguments, ScanError> {
    let mut arguments = Arguments::new();
    let mut rows = session.rows(scope.what("parameters"), scope.query(PARAMETERS))?;
    while let Some(row) = rows.next().await? {
        let kind = row.text(1)?;
        // Those of a function are all IN, which one cannot write there.
        let mode = row.filled(2)?.filter(|_| kind != "FUNCTION");
        let text: &mut String = arguments.entry((kind, row.text(0)?)).or_default();
        if !text.is_empty() {
            text.push_str(", ");
        }
        if let Some(mode) = mode {
            let _ = write!(text, "{mode} ");
        }
        let _ = write!(text, "{} {}", quoted(row.text(3)?), row.text(4)?);
    }
    Ok(arguments)
}

/// A name as one has to type it: in backticks unless it is a plain word.
fn quoted(name: String) -> String {
    let is_plain = !name.is_empty()
        && name
            .chars()
            .all(|character| character.is_alphanumeric() || matches!(character, '_' | '$'));
    if is_plain { name } else { quote::mysql(&name) }
}

fn routine(row: &Row, arguments: &mut Arguments) -> Result<ObjectRecord, ScanError> {
    let (kind, name) = (row.text(1)?, row.text(0)?);
    let is_package = kind.starts_with("PACKAGE");
    let routine = Routine {
        language: row.filled(2)?,
        arguments: (!is_package).then(|| {
            arguments
                .remove(&(kind.clone(), name.clone()))
                .unwrap_or_default()
        }),
        returns: row.filled(3)?,
        deterministic: Some(row.yes(5)?),
        data_access: row.filled(6)?,
        security: row.filled(7)?,
        definer: row.filled(9)?,
        ..Routine::default()
    };
    Ok(ObjectRecord {
        // NULL or '' where the login may not see it.
        definition: row.filled(4)?,
        comment: row.filled(8)?,
        details: ObjectDetails {
            routine: Some(routine),
            ..ObjectDetails::default()
        },
        ..object(kind, name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_names_of_parameters_are_quoted() {
        for (name, expected) in [
            ("a", "a"),
            ("größe_1$", "größe_1$"),
            ("in out", "`in out`"),
            ("a`b", "`a``b`"),
            ("", "``"),
        ] {
            assert_eq!(quoted(name.to_owned()), expected);
        }
    }
}
