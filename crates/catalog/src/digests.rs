//! Digests: what must be read again, and what is as it was.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use db::StoreError;
use models::details::TableName;
use scan::Chosen;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::staging::StagingKey;

/// Stands before every digest. Another release may read more of a table, or say it in another way,
/// though the table has not changed: raise it when what a scan makes of the same table changes.
pub const RELEASE: &str = "1";

/// What the staged digests tell of a database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Tables that have digests.
    pub tables: i64,
    /// Those of them that the catalog read when they had the same.
    pub known: i64,
    /// The fields of these.
    pub known_fields: i64,
    /// The last change that the scan had recorded by then; 0 for none. There is one where the database is read once more,
    /// and what was merged before has its digest in the catalog already.
    #[serde(default)]
    pub last_change: i64,
}

/// Compares the staged digests with those of the catalog, and marks the equal ones.
///
/// # Errors
/// When the store fails.
pub async fn compare(conn: &mut PgConnection, key: StagingKey) -> Result<Compared, StoreError> {
    let row = sqlx::query_file!("sql/mark_known.sql", key.scan_id, key.database_id, RELEASE)
        .fetch_one(conn)
        .await?;
    Ok(Compared {
        tables: row.tables,
        known: row.known,
        known_fields: row.known_fields,
        last_change: row.last_change,
    })
}

/// The tables whose digests differ from those of the catalog.
///
/// # Errors
/// When the store fails.
pub async fn chosen(conn: &mut PgConnection, key: StagingKey) -> Result<Vec<Chosen>, StoreError> {
    let rows = sqlx::query!(
        "-- chosen tables
        select table_schema, table_name, source_identity from metadata.staging_digests
        where scan_id = $1 and database_id = $2 and part in ('all', 'tables') and not is_known",
        key.scan_id,
        key.database_id
    )
    .fetch_all(conn)
    .await?;
    let chosen = rows.into_iter().map(|row| Chosen {
        name: TableName {
            table_schema: row.table_schema,
            table_name: row.table_name,
        },
        source_identity: row.source_identity,
    });
    Ok(chosen.collect())
}

/// Takes over the figures of the tables that were not read.
///
/// # Errors
/// When the store fails.
pub async fn refresh_figures(conn: &mut PgConnection, key: StagingKey) -> Result<(), StoreError> {
    sqlx::query_file!(
        "sql/refresh_figures.sql",
        key.scan_id,
        key.database_id,
        RELEASE
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets the digests of the tables of which the scan doubts that fields are gone: the next one must
/// look at them again.
///
/// # Errors
/// When the store fails.
pub async fn forget_doubted(conn: &mut PgConnection, key: StagingKey) -> Result<(), StoreError> {
    sqlx::query!(
        "-- forget digests of doubted
        update metadata.tables set source_digest = null
        where tenant_id = metadata.current_tenant() and id in (
            select f.table_id
            from metadata.removal_doubts d
            join metadata.fields f on f.tenant_id = d.tenant_id and f.id = any (d.object_ids)
            where d.tenant_id = metadata.current_tenant() and d.scan_id = $1 and d.database_id = $2
              and d.object_type = 'field'
        )",
        key.scan_id,
        key.database_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The tables in which a scan of everything has found something different though their digests were
/// the same when they were `compared`. Such a table may have changed after its digest was read.
///
/// # Errors
/// When the store fails.
pub async fn suspects(
    conn: &mut PgConnection,
    key: StagingKey,
    compared: Compared,
) -> Result<Vec<Suspect>, StoreError> {
    let rows = sqlx::query_as!(
        Suspect,
        r#"-- suspects
        select distinct d.table_schema as "table_schema!", d.table_name as "table_name!",
            d.source_digest as "source_digest!", t.id as "table_id!"
        from metadata.changes c
        join metadata.tables t on t.tenant_id = c.tenant_id and t.id = c.table_id
        join metadata.staged_digests($1, $2, $3) d on d.table_schema = t.table_schema and d.table_name = t.table_name
        where c.tenant_id = metadata.current_tenant() and c.database_id = $2 and c.scan_id = $1
          and c.change_type in ('added', 'changed', 'removed') and d.is_known and c.id > $4"#,
        key.scan_id,
        key.database_id,
        RELEASE,
        compared.last_change
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

/// A table that may have changed without its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// Its schema.
    pub table_schema: String,
    /// Its name.
    pub table_name: String,
    /// The digests that were staged, as one text.
    pub source_digest: String,
    /// The table in the catalog.
    pub table_id: i64,
}

impl Suspect {
    /// Schema and name.
    #[must_use]
    pub fn name(&self) -> (String, String) {
        (self.table_schema.clone(), self.table_name.clone())
    }

    /// Whether the data source still tells the same of it: `parts` with their digests.
    #[must_use]
    pub fn is_confirmed(&self, parts: &BTreeMap<&str, String>) -> bool {
        let mut digest = RELEASE.to_owned();
        for (part, text) in parts {
            // Writing to a `String` cannot fail.
            let _ = write!(digest, " {part} {text}");
        }
        digest == self.source_digest
    }
}

/// Marks what a scan found different of tables as defects of the digests.
///
/// # Errors
/// When the store fails.
pub async fn mark_defects(
    conn: &mut PgConnection,
    scan_id: i64,
    tables: &[i64],
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- mark defects
        update metadata.changes set is_defect = true
        where tenant_id = metadata.current_tenant() and scan_id = $1 and table_id = any ($2)",
        scan_id,
        tables
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How many scans of the database have read only what changed since one read everything; None when
/// none has read everything yet.
///
/// # Errors
/// When the store fails.
pub async fn incremental_scans(
    conn: &mut PgConnection,
    database_id: i64,
) -> Result<Option<i32>, StoreError> {
    let scans = sqlx::query_scalar!(
        "-- incremental scans
        select incremental_scans from metadata.databases
        where tenant_id = metadata.current_tenant() and id = $1 and is_scanned",
        database_id
    )
    .fetch_optional(conn)
    .await?;
    Ok(scans)
}
