//! Counted by `PostgreSQL`.

use sqlx::{PgConnection, Row};

use super::Counts;

/// What the connection's database has, by the server's own catalogs. The login sees everything.
///
/// # Errors
/// When a statement fails.
pub async fn of_postgres(connection: &mut PgConnection) -> Result<Counts, sqlx::Error> {
    let row = sqlx::query(include_str!("postgres.sql"))
        .fetch_one(connection)
        .await?;
    Ok(Counts {
        tables: row.try_get("tables")?,
        views: row.try_get("views")?,
        materialized_views: row.try_get("materialized_views")?,
        foreign_tables: row.try_get("foreign_tables")?,
        partitions: row.try_get("partitions")?,
        fields: row.try_get("fields")?,
        primary_keys: row.try_get("primary_keys")?,
        unique_keys: row.try_get("unique_keys")?,
        foreign_keys: row.try_get("foreign_keys")?,
        exclusion_keys: row.try_get("exclusion_keys")?,
        checks: row.try_get("checks")?,
        indexes: row.try_get("indexes")?,
        triggers: row.try_get("triggers")?,
        routines: row.try_get("routines")?,
        sequences: row.try_get("sequences")?,
        comments: row.try_get("comments")?,
    })
}
