//! Managed objects as they follow what scans find: what they are in meta's catalog, and what has become of it.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::managed_object::ManagedStatus;
use sqlx::PgConnection;

use super::managed_objects::status;

/// What an object is in meta's catalog. The ids stay whatever it is called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct CatalogIds {
    /// Its database; None until it has been read.
    pub(crate) database: Option<i64>,
    /// Its table; None also for a whole database, and where several tables have its name.
    pub(crate) table: Option<i64>,
}

impl CatalogIds {
    /// As two columns.
    pub(super) fn columns(
        ids: impl IntoIterator<Item = Self>,
    ) -> (Vec<Option<i64>>, Vec<Option<i64>>) {
        ids.into_iter().map(|ids| (ids.database, ids.table)).unzip()
    }
}

/// What of an object is gone and may come back. Data sources do not come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Removed {
    /// Its database.
    Database,
    /// Its table.
    Table,
}

impl Removed {
    fn as_str(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Table => "table",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Database, Self::Table]
            .into_iter()
            .find(|what| what.as_str() == word)
    }
}

/// A managed object, as far as it changes when it follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Followed {
    /// Its id.
    pub(crate) id: i64,
    /// Its data source.
    pub(crate) resource_id: i64,
    /// Who adopted it.
    pub(crate) managed_by: String,
    /// Whether a deep scan is to read it.
    pub(crate) wants_scan: bool,
    /// Its database.
    pub(crate) database: String,
    /// Its table; None for the whole database.
    pub(crate) table: Option<String>,
    /// What it is in the catalog.
    pub(crate) ids: CatalogIds,
    /// Where it stands.
    pub(crate) status: ManagedStatus,
    /// Its rows; None when unknown.
    pub(crate) row_count: Option<i64>,
    /// Why it failed.
    pub(crate) last_error: Option<String>,
    /// When the scan ended that did not read it; None unless it failed so.
    pub(crate) failed_at: Option<DateTime<Utc>>,
    /// What of it is gone.
    pub(crate) removed: Option<Removed>,
    /// Since when. To [`settle`] None means from now on, where it is gone.
    pub(crate) removed_at: Option<DateTime<Utc>>,
}

struct FollowedRow {
    id: i64,
    resource_id: i64,
    managed_by: String,
    wants_scan: bool,
    database: String,
    table: Option<String>,
    database_id: Option<i64>,
    table_id: Option<i64>,
    status: String,
    row_count: Option<i64>,
    last_error: Option<String>,
    failed_at: Option<DateTime<Utc>>,
    removed_what: Option<String>,
    removed_at: Option<DateTime<Utc>>,
}

impl From<FollowedRow> for Followed {
    fn from(row: FollowedRow) -> Self {
        Self {
            id: row.id,
            resource_id: row.resource_id,
            managed_by: row.managed_by,
            wants_scan: row.wants_scan,
            database: row.database,
            table: row.table,
            ids: CatalogIds {
                database: row.database_id,
                table: row.table_id,
            },
            status: status(&row.status),
            row_count: row.row_count,
            last_error: row.last_error,
            failed_at: row.failed_at,
            removed: row.removed_what.as_deref().and_then(Removed::parse),
            removed_at: row.removed_at,
        }
    }
}

/// All objects of the tenant whose data source is not known to be gone, by data source.
pub(crate) async fn list(conn: &mut PgConnection) -> Result<Vec<Followed>, StoreError> {
    let rows = sqlx::query_as!(
        FollowedRow,
        r#"-- followed objects
        select id, resource_id, managed_by, wants_scan, database, "table", database_id, table_id, status, row_count,
            last_error, failed_at, removed_what, removed_at
        from manager.managed_objects
        where tenant_id = manager.current_tenant() and (removed_at is null or removed_what <> 'source')
        order by resource_id, id"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Followed::from).collect())
}

/// The same of one data source, which nobody else changes until the transaction ends.
pub(crate) async fn lock(
    conn: &mut PgConnection,
    resource_id: i64,
) -> Result<Vec<Followed>, StoreError> {
    let rows = sqlx::query_as!(
        FollowedRow,
        r#"-- lock followed objects
        select id, resource_id, managed_by, wants_scan, database, "table", database_id, table_id, status, row_count,
            last_error, failed_at, removed_what, removed_at
        from manager.managed_objects
        where tenant_id = manager.current_tenant() and resource_id = $1
          and (removed_at is null or removed_what <> 'source')
        order by id
        for no key update"#,
        resource_id
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Followed::from).collect())
}

/// Notes what objects that nobody has looked up yet are in the catalog.
pub(crate) async fn note_ids(
    conn: &mut PgConnection,
    found: &[(i64, CatalogIds)],
) -> Result<(), StoreError> {
    let objects: Vec<i64> = found.iter().map(|(id, _)| *id).collect();
    let (databases, tables) = CatalogIds::columns(found.iter().map(|(_, ids)| *ids));
    sqlx::query!(
        "-- note ids
        update manager.managed_objects o
        set database_id = found.database_id, table_id = found.table_id
        from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as found (id, database_id, table_id)
        where o.tenant_id = manager.current_tenant() and o.id = found.id
          and o.status in ('ready', 'failed') and o.database_id is null",
        &objects,
        &databases as &[Option<i64>],
        &tables as &[Option<i64>]
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that a scan, which ended at this time, has not read objects that had failed before.
pub(crate) async fn note_unread(
    conn: &mut PgConnection,
    ids: &[i64],
    ended_at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- note unread
        update manager.managed_objects set failed_at = $2
        where tenant_id = manager.current_tenant() and id = any($1) and failed_at < $2",
        ids,
        ended_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes objects of a data source, which the caller has locked, as they are now to be. Those of them that have
/// been given other names may have swapped them.
pub(crate) async fn settle(
    conn: &mut PgConnection,
    resource_id: i64,
    changed: &[Followed],
) -> Result<(), StoreError> {
    let ids: Vec<_> = changed.iter().map(|object| object.id).collect();
    let databases: Vec<_> = changed.iter().map(|one| one.database.as_str()).collect();
    let tables: Vec<_> = changed.iter().map(|one| one.table.as_deref()).collect();
    take_out(conn, resource_id, (&ids, &databases, &tables)).await?;
    let (database_ids, table_ids) = CatalogIds::columns(changed.iter().map(|one| one.ids));
    let states: Vec<_> = changed.iter().map(|one| one.status.as_str()).collect();
    let rows: Vec<_> = changed.iter().map(|one| one.row_count).collect();
    let errors: Vec<_> = changed
        .iter()
        .map(|one| one.last_error.as_deref())
        .collect();
    let whats: Vec<_> = changed
        .iter()
        .map(|one| one.removed.map(Removed::as_str))
        .collect();
    let times: Vec<_> = changed.iter().map(|one| one.removed_at).collect();
    sqlx::query_file!(
        "sql/settle_objects.sql",
        resource_id,
        &ids,
        &databases as &[&str],
        &tables as &[Option<&str>],
        &database_ids as &[Option<i64>],
        &table_ids as &[Option<i64>],
        &states as &[&str],
        &rows as &[Option<i64>],
        &errors as &[Option<&str>],
        &whats as &[Option<&str>],
        &times as &[Option<DateTime<Utc>>]
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives objects that are about to get other names some that nothing else has: a statement compares each row
/// that it writes with the others as they are at that moment.
async fn take_out(
    conn: &mut PgConnection,
    resource_id: i64,
    (ids, databases, tables): (&[i64], &[&str], &[Option<&str>]),
) -> Result<(), StoreError> {
    sqlx::query!(
        r#"-- take out objects
        -- No name of a database is that long.
        update manager.managed_objects o set database = repeat('-', 1000) || o.id
        from unnest($2::bigint[], $3::text[], $4::text[]) as given (id, database, name)
        where o.tenant_id = manager.current_tenant() and o.resource_id = $1 and o.id = given.id
          and (o.database, o."table") is distinct from (given.database, given.name)"#,
        resource_id,
        ids,
        databases as &[&str],
        tables as &[Option<&str>]
    )
    .execute(conn)
    .await?;
    Ok(())
}
