//! Tables: what level 2 found.

use db::StoreError;
use models::details::TableDetails;
use models::table::{Table, TableDetail};
use sqlx::PgConnection;
use sqlx::types::Json;

/// Which tables a list shows.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Filter {
    /// The database.
    pub database_id: i64,
    /// Only this schema.
    pub schema: Option<String>,
    /// Only this kind.
    pub table_type: Option<String>,
    /// Only tables that this names exactly: `name` in any schema, or `schema.name`.
    pub name: Option<String>,
    /// Only names that contain this, upper and lower case alike.
    pub q: Option<String>,
    /// Also those that are gone.
    pub include_removed: bool,
}

/// Where a page of tables begins: after this schema, name and id.
pub type After = (String, String, i64);

/// The tables of a database by schema and name.
///
/// A scan of a whole database does not write to tables that it found unchanged; so `last_scan_at` and
/// `row_count_at` are the later of the table's and the database's.
pub async fn list(
    conn: &mut PgConnection,
    filter: &Filter,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<Table>, StoreError> {
    let rows = sqlx::query_as!(
        Table,
        r#"-- list tables
        select t.id, t.database_id, t.table_schema, t.table_name, t.table_type, t.engine, t.row_count,
            t.row_count_source,
            case when t.removed_at is null and t.row_count is not null then greatest(t.row_count_at, d.last_scan_at)
                else t.row_count_at end as row_count_at,
            t.data_size_bytes, t.index_size_bytes,
            t.toast_size_bytes, t.auto_increment, t.table_comment, t.field_count,
            t.is_scanned,
            case when t.removed_at is null then greatest(t.last_scan_at, d.last_scan_at)
                else t.last_scan_at end as last_scan_at,
            t.scan_error, t.removed_at, t.created_at, t.updated_at
        from metadata.tables t
        join metadata.databases d on d.tenant_id = t.tenant_id and d.id = t.database_id
        where t.tenant_id = metadata.current_tenant() and t.database_id = $1
          and ($2::text is null or t.table_schema = $2)
          and ($3::text is null or t.table_type = $3)
          and ($4::text is null or $4 in (t.table_name, t.table_schema || '.' || t.table_name))
          and ($5::text is null or position(lower($5) in lower(t.table_name)) > 0)
          and ($6 or t.removed_at is null)
          and ($7::text is null or (t.table_schema, t.table_name, t.id) > ($7, $8, $9))
        order by t.table_schema, t.table_name, t.id
        limit $10"#,
        filter.database_id,
        filter.schema,
        filter.table_type,
        filter.name,
        filter.q,
        filter.include_removed,
        after.map(|after| after.0.as_str()),
        after.map(|after| after.1.as_str()),
        after.map(|after| after.2),
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

/// How many tables a list has.
pub async fn count(conn: &mut PgConnection, filter: &Filter) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"-- count tables
        select count(*) as "count!"
        from metadata.tables
        where tenant_id = metadata.current_tenant() and database_id = $1
          and ($2::text is null or table_schema = $2)
          and ($3::text is null or table_type = $3)
          and ($4::text is null or table_name = $4 or table_schema || '.' || table_name = $4)
          and ($5::text is null or position(lower($5) in lower(table_name)) > 0)
          and ($6 or removed_at is null)"#,
        filter.database_id,
        filter.schema,
        filter.table_type,
        filter.name,
        filter.q,
        filter.include_removed
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}

/// One table with its keys, indexes and definition; None when the tenant has no such one.
pub async fn get(conn: &mut PgConnection, id: i64) -> Result<Option<TableDetail>, StoreError> {
    let row = sqlx::query!(
        r#"-- get table
        select t.id, t.database_id, t.table_schema, t.table_name, t.table_type, t.engine, t.row_count,
            t.row_count_source,
            case when t.removed_at is null and t.row_count is not null then greatest(t.row_count_at, d.last_scan_at)
                else t.row_count_at end as row_count_at,
            t.data_size_bytes, t.index_size_bytes,
            t.toast_size_bytes, t.auto_increment, t.table_comment, t.field_count,
            t.is_scanned,
            case when t.removed_at is null then greatest(t.last_scan_at, d.last_scan_at)
                else t.last_scan_at end as last_scan_at,
            t.scan_error, t.removed_at, t.created_at, t.updated_at, t.view_definition,
            t.details as "details: Json<TableDetails>", d.datasource_id, s.datasource_name, d.database_name
        from metadata.tables t
        join metadata.databases d on d.tenant_id = t.tenant_id and d.id = t.database_id
        join metadata.datasources s on s.tenant_id = d.tenant_id and s.id = d.datasource_id
        where t.tenant_id = metadata.current_tenant() and t.id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| TableDetail {
        table: Table {
            id: row.id,
            database_id: row.database_id,
            table_schema: row.table_schema,
            table_name: row.table_name,
            table_type: row.table_type,
            engine: row.engine,
            row_count: row.row_count,
            row_count_source: row.row_count_source,
            row_count_at: row.row_count_at,
            data_size_bytes: row.data_size_bytes,
            index_size_bytes: row.index_size_bytes,
            toast_size_bytes: row.toast_size_bytes,
            auto_increment: row.auto_increment,
            table_comment: row.table_comment,
            field_count: row.field_count,
            is_scanned: row.is_scanned,
            last_scan_at: row.last_scan_at,
            scan_error: row.scan_error,
            removed_at: row.removed_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        },
        datasource_id: row.datasource_id,
        datasource_name: row.datasource_name,
        database_name: row.database_name,
        view_definition: row.view_definition,
        details: row.details.0,
    }))
}

/// Whether the tenant has such a table.
pub async fn exists(conn: &mut PgConnection, id: i64) -> Result<bool, StoreError> {
    let exists = sqlx::query_scalar!(
        r#"-- table exists
        select exists (
            select from metadata.tables where tenant_id = metadata.current_tenant() and id = $1
        ) as "exists!""#,
        id
    )
    .fetch_one(conn)
    .await?;
    Ok(exists)
}

/// The id of the table of exactly this name: the living one, else with `include_removed` the one that
/// went last.
pub async fn find(
    conn: &mut PgConnection,
    database_id: i64,
    schema: &str,
    name: &str,
    include_removed: bool,
) -> Result<Option<i64>, StoreError> {
    let id = sqlx::query_scalar!(
        "-- find table
        select id from metadata.tables
        where tenant_id = metadata.current_tenant() and database_id = $1 and table_schema = $2 and table_name = $3
          and ($4 or removed_at is null)
        order by removed_at desc nulls first, id desc
        limit 1",
        database_id,
        schema,
        name,
        include_removed
    )
    .fetch_optional(conn)
    .await?;
    Ok(id)
}
