//! What has become of databases and tables that somebody has seen before.

use db::StoreError;
use models::lookup::{KnownDatabase, KnownTable};
use sqlx::PgConnection;

/// The databases with these ids, gone ones too. Ids that the tenant does not have are left out.
///
/// # Errors
/// When the store fails.
pub async fn databases(
    conn: &mut PgConnection,
    ids: &[i64],
) -> Result<Vec<KnownDatabase>, StoreError> {
    let rows = sqlx::query_as!(
        KnownDatabase,
        "-- known databases
        select id, datasource_id, database_name, last_scan_at, removed_at
        from metadata.databases
        where tenant_id = metadata.current_tenant() and id = any ($1)
        order by id",
        ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

/// The tables with these ids, gone ones too, and those that have the names of gone ones now. Ids that the
/// tenant does not have are left out.
///
/// # Errors
/// When the store fails.
pub async fn tables(conn: &mut PgConnection, ids: &[i64]) -> Result<Vec<KnownTable>, StoreError> {
    let rows = sqlx::query_file_as!(KnownTable, "sql/known_tables.sql", ids)
        .fetch_all(conn)
        .await?;
    Ok(rows)
}
