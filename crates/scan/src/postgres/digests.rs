//! What tells whether a table has changed: a digest over the versions of the catalog's rows that it
//! consists of, and of those that it depends on.
//!
//! It costs a twentieth of a whole reading, since nothing is printed and nothing is locked. What
//! counts: the rows that the other parts read, and everything of which they print the name or the
//! labels, found by `pg_depend`. What does not: figures, which come along, and privileges, which
//! hide nothing here.

use super::row::Row;
use super::scope::Scope;
use super::server;
use super::session::Session;
use crate::produce::Out;
use crate::{DigestRecord, Figures, Record, ScanError};

const STATEMENT: &str = concat!(
    "-- plumbline digests\n",
    include_str!("sql/relation.sql"),
    include_str!("sql/figures.sql"),
    include_str!("sql/digests.sql"),
);

/// Sends the digests of all relations, with their figures.
pub(super) async fn read(
    session: &mut Session,
    scope: Scope<'_>,
    mut out: Out,
) -> Result<(), ScanError> {
    // Without it the digest is NULL, and everything is read: two servers may well have given the same numbers.
    let server = server::identity(session).await?;
    let query = sqlx::query(STATEMENT).bind(scope.parameter()).bind(server);
    let mut rows = session.rows("the digests of the tables", query)?;
    while let Some(row) = rows.next().await? {
        out.send(Record::Digest(record(&row)?)).await;
    }
    Ok(())
}

fn record(row: &Row) -> Result<DigestRecord, ScanError> {
    let source_identity = row.number()?;
    let (schema, table, digest) = (row.text()?, row.text()?, row.optional()?);
    let row_count = row.number()?;
    Ok(DigestRecord {
        schema,
        table,
        part: "all",
        digest,
        source_identity,
        figures: Some(Figures {
            row_count,
            row_count_source: row_count.map(|_| "estimate"),
            data_size_bytes: row.number()?,
            index_size_bytes: row.number()?,
            toast_size_bytes: row.number()?,
            auto_increment: None,
        }),
    })
}
