//! Growth: tables that hold many more rows or bytes than before, or many fewer.

use db::StoreError;
use sqlx::PgConnection;

use crate::merge::Merge;

/// Tells of the tables of a database whose rows or bytes differ by more than `percent` from those last told. It is
/// no change of structure: what the figures are from may be a server's rough estimate.
///
/// # Errors
/// When the store fails.
pub async fn note(conn: &mut PgConnection, merge: Merge, percent: u32) -> Result<(), StoreError> {
    sqlx::query_file!(
        "sql/note_growth.sql",
        merge.key.scan_id,
        merge.key.database_id,
        i32::try_from(percent).unwrap_or(i32::MAX),
        merge.records_changes
    )
    .execute(conn)
    .await?;
    Ok(())
}
