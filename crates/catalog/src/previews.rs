//! Previews: the record of who has looked at rows of which table.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::TenantId;
use sqlx::PgConnection;

/// A preview that is about to begin.
#[derive(Debug)]
pub struct NewPreview<'a> {
    /// The data source.
    pub datasource_id: i64,
    /// Its name.
    pub datasource_name: &'a str,
    /// The table.
    pub table_id: i64,
    /// Its database's name.
    pub database_name: &'a str,
    /// Its schema.
    pub table_schema: &'a str,
    /// Its name.
    pub table_name: &'a str,
    /// The columns to be shown.
    pub columns: &'a [String],
    /// Which rows, values left out.
    pub condition: Option<&'a str>,
    /// Who asks, or on whose behalf a service does.
    pub subject: &'a str,
    /// Whether a service asks.
    pub by_service: bool,
}

/// How a preview ended.
#[derive(Debug, Clone, Copy)]
pub enum Ended<'a> {
    /// So many rows and bytes were shown.
    Shown(usize, usize),
    /// It failed with a problem of this type.
    Failed(&'a str),
}

/// Records that a preview begins, and answers with its id; None while as many of the data source are
/// under way as may be: `at_once`, or one while a job reads it. The caller has locked the data source.
///
/// What was cut off with its service counts for a minute, since nobody ends it.
pub async fn begin(
    conn: &mut PgConnection,
    new: &NewPreview<'_>,
    at_once: usize,
) -> Result<Option<i64>, StoreError> {
    let id = sqlx::query_scalar!(
        "-- begin preview
        insert into metadata.previews
            (tenant_id, datasource_id, datasource_name, table_id, database_name, table_schema, table_name, columns,
             condition, subject, by_service)
        select metadata.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
        where $11 > (
            select count(*) from metadata.previews
            where tenant_id = metadata.current_tenant() and datasource_id = $1 and outcome = 'running'
              and created_at > now() - interval '1 minute')
          and not (
            exists (
                select from metadata.log_data_jobs
                where tenant_id = metadata.current_tenant() and datasource_id = $1 and status = 'RUNNING')
            and exists (
                select from metadata.previews
                where tenant_id = metadata.current_tenant() and datasource_id = $1 and outcome = 'running'
                  and created_at > now() - interval '1 minute'))
        returning id",
        new.datasource_id,
        new.datasource_name,
        new.table_id,
        new.database_name,
        new.table_schema,
        new.table_name,
        new.columns,
        new.condition,
        new.subject,
        new.by_service,
        i64::try_from(at_once).unwrap_or(i64::MAX)
    )
    .fetch_optional(conn)
    .await?;
    Ok(id)
}

/// Records how a preview ended, and after how many milliseconds.
pub async fn finish(
    conn: &mut PgConnection,
    id: i64,
    ended: Ended<'_>,
    duration_ms: i64,
) -> Result<(), StoreError> {
    let (shown, problem) = match ended {
        Ended::Shown(rows, bytes) => (Some((rows, bytes)), None),
        Ended::Failed(problem) => (None, Some(problem)),
    };
    sqlx::query!(
        "-- finish preview
        update metadata.previews
        set outcome = case when $2::text is null then 'shown' else 'failed' end, problem = $2, row_count = $3,
            byte_count = $4, duration_ms = $5
        where tenant_id = metadata.current_tenant() and id = $1",
        id,
        problem,
        shown.map(|(rows, _)| i32::try_from(rows).unwrap_or(i32::MAX)),
        shown.map(|(_, bytes)| i64::try_from(bytes).unwrap_or(i64::MAX)),
        duration_ms
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Previews of all tenants that began before a time, at most `at_most` of them, by tenant.
pub async fn to_purge(
    conn: &mut PgConnection,
    begun_before: DateTime<Utc>,
    at_most: i32,
) -> Result<Vec<(TenantId, i64)>, StoreError> {
    let rows = sqlx::query!(
        r#"-- previews to purge
        select tenant_id as "tenant_id!", preview_id as "preview_id!" from metadata.previews_to_purge($1, $2)"#,
        begun_before,
        at_most
    )
    .fetch_all(conn)
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|row| (TenantId(row.tenant_id), row.preview_id))
        .collect())
}

/// Deletes previews of the tenant, and answers with how many.
pub async fn purge(conn: &mut PgConnection, ids: &[i64]) -> Result<u64, StoreError> {
    let done = sqlx::query!(
        "-- purge previews
        delete from metadata.previews where tenant_id = metadata.current_tenant() and id = any($1)",
        ids
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
