//! When pipelines run by themselves.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::TenantId;
use models::pipeline::{Delta, Etl, Fill, Pipeline};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::Row;

/// Notes when a pipeline runs next. False when there is no such one.
pub async fn plan(
    conn: &mut PgConnection,
    id: i64,
    next_run_at: Option<DateTime<Utc>>,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- plan pipeline
        update metadata.pipelines set next_run_at = $2
        where tenant_id = metadata.current_tenant() and id = $1",
        id,
        next_run_at
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that the schedule of a pipeline has started a job, and when it runs next. False when there is no such one.
pub async fn set_started(
    conn: &mut PgConnection,
    id: i64,
    job: Uuid,
    started_at: DateTime<Utc>,
    next_run_at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- pipeline has run
        update metadata.pipelines set last_job_id = $2, last_run_at = $3, next_run_at = $4
        where tenant_id = metadata.current_tenant() and id = $1",
        id,
        job,
        started_at,
        next_run_at
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a pipeline whose time has come or that is to be planned, until the transaction ends. None when another one
/// has it, or has done what was to be done, and when it is paused.
pub async fn take_due(
    conn: &mut PgConnection,
    id: i64,
    moment: DateTime<Utc>,
) -> Result<Option<Pipeline>, StoreError> {
    let row = sqlx::query_as!(
        Row,
        r#"-- take due pipeline
        select id, name, sync_table_id, biz_table_id, fill as "fill: Json<Fill>", etl as "etl: Json<Etl>",
            delta as "delta: Json<Delta>", sync_target_seconds, etl_target_seconds, threshold, cron, time_zone, paused,
            jitter_seconds, next_run_at, last_run_at, last_job_id, created_at, updated_at
        from metadata.pipelines
        where tenant_id = metadata.current_tenant() and id = $1 and cron is not null and not paused
          and (next_run_at is null or next_run_at <= $2)
        for no key update skip locked"#,
        id,
        moment
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Pipeline::from))
}

/// Lets a pipeline rest that can no longer be planned.
pub async fn pause(conn: &mut PgConnection, id: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "-- pause pipeline
        update metadata.pipelines set paused = true, next_run_at = null
        where tenant_id = metadata.current_tenant() and id = $1",
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Across tenants: the pipelines whose time has come or that are to be planned, longest first, but those that are
/// paused. Needs no bound tenant; answers with ids only.
pub async fn due(
    conn: &mut PgConnection,
    moment: DateTime<Utc>,
    at_most: i32,
) -> Result<Vec<(TenantId, i64)>, StoreError> {
    let rows = sqlx::query!(
        r#"-- pipelines due
        select tenant_id as "tenant_id!", pipeline_id as "pipeline_id!" from metadata.pipelines_due($1, $2)"#,
        moment,
        at_most
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (TenantId(row.tenant_id), row.pipeline_id))
        .collect())
}
