//! Reading the history of runs.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::job::{JobStatus, Pace};
use models::scan::{ChangeCounts, MissingGrant, ScanFailure, ScanMode, ScanStatus};
use models::sync_log::{Cost, SyncLog};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// The job of a run; None when there is no such run.
pub async fn job_of(conn: &mut PgConnection, id: i64) -> Result<Option<Uuid>, StoreError> {
    let job = sqlx::query_scalar!(
        "-- job of sync log
        select job_id from metadata.sync_logs where tenant_id = metadata.current_tenant() and id = $1",
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(job)
}

/// A level-1 sync of the data source that ended well after a moment.
pub async fn fresh_sync(
    conn: &mut PgConnection,
    datasource: i64,
    since: DateTime<Utc>,
) -> Result<Option<(i64, Uuid, JobStatus)>, StoreError> {
    let row = sqlx::query!(
        "-- fresh sync
        select id, job_id, status from metadata.sync_logs
        where tenant_id = metadata.current_tenant() and datasource_id = $1 and sync_level = 'database'
          and status in ('SUCCESS', 'PARTIAL') and completed_at > $2
        order by id desc
        limit 1",
        datasource,
        since
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.id, row.job_id, status(&row.status))))
}

/// How long the last successful deep scan of the same databases took, in seconds.
pub async fn last_duration(
    conn: &mut PgConnection,
    datasource: i64,
    target_database: &str,
) -> Result<Option<f64>, StoreError> {
    let seconds = sqlx::query_scalar!(
        "-- last duration
        select duration_seconds from metadata.sync_logs
        where tenant_id = metadata.current_tenant() and datasource_id = $1 and sync_type = 'deep'
          and target_database = $2 and status in ('SUCCESS', 'PARTIAL')
        order by id desc
        limit 1",
        datasource,
        target_database
    )
    .fetch_optional(conn)
    .await?;
    Ok(seconds.flatten())
}

/// The run of a job; None when it went with its data source.
pub async fn of_job(conn: &mut PgConnection, job_id: Uuid) -> Result<Option<i64>, StoreError> {
    let id = sqlx::query_scalar!(
        "-- sync log of job
        select id from metadata.sync_logs where tenant_id = metadata.current_tenant() and job_id = $1",
        job_id
    )
    .fetch_optional(conn)
    .await?;
    Ok(id)
}

/// The state of one run, by its id; None when the tenant has no such one.
pub async fn scan_status(
    conn: &mut PgConnection,
    id: i64,
) -> Result<Option<ScanStatus>, StoreError> {
    let row = sqlx::query!(
        r#"-- scan status
        select l.id, l.job_id, l.datasource_id, l.status, l.sync_level, l.started_at, l.completed_at,
            coalesce(l.duration_seconds, extract(epoch from clock_timestamp() - l.started_at)::float8) as duration_seconds,
            l.tables_total, l.databases_scanned, l.tables_scanned, l.tables_unchanged, l.fields_scanned, l.mode,
            l.added_count, l.changed_count, l.removed_count, l.renamed_count,
            l.failures as "failures: Json<Vec<ScanFailure>>",
            l.missing_grants as "missing_grants: Json<Vec<MissingGrant>>", l.cost as "cost: Json<Cost>", l.error_message,
            j.message, j.records_resumed, j.records_processed, j.records_total,
            case j.status when 'RUNNING' then extract(epoch from clock_timestamp() - j.started_at)::float8 end as running_seconds
        from metadata.sync_logs l join metadata.log_data_jobs j on j.tenant_id = l.tenant_id and j.id = l.job_id
        where l.tenant_id = metadata.current_tenant() and l.id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| {
        let status = status(&row.status);
        let done = if row.sync_level == "database" {
            row.databases_scanned
        } else {
            row.tables_scanned
        };
        let pace = Pace::of(
            row.running_seconds,
            row.records_resumed,
            row.records_processed,
            row.records_total,
        );
        ScanStatus {
            scan_id: row.id,
            job_id: row.job_id,
            resource_id: row.datasource_id,
            status,
            started_at: row.started_at,
            completed_at: row.completed_at,
            duration_seconds: row.duration_seconds,
            progress: progress(status, row.tables_total, done),
            tables_total: row.tables_total,
            tables_scanned: row.tables_scanned,
            tables_unchanged: row.tables_unchanged,
            fields_scanned: row.fields_scanned,
            mode: row.mode.as_deref().and_then(ScanMode::parse),
            records_per_second: pace.per_second,
            seconds_left: pace.seconds_left,
            message: row.message,
            changes: ChangeCounts {
                added: row.added_count,
                changed: row.changed_count,
                removed: row.removed_count,
                renamed: row.renamed_count,
            },
            failures: row.failures.0,
            missing_grants: row.missing_grants.0,
            cost: row.cost.map(|cost| cost.0),
            error_message: row.error_message,
        }
    }))
}

/// Done out of one: 1 for what ended well, else what is written of what there is to write.
#[expect(
    clippy::cast_precision_loss,
    reason = "a fraction for people needs no more than 52 bits"
)]
fn progress(status: JobStatus, total: Option<i64>, done: i64) -> Option<f64> {
    match (status, total) {
        (JobStatus::Success | JobStatus::Partial, _) => Some(1.0),
        (_, Some(0)) => Some(0.0),
        (_, Some(total)) => Some((done as f64 / total as f64).min(1.0)),
        (_, None) => None,
    }
}

/// Which runs a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only runs of this data source.
    pub datasource_id: Option<i64>,
    /// Only runs in this state.
    pub status: Option<JobStatus>,
}

/// The tenant's runs, newest first, from before an id on.
pub async fn list(
    conn: &mut PgConnection,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<SyncLog>, StoreError> {
    let rows = sqlx::query!(
        r#"-- list sync logs
        select id, datasource_id, job_id, sync_type, sync_level, target_database, status, started_at, completed_at,
            duration_seconds, databases_scanned, tables_scanned, tables_unchanged, fields_scanned, mode, added_count,
            changed_count, removed_count, renamed_count, failed_count, cost as "cost: Json<Cost>", server_identity,
            error_message, created_at
        from metadata.sync_logs
        where tenant_id = metadata.current_tenant()
          and ($1::bigint is null or datasource_id = $1)
          and ($2::text is null or status = $2)
          and ($3::bigint is null or id < $3)
        order by id desc
        limit $4"#,
        filter.datasource_id,
        filter.status.map(JobStatus::as_str),
        before,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| SyncLog {
            id: row.id,
            datasource_id: row.datasource_id,
            job_id: row.job_id,
            sync_type: row.sync_type,
            sync_level: row.sync_level,
            target_database: row.target_database,
            status: status(&row.status),
            started_at: row.started_at,
            completed_at: row.completed_at,
            duration_seconds: row.duration_seconds,
            databases_scanned: row.databases_scanned,
            tables_scanned: row.tables_scanned,
            tables_unchanged: row.tables_unchanged,
            fields_scanned: row.fields_scanned,
            mode: row.mode.as_deref().and_then(ScanMode::parse),
            added_count: row.added_count,
            changed_count: row.changed_count,
            removed_count: row.removed_count,
            renamed_count: row.renamed_count,
            failed_count: row.failed_count,
            cost: row.cost.map(|cost| cost.0),
            server_identity: row.server_identity,
            error_message: row.error_message,
            created_at: row.created_at,
        })
        .collect())
}

/// How many runs a list has.
pub async fn count(conn: &mut PgConnection, filter: &Filter) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"-- count sync logs
        select count(*) as "count!" from metadata.sync_logs
        where tenant_id = metadata.current_tenant()
          and ($1::bigint is null or datasource_id = $1)
          and ($2::text is null or status = $2)"#,
        filter.datasource_id,
        filter.status.map(JobStatus::as_str)
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}

fn status(word: &str) -> JobStatus {
    JobStatus::parse(word).expect("a check constraint allows these words only")
}
