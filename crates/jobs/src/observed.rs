//! Runs that others tell of by events, as rows of the log that no worker and no queue knows of.
//!
//! Where a program reports its own run ([`crate::external`]), the row is what it has said last. Events come
//! twice, late and in any order: here the row is what all of them say together, put anew with each.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::job::JobStatus;
use sqlx::PgConnection;
use uuid::Uuid;

/// A run, as all that is known of it says.
#[derive(Debug, Clone, Copy)]
pub struct Observed<'a> {
    /// What it is called outside; the same one is the same run.
    pub external_id: &'a str,
    /// What it does.
    pub job_type: &'a str,
    /// What it works on, in words that a person reads.
    pub target_scope: &'a str,
    /// The `sub` of the credential that tells of it; the first one stays.
    pub requested_by: Option<&'a str>,
    /// What it was asked to do.
    pub parameters: &'a serde_json::Value,
    /// The job that started it; one that is known stays.
    pub parent: Option<Uuid>,
    /// Where it stands.
    pub status: JobStatus,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended, if it has.
    pub completed_at: Option<DateTime<Utc>>,
    /// Records done.
    pub records_processed: i64,
    /// Why it failed.
    pub error_details: Option<&'a str>,
    /// What came out of it.
    pub result: &'a serde_json::Value,
}

/// Keeps others from the run of this `external_id` until the transaction ends: what is known of it is read,
/// joined and put by one at a time. The run need not be there.
///
/// The run that has started it is kept as it is meanwhile, for others that it has started as well: of two that
/// name each other and come at once the second one finds the first.
///
/// # Errors
/// When the store fails.
pub async fn lock(
    conn: &mut PgConnection,
    external_id: &str,
    parent: Option<&str>,
) -> Result<(), StoreError> {
    // In the order of their names, so that nobody waits in a circle.
    let (before, after) = match parent {
        Some(parent) if parent < external_id => (Some(parent), None),
        parent => (None, parent),
    };
    if let Some(parent) = before {
        lock_shared(&mut *conn, parent).await?;
    }
    lock_alone(&mut *conn, external_id).await?;
    if let Some(parent) = after {
        lock_shared(conn, parent).await?;
    }
    Ok(())
}

async fn lock_alone(conn: &mut PgConnection, external_id: &str) -> Result<(), StoreError> {
    sqlx::query!(
        "-- lock observed run
        select pg_advisory_xact_lock(hashtextextended(metadata.current_tenant() || ' ' || $1::text, 0))",
        external_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn lock_shared(conn: &mut PgConnection, external_id: &str) -> Result<(), StoreError> {
    sqlx::query!(
        "-- hold observed run
        select pg_advisory_xact_lock_shared(hashtextextended(metadata.current_tenant() || ' ' || $1::text, 0))",
        external_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes the row of a run say what is known of it, under `id` if there is none yet, and answers with its id.
/// An end that was presumed, since nobody had heard of the run, gives way.
///
/// # Errors
/// When the store fails.
pub async fn put(
    conn: &mut PgConnection,
    id: Uuid,
    run: &Observed<'_>,
) -> Result<Uuid, StoreError> {
    let id = sqlx::query_scalar!(
        "-- put observed run
        insert into metadata.log_data_jobs as j
            (tenant_id, id, external_id, job_type, target_scope, trigger, requested_by, parameters, parent_job_id, status,
             attempt, started_at, heartbeat_at, completed_at, records_processed, error_details, result)
        values (metadata.current_tenant(), $1, $2, $3, $4, 'external', $5, $6, $7, $8, 1, $9, now(), $10, $11, $12, $13)
        on conflict (tenant_id, external_id) where external_id is not null do update
        set job_type = excluded.job_type, target_scope = excluded.target_scope, parameters = excluded.parameters,
            parent_job_id = coalesce(excluded.parent_job_id, j.parent_job_id), status = excluded.status,
            started_at = excluded.started_at, heartbeat_at = excluded.heartbeat_at, completed_at = excluded.completed_at,
            records_processed = excluded.records_processed, error_details = excluded.error_details,
            result = excluded.result, end_presumed = false
        returning id",
        id,
        run.external_id,
        run.job_type,
        run.target_scope,
        run.requested_by,
        run.parameters,
        run.parent,
        run.status.as_str(),
        run.started_at,
        run.completed_at,
        run.records_processed,
        run.error_details,
        run.result
    )
    .fetch_one(conn)
    .await?;
    Ok(id)
}

/// Notes which job has started these, of which that was known before the job was.
///
/// # Errors
/// When the store fails.
pub async fn set_parent(
    conn: &mut PgConnection,
    ids: &[Uuid],
    parent: Uuid,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- set parent of observed runs
        update metadata.log_data_jobs set parent_job_id = $2
        where tenant_id = metadata.current_tenant() and id = any($1) and parent_job_id is distinct from $2",
        ids,
        parent
    )
    .execute(conn)
    .await?;
    Ok(())
}
