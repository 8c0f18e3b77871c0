//! Rows that a job could not write, with the reason of each.

use db::StoreError;
use models::pipeline::FailedRow;
use sqlx::PgConnection;
use uuid::Uuid;

/// A row that could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFailedRow {
    /// The values of its key, or its place in the query's answer where it has none; cut to 1000 characters.
    pub row_key: String,
    /// Why it could not be written; cut to 2000 characters.
    pub reason: String,
}

/// Keeps rows that a job could not write.
pub async fn add(
    conn: &mut PgConnection,
    job: Uuid,
    rows: &[NewFailedRow],
) -> Result<(), StoreError> {
    let keys: Vec<String> = rows.iter().map(|row| row.row_key.clone()).collect();
    let reasons: Vec<String> = rows.iter().map(|row| row.reason.clone()).collect();
    sqlx::query!(
        "-- add failed rows
        insert into metadata.failed_rows (tenant_id, job_id, row_key, reason)
        select metadata.current_tenant(), $1, left(f.row_key, 1000), left(f.reason, 2000)
        from unnest($2::text[], $3::text[]) with ordinality f(row_key, reason, place)
        order by f.place",
        job,
        &keys,
        &reasons
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets what an earlier attempt at a job has kept.
pub async fn clear(conn: &mut PgConnection, job: Uuid) -> Result<(), StoreError> {
    sqlx::query!(
        "-- clear failed rows
        delete from metadata.failed_rows where tenant_id = metadata.current_tenant() and job_id = $1",
        job
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The rows that a job could not write, in the order in which they failed, from after an id on.
pub async fn list(
    conn: &mut PgConnection,
    job: Uuid,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<FailedRow>, StoreError> {
    let rows = sqlx::query_as!(
        FailedRow,
        "-- list failed rows
        select id, job_id, row_key, reason, created_at from metadata.failed_rows
        where tenant_id = metadata.current_tenant() and job_id = $1 and ($2::bigint is null or id > $2)
        order by id
        limit $3",
        job,
        after,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}
