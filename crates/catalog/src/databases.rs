//! Databases: what level 1 found.

use db::StoreError;
use models::database::Database;
use models::scan::ChangeCounts;
use scan::{DatabaseRecord, NameFilter};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::removals::{Doubts, Testimony};
use crate::renames;

/// From this many objects on, the vanishing of half of them at once is not believed.
pub const REMOVAL_GUARD_FROM: i64 = 10;

/// What a merge of level 1 did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// What was different.
    pub changes: ChangeCounts,
    /// Databases that vanished, but so many at once that none was marked removed.
    pub doubts: Doubts,
}

/// One database; None when the tenant has no such one.
pub async fn get(conn: &mut PgConnection, id: i64) -> Result<Option<Database>, StoreError> {
    let row = sqlx::query_as!(
        Database,
        r#"-- get database
        select id, datasource_id, database_name, charset, "collation", owner, table_count, total_size_bytes,
            inaccessible_reason is null as "is_accessible!", inaccessible_reason, is_scanned, last_sync_at,
            last_scan_at, removed_at, created_at, updated_at
        from metadata.databases
        where tenant_id = metadata.current_tenant() and id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row)
}

/// Which databases a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The data source.
    pub datasource_id: i64,
    /// Only the database of exactly this name.
    pub name: Option<String>,
    /// Only names that contain this, upper and lower case alike.
    pub q: Option<String>,
    /// Also those that are gone.
    pub include_removed: bool,
}

/// The databases of a data source by name, from after a name on.
pub async fn list(
    conn: &mut PgConnection,
    filter: &Filter,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Database>, StoreError> {
    let rows = sqlx::query_as!(
        Database,
        r#"-- list databases
        select id, datasource_id, database_name, charset, "collation", owner, table_count, total_size_bytes,
            inaccessible_reason is null as "is_accessible!", inaccessible_reason, is_scanned, last_sync_at,
            last_scan_at, removed_at, created_at, updated_at
        from metadata.databases
        where tenant_id = metadata.current_tenant() and datasource_id = $1
          and ($2::text is null or database_name = $2)
          and ($3::text is null or position(lower($3) in lower(database_name)) > 0)
          and ($4 or removed_at is null)
          and ($5::text is null or database_name > $5)
        order by database_name
        limit $6"#,
        filter.datasource_id,
        filter.name,
        filter.q,
        filter.include_removed,
        after,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

/// How many databases a list has.
pub async fn count(conn: &mut PgConnection, filter: &Filter) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"-- count databases
        select count(*) as "count!"
        from metadata.databases
        where tenant_id = metadata.current_tenant() and datasource_id = $1
          and ($2::text is null or database_name = $2)
          and ($3::text is null or position(lower($3) in lower(database_name)) > 0)
          and ($4 or removed_at is null)"#,
        filter.datasource_id,
        filter.name,
        filter.q,
        filter.include_removed
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}

/// The names of the databases that a deep scan of everything would read.
pub async fn accessible_names(
    conn: &mut PgConnection,
    datasource: i64,
) -> Result<Vec<String>, StoreError> {
    let names = sqlx::query_scalar!(
        "-- accessible databases
        select database_name from metadata.databases
        where tenant_id = metadata.current_tenant() and datasource_id = $1 and removed_at is null
          and inaccessible_reason is null
        order by database_name",
        datasource
    )
    .fetch_all(conn)
    .await?;
    Ok(names)
}

/// The id of a database, which is entered by its name alone when level 1 has not seen it yet.
pub async fn ensure(
    conn: &mut PgConnection,
    datasource: i64,
    name: &str,
) -> Result<i64, StoreError> {
    let id = sqlx::query_scalar!(
        "-- ensure database
        insert into metadata.databases (tenant_id, datasource_id, database_name)
        values (metadata.current_tenant(), $1, $2)
        on conflict on constraint databases_name_key do update set removed_at = null
        returning id",
        datasource,
        name
    )
    .fetch_one(conn)
    .await?;
    Ok(id)
}

/// Notes that a deep scan of the whole database has ended well.
pub async fn set_scanned(
    conn: &mut PgConnection,
    id: i64,
    is_incremental: bool,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- database is scanned
        update metadata.databases
        set is_scanned = true, last_scan_at = now(),
            incremental_scans = case when $2 then incremental_scans + 1 else 0 end
        where tenant_id = metadata.current_tenant() and id = $1",
        id,
        is_incremental
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Merges the databases that level 1 listed: renames those that are known under another name, writes what
/// is new or different, revives what is back, and marks as removed what is gone, unless the testimony is
/// doubted, or half or more of at least [`REMOVAL_GUARD_FROM`] databases vanished at once.
///
/// The listing must be complete but for what `filter` leaves out: that goes without that doubt.
pub async fn merge(
    conn: &mut PgConnection,
    datasource: i64,
    sync_id: i64,
    listed: &[DatabaseRecord],
    filter: &NameFilter,
    testimony: &Testimony,
) -> Result<Merged, StoreError> {
    let renamed = renames::databases(conn, datasource, sync_id, listed, testimony).await?;
    let written = sqlx::query_file!(
        "sql/merge_databases.sql",
        datasource,
        Json(listed) as _,
        sync_id
    )
    .fetch_one(&mut *conn)
    .await?;
    let removed = sqlx::query_file!(
        "sql/remove_databases.sql",
        datasource,
        Json(listed) as _,
        REMOVAL_GUARD_FROM,
        sync_id,
        filter.include_regex(),
        filter.exclude_regex(),
        testimony.reason(),
        Json(&testimony.witness) as _
    )
    .fetch_one(conn)
    .await?;
    Ok(Merged {
        changes: ChangeCounts {
            added: written.added,
            changed: written.changed,
            removed: removed.removed,
            renamed,
        },
        doubts: Doubts::new(removed.doubted, removed.reason),
    })
}
