//! What only a tree asks of the catalog: how much lies below, and the schemas of a database.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use db::StoreError;
use sqlx::PgConnection;

/// How many living databases each data source has.
pub async fn databases_of(
    conn: &mut PgConnection,
    datasources: &[i64],
) -> Result<HashMap<i64, i64>, StoreError> {
    let rows = sqlx::query!(
        r#"-- databases of datasources
        select datasource_id, count(*) as "count!"
        from metadata.databases
        where tenant_id = metadata.current_tenant() and datasource_id = any ($1) and removed_at is null
        group by datasource_id"#,
        datasources
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.datasource_id, row.count))
        .collect())
}

/// How many living tables, and schemas with or without tables, each database has.
pub async fn contents_of(
    conn: &mut PgConnection,
    databases: &[i64],
) -> Result<HashMap<i64, (i64, i64)>, StoreError> {
    let rows = sqlx::query!(
        r#"-- contents of databases
        select d.id, coalesce(t.tables, 0) as "tables!", coalesce(s.schemas, 0) as "schemas!"
        from unnest($1::bigint[]) as d (id)
        left join lateral (
            select count(*) as tables
            from metadata.tables t
            where t.tenant_id = metadata.current_tenant() and t.database_id = d.id and t.removed_at is null
        ) t on true
        left join lateral (
            select count(*) as schemas
            from (
                select t.table_schema
                from metadata.tables t
                where t.tenant_id = metadata.current_tenant() and t.database_id = d.id and t.removed_at is null
                union
                select o.object_name
                from metadata.database_objects o
                where o.tenant_id = metadata.current_tenant() and o.database_id = d.id and o.object_kind = 'SCHEMA'
                  and o.removed_at is null
            ) names
        ) s on true"#,
        databases
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.id?, (row.tables, row.schemas))))
        .collect())
}

/// One schema of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    /// Its name.
    pub name: String,
    /// How many living tables it has.
    pub tables: i64,
    /// When it was found to be gone; None while it, or a table in it, lives.
    pub removed_at: Option<DateTime<Utc>>,
}

/// The schemas of a database by name, from after a name on; with `q` only those whose names contain it, upper and lower
/// case alike.
pub async fn schemas(
    conn: &mut PgConnection,
    database_id: i64,
    q: Option<&str>,
    include_removed: bool,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Schema>, StoreError> {
    let schemas = sqlx::query_file_as!(
        Schema,
        "sql/schemas.sql",
        database_id,
        include_removed,
        after,
        limit,
        q
    )
    .fetch_all(conn)
    .await?;
    Ok(schemas)
}
