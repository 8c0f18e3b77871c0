//! Managed objects as the API shows and changes them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use db::StoreError;
use models::managed_object::{ManagedObject, ManagedStatus, Permission};
use sqlx::PgConnection;
use uuid::Uuid;

use super::followed::CatalogIds;

/// Objects of one database to adopt.
#[derive(Debug)]
pub(crate) struct Adoption<'a> {
    /// The data source.
    pub(crate) resource_id: i64,
    /// The database.
    pub(crate) database: &'a str,
    /// What of it.
    pub(crate) objects: &'a [NewObject],
    /// Whether a deep scan is to read them.
    pub(crate) wants_scan: bool,
    /// What others may do with them.
    pub(crate) permission: Permission,
    /// Who adopts them.
    pub(crate) managed_by: &'a str,
}

/// One object to adopt.
#[derive(Debug, Clone)]
pub(crate) struct NewObject {
    /// The table; None for the whole database.
    pub(crate) table: Option<String>,
    /// Where it stands.
    pub(crate) status: ManagedStatus,
    /// Its rows, where they are known.
    pub(crate) row_count: Option<i64>,
    /// What it is in the catalog, where that has been read.
    pub(crate) ids: CatalogIds,
}

/// Adopts objects. Those that are managed already stay as they are. False when all are.
pub(crate) async fn adopt(conn: &mut PgConnection, new: &Adoption<'_>) -> Result<bool, StoreError> {
    let tables: Vec<_> = new
        .objects
        .iter()
        .map(|object| object.table.as_deref())
        .collect();
    let states: Vec<_> = new
        .objects
        .iter()
        .map(|object| object.status.as_str())
        .collect();
    let rows: Vec<_> = new.objects.iter().map(|object| object.row_count).collect();
    let ids = new.objects.iter().map(|object| object.ids);
    let (database_ids, table_ids) = CatalogIds::columns(ids);
    let done = sqlx::query!(
        r#"-- adopt objects
        insert into manager.managed_objects
            (tenant_id, resource_id, database, "table", status, row_count, wants_scan, permission, managed_by,
             database_id, table_id)
        select manager.current_tenant(), $1, $2, new.name, new.status, new.row_count, $6, $7, $8,
            new.database_id, new.table_id
        from unnest($3::text[], $4::text[], $5::bigint[], $9::bigint[], $10::bigint[])
            as new (name, status, row_count, database_id, table_id)
        on conflict on constraint managed_objects_object_key do nothing"#,
        new.resource_id,
        new.database,
        &tables as &[Option<&str>],
        &states as &[&str],
        &rows as &[Option<i64>],
        new.wants_scan,
        new.permission.as_str(),
        new.managed_by,
        &database_ids as &[Option<i64>],
        &table_ids as &[Option<i64>]
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A managed object as `POST /manage` sees it.
#[derive(Debug)]
pub(crate) struct Adopted {
    /// Its id.
    pub(crate) id: i64,
    /// The table; None for the whole database.
    pub(crate) table: Option<String>,
    /// Where it stands.
    pub(crate) status: ManagedStatus,
    /// Whether a deep scan is to read it.
    pub(crate) wants_scan: bool,
    /// The scan that reads or last read it.
    pub(crate) scan_id: Option<i64>,
    /// The job of that scan.
    pub(crate) job_id: Option<Uuid>,
}

/// The objects of one database by their tables, in the order of those. What is not managed is left
/// out.
pub(crate) async fn find(
    conn: &mut PgConnection,
    resource_id: i64,
    database: &str,
    tables: &[Option<String>],
) -> Result<Vec<Adopted>, StoreError> {
    let rows = sqlx::query!(
        r#"-- find objects
        select o.id, o."table", o.status, o.wants_scan, o.scan_id, o.job_id
        from unnest($3::text[]) with ordinality as asked (name, place)
        -- No table is named '', and equality can be looked up where "is not distinct from" cannot.
        join manager.managed_objects o on coalesce(o."table", '') = coalesce(asked.name, '')
        where o.tenant_id = manager.current_tenant() and o.resource_id = $1 and o.database = $2
        order by asked.place"#,
        resource_id,
        database,
        tables as &[Option<String>]
    )
    .fetch_all(conn)
    .await?;
    let adopted = rows.into_iter().map(|row| Adopted {
        id: row.id,
        table: row.table,
        status: status(&row.status),
        wants_scan: row.wants_scan,
        scan_id: row.scan_id,
        job_id: row.job_id,
    });
    Ok(adopted.collect())
}

/// Has a deep scan read objects that were adopted without one and have not been read.
pub(crate) async fn want_scan(conn: &mut PgConnection, ids: &[i64]) -> Result<(), StoreError> {
    sqlx::query!(
        "-- want scan
        update manager.managed_objects set wants_scan = true
        where tenant_id = manager.current_tenant() and id = any($1) and status = 'pending' and not wants_scan",
        ids
    )
    .execute(conn)
    .await?;
    Ok(())
}

struct ObjectRow {
    id: i64,
    resource_id: i64,
    database: String,
    table: Option<String>,
    status: String,
    permission: String,
    row_count: Option<i64>,
    scan_id: Option<i64>,
    managed_by: String,
    managed_at: DateTime<Utc>,
    last_error: Option<String>,
    removed_at: Option<DateTime<Utc>>,
}

impl From<ObjectRow> for ManagedObject {
    fn from(row: ObjectRow) -> Self {
        Self {
            id: row.id,
            resource_id: row.resource_id,
            // Only meta knows it.
            resource_name: None,
            database: row.database,
            table: row.table,
            status: status(&row.status),
            permission: Permission::parse(&row.permission)
                .expect("a check constraint allows these words only"),
            row_count: row.row_count,
            scan_id: row.scan_id,
            managed_by: row.managed_by,
            managed_at: row.managed_at,
            last_error: row.last_error,
            removed_at: row.removed_at,
        }
    }
}

pub(super) fn status(word: &str) -> ManagedStatus {
    ManagedStatus::parse(word).expect("a check constraint allows these words only")
}

/// Which managed objects a list shows.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    /// Only those of this data source.
    pub(crate) resource_id: Option<i64>,
    /// Only those that stand there.
    pub(crate) status: Option<ManagedStatus>,
    /// Only those whose database or table contains this, upper and lower case alike.
    pub(crate) q: Option<String>,
}

/// The tenant's managed objects in the order of their ids, from after one on.
pub(crate) async fn list(
    conn: &mut PgConnection,
    filter: &Filter,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<ManagedObject>, StoreError> {
    let rows = sqlx::query_as!(
        ObjectRow,
        r#"-- list objects
        select id, resource_id, database, "table", status, permission, row_count, scan_id, managed_by, managed_at,
            last_error, removed_at
        from manager.managed_objects
        where tenant_id = manager.current_tenant()
          and ($1::bigint is null or resource_id = $1)
          and ($2::text is null or status = $2)
          and ($3::text is null
            or position(lower($3) in lower(database collate "default")) > 0
            or position(lower($3) in lower("table" collate "default")) > 0)
          and ($4::bigint is null or id > $4)
        order by id
        limit $5"#,
        filter.resource_id,
        filter.status.map(ManagedStatus::as_str),
        filter.q,
        after,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(ManagedObject::from).collect())
}

/// How many objects a list has.
pub(crate) async fn count(conn: &mut PgConnection, filter: &Filter) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"-- count objects
        select count(*) as "count!"
        from manager.managed_objects
        where tenant_id = manager.current_tenant()
          and ($1::bigint is null or resource_id = $1)
          and ($2::text is null or status = $2)
          and ($3::text is null
            or position(lower($3) in lower(database collate "default")) > 0
            or position(lower($3) in lower("table" collate "default")) > 0)"#,
        filter.resource_id,
        filter.status.map(ManagedStatus::as_str),
        filter.q
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}

/// One managed object; None when the tenant has no such one.
pub(crate) async fn get(
    conn: &mut PgConnection,
    id: i64,
) -> Result<Option<ManagedObject>, StoreError> {
    let row = sqlx::query_as!(
        ObjectRow,
        r#"-- get object
        select id, resource_id, database, "table", status, permission, row_count, scan_id, managed_by, managed_at,
            last_error, removed_at
        from manager.managed_objects
        where tenant_id = manager.current_tenant() and id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(ManagedObject::from))
}

/// Keeps others from changing an object until the transaction ends.
pub(crate) async fn lock(conn: &mut PgConnection, id: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "-- lock object
        select from manager.managed_objects where tenant_id = manager.current_tenant() and id = $1
        for no key update",
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Changes what others may do with an object; None when the tenant has no such one.
pub(crate) async fn update(
    conn: &mut PgConnection,
    id: i64,
    permission: Permission,
) -> Result<Option<ManagedObject>, StoreError> {
    let row = sqlx::query_as!(
        ObjectRow,
        r#"-- update object
        update manager.managed_objects set permission = $2
        where tenant_id = manager.current_tenant() and id = $1
        returning id, resource_id, database, "table", status, permission, row_count, scan_id, managed_by, managed_at,
            last_error, removed_at"#,
        id,
        permission.as_str()
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(ManagedObject::from))
}

/// Releases an object. False when the tenant has no such one.
pub(crate) async fn delete(conn: &mut PgConnection, id: i64) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- delete object
        delete from manager.managed_objects where tenant_id = manager.current_tenant() and id = $1",
        id
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many objects of each data source are managed; those without any are left out.
pub(crate) async fn count_by_datasource(
    conn: &mut PgConnection,
    ids: &[i64],
) -> Result<HashMap<i64, i64>, StoreError> {
    let rows = sqlx::query!(
        r#"-- objects by datasource
        select resource_id, count(*) as "objects!"
        from manager.managed_objects
        where tenant_id = manager.current_tenant() and resource_id = any($1)
        group by resource_id"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.resource_id, row.objects))
        .collect())
}

/// What of a database is managed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ManagedPart {
    /// Whether the whole of it is.
    pub(crate) whole: bool,
    /// How many of its tables are by themselves.
    pub(crate) tables: i64,
}

/// What of each of a data source's databases is managed; those without anything are left out.
pub(crate) async fn count_by_database(
    conn: &mut PgConnection,
    resource_id: i64,
    databases: &[&str],
) -> Result<HashMap<String, ManagedPart>, StoreError> {
    let rows = sqlx::query!(
        r#"-- objects by database
        select database, bool_or("table" is null) as "whole!", count("table") as "tables!"
        from manager.managed_objects
        where tenant_id = manager.current_tenant() and resource_id = $1 and database = any($2::text[])
        group by database"#,
        resource_id,
        databases as &[&str]
    )
    .fetch_all(conn)
    .await?;
    let parts = rows.into_iter().map(|row| {
        (
            row.database,
            ManagedPart {
                whole: row.whole,
                tables: row.tables,
            },
        )
    });
    Ok(parts.collect())
}

/// Which of a database's selectors are managed; None stands for the whole database.
pub(crate) async fn managed_among(
    conn: &mut PgConnection,
    resource_id: i64,
    database: &str,
    selectors: &[String],
) -> Result<Vec<Option<String>>, StoreError> {
    let rows = sqlx::query_scalar!(
        r#"-- managed among
        select "table" from manager.managed_objects
        where tenant_id = manager.current_tenant() and resource_id = $1 and database = $2
          and ("table" is null or "table" = any($3::text[]))"#,
        resource_id,
        database,
        selectors
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}
