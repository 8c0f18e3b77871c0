//! How managed objects come from pending to ready or failed.
//!
//! Each change says which state it starts from, so that of two replicas that see the same end of a
//! scan only one changes anything.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::managed_object::ManagedStatus;
use sqlx::PgConnection;
use uuid::Uuid;

use super::followed::CatalogIds;

/// What `last_error` says of objects whose data source is gone.
pub(crate) const SOURCE_DELETED: &str = "source deleted";

/// An object whose scan has not ended.
#[derive(Debug, Clone)]
pub(crate) struct Unfinished {
    /// Its id.
    pub(crate) id: i64,
    /// Its database.
    pub(crate) database: String,
    /// Its table; None for the whole database.
    pub(crate) table: Option<String>,
    /// The scan that reads it; None while it waits for one.
    pub(crate) scan_id: Option<i64>,
    /// Who adopted it.
    pub(crate) managed_by: String,
}

/// The objects of a data source that wait for a scan, longest first.
pub(crate) async fn list_pending(
    conn: &mut PgConnection,
    resource_id: i64,
    limit: i64,
) -> Result<Vec<Unfinished>, StoreError> {
    let rows = sqlx::query_as!(
        Unfinished,
        r#"-- pending objects
        select id, database, "table", null::bigint as scan_id, managed_by
        from manager.managed_objects
        where tenant_id = manager.current_tenant() and resource_id = $1 and status = 'pending' and wants_scan
        order by id
        limit $2"#,
        resource_id,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

/// The objects of a data source that a scan reads, as far as manager knows.
pub(crate) async fn list_scanning(
    conn: &mut PgConnection,
    resource_id: i64,
) -> Result<Vec<Unfinished>, StoreError> {
    let rows = sqlx::query_as!(
        Unfinished,
        r#"-- scanning objects
        select id, database, "table", scan_id, managed_by
        from manager.managed_objects
        where tenant_id = manager.current_tenant() and resource_id = $1 and status = 'scanning' and wants_scan
        order by scan_id, id"#,
        resource_id
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

/// Notes that a scan reads these objects, as far as they still wait.
pub(crate) async fn set_scanning(
    conn: &mut PgConnection,
    ids: &[i64],
    scan_id: i64,
    job_id: Uuid,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- objects are scanned
        update manager.managed_objects
        set status = 'scanning', scan_id = $2, job_id = $3, last_error = null
        where tenant_id = manager.current_tenant() and id = any($1) and status = 'pending'",
        ids,
        scan_id,
        job_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How the scan of an object ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct End {
    /// The object.
    pub(crate) id: i64,
    /// Ready or failed.
    pub(crate) status: ManagedStatus,
    /// Its rows; None when unknown.
    pub(crate) row_count: Option<i64>,
    /// Why it failed.
    pub(crate) error: Option<String>,
    /// What it is in the catalog, where it was read.
    pub(crate) ids: CatalogIds,
}

/// Notes how a scan, which ended at this time by meta's clock, ended for its objects.
pub(crate) async fn finish(
    conn: &mut PgConnection,
    scan_id: i64,
    (ended_at, ends): (Option<DateTime<Utc>>, &[End]),
) -> Result<(), StoreError> {
    let ids: Vec<_> = ends.iter().map(|end| end.id).collect();
    let states: Vec<_> = ends.iter().map(|end| end.status.as_str()).collect();
    let rows: Vec<_> = ends.iter().map(|end| end.row_count).collect();
    let errors: Vec<_> = ends.iter().map(|end| end.error.as_deref()).collect();
    let (database_ids, table_ids) = CatalogIds::columns(ends.iter().map(|end| end.ids));
    sqlx::query!(
        "-- objects have been scanned
        update manager.managed_objects o
        set status = ended.status, row_count = ended.row_count, last_error = ended.error,
            failed_at = case when ended.status = 'failed' then coalesce($8, now()) end,
            database_id = ended.database_id, table_id = ended.table_id
        from unnest($2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[])
            as ended (id, status, row_count, error, database_id, table_id)
        where o.tenant_id = manager.current_tenant() and o.id = ended.id and o.scan_id = $1 and o.status = 'scanning'",
        scan_id,
        &ids,
        &states as &[&str],
        &rows as &[Option<i64>],
        &errors as &[Option<&str>],
        &database_ids as &[Option<i64>],
        &table_ids as &[Option<i64>],
        ended_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets the objects of a scan that meta does not know wait for another one.
pub(crate) async fn set_pending_again(
    conn: &mut PgConnection,
    resource_id: i64,
    scan_id: i64,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- objects wait again
        update manager.managed_objects set status = 'pending', scan_id = null, job_id = null
        where tenant_id = manager.current_tenant() and resource_id = $1 and scan_id = $2 and status = 'scanning'",
        resource_id,
        scan_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Says why the objects of a data source wait still.
pub(crate) async fn note_waiting(
    conn: &mut PgConnection,
    resource_id: i64,
    reason: &str,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- why objects wait
        update manager.managed_objects set last_error = $2
        where tenant_id = manager.current_tenant() and resource_id = $1 and status = 'pending' and wants_scan
          and last_error is distinct from $2",
        resource_id,
        reason
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Fails objects whose scan cannot be started.
pub(crate) async fn fail_pending(
    conn: &mut PgConnection,
    ids: &[i64],
    reason: &str,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- fail objects
        update manager.managed_objects set status = 'failed', last_error = $2, failed_at = now()
        where tenant_id = manager.current_tenant() and id = any($1) and status = 'pending'",
        ids,
        reason
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Fails all objects of a data source that is gone, wherever they stand. Answers with their number.
pub(crate) async fn fail_source(
    conn: &mut PgConnection,
    resource_id: i64,
) -> Result<u64, StoreError> {
    let done = sqlx::query!(
        "-- source is deleted
        update manager.managed_objects
        set status = 'failed', last_error = $2, removed_at = now(), removed_what = 'source'
        where tenant_id = manager.current_tenant() and resource_id = $1
          and (removed_at is null or removed_what <> 'source')",
        resource_id,
        SOURCE_DELETED
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// A data source with managed objects.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its id in meta.
    pub(crate) resource_id: i64,
    /// One who adopted an object of it.
    pub(crate) managed_by: String,
}

/// The tenant's data sources with managed objects, but those that are known to be gone.
pub(crate) async fn list_sources(conn: &mut PgConnection) -> Result<Vec<Source>, StoreError> {
    let rows = sqlx::query_as!(
        Source,
        r#"-- managed sources
        -- One step of an index per data source, whatever the number of their objects.
        with recursive sources (id) as (
            (select o.resource_id from manager.managed_objects o
             where o.tenant_id = manager.current_tenant() and (o.removed_at is null or o.removed_what <> 'source')
             order by o.resource_id limit 1)
            union all
            select (
                select o.resource_id from manager.managed_objects o
                where o.tenant_id = manager.current_tenant() and (o.removed_at is null or o.removed_what <> 'source')
                  and o.resource_id > sources.id
                order by o.resource_id limit 1
            )
            from sources where sources.id is not null
        )
        select sources.id as "resource_id!", found.managed_by
        from sources
        cross join lateral (
            select o.managed_by from manager.managed_objects o
            where o.tenant_id = manager.current_tenant() and (o.removed_at is null or o.removed_what <> 'source')
              and o.resource_id = sources.id
            limit 1
        ) found"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}
