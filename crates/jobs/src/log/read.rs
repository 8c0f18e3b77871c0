//! Reading the job log.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::job::{Job, JobAttempt, JobStatus, Pace};
use sqlx::PgConnection;
use uuid::Uuid;

struct Row {
    id: Uuid,
    job_type: String,
    external_id: Option<String>,
    target_scope: String,
    datasource_id: Option<i64>,
    pipeline_id: Option<i64>,
    scan_id: Option<i64>,
    status: String,
    records_total: Option<i64>,
    records_processed: i64,
    records_failed: i64,
    records_resumed: i64,
    running_seconds: Option<f64>,
    message: Option<String>,
    error_details: Option<String>,
    trigger: String,
    requested_by: Option<String>,
    parent_job_id: Option<Uuid>,
    attempt: i32,
    parameters: serde_json::Value,
    result: Option<serde_json::Value>,
    version: i64,
    queued_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    heartbeat_at: Option<DateTime<Utc>>,
    run_after: Option<DateTime<Utc>>,
    cancel_requested_at: Option<DateTime<Utc>>,
    completed_at: Option<DateTime<Utc>>,
}

impl From<Row> for Job {
    fn from(row: Row) -> Self {
        let pace = Pace::of(
            row.running_seconds,
            row.records_resumed,
            row.records_processed,
            row.records_total,
        );
        Self {
            id: row.id,
            job_type: row.job_type,
            external_id: row.external_id,
            target_scope: row.target_scope,
            datasource_id: row.datasource_id,
            pipeline_id: row.pipeline_id,
            scan_id: row.scan_id,
            status: JobStatus::parse(&row.status)
                .expect("a check constraint allows these words only"),
            records_total: row.records_total,
            records_processed: row.records_processed,
            records_failed: row.records_failed,
            records_per_second: pace.per_second,
            seconds_left: pace.seconds_left,
            message: row.message,
            error_details: row.error_details,
            trigger: row.trigger,
            requested_by: row.requested_by,
            parent_job_id: row.parent_job_id,
            attempt: row.attempt,
            parameters: row.parameters,
            result: row.result,
            version: row.version,
            queued_at: row.queued_at,
            started_at: row.started_at,
            heartbeat_at: row.heartbeat_at,
            run_after: row.run_after,
            cancel_requested_at: row.cancel_requested_at,
            completed_at: row.completed_at,
        }
    }
}

/// One job; None when the tenant has no such one.
pub async fn get(conn: &mut PgConnection, id: Uuid) -> Result<Option<Job>, StoreError> {
    Ok(get_all(conn, &[id]).await?.pop())
}

/// Those of some jobs that the tenant has, in the order in which they were accepted.
pub async fn get_all(conn: &mut PgConnection, ids: &[Uuid]) -> Result<Vec<Job>, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        "-- get jobs
        select id, job_type, external_id, target_scope, datasource_id, pipeline_id,
            (select l.id from metadata.sync_logs l where l.tenant_id = j.tenant_id and l.job_id = j.id) as scan_id, status,
            records_total, records_processed, records_failed, records_resumed,
            -- Of a run outside the counts are those of its last report.
            case status when 'RUNNING' then extract(epoch from
                case trigger when 'external' then heartbeat_at else clock_timestamp() end - started_at)::float8
            end as running_seconds,
            message, error_details, trigger, requested_by, parent_job_id, attempt, parameters, result, version, queued_at,
            started_at, heartbeat_at, run_after, cancel_requested_at, completed_at
        from metadata.log_data_jobs j
        where tenant_id = metadata.current_tenant() and id = any($1)
        order by id",
        ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Which jobs a list shows.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Filter {
    /// Only this type.
    pub job_type: Option<String>,
    /// Only this state.
    pub status: Option<JobStatus>,
    /// Only this scope.
    pub scope: Option<String>,
    /// Only jobs accepted since then.
    pub since: Option<DateTime<Utc>>,
    /// Only jobs that read this data source.
    pub datasource_id: Option<i64>,
    /// Only runs of this pipeline.
    pub pipeline_id: Option<i64>,
}

/// The tenant's jobs, newest first, from before an id on.
pub async fn list(
    conn: &mut PgConnection,
    filter: &Filter,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Job>, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        "-- list jobs
        select id, job_type, external_id, target_scope, datasource_id, pipeline_id,
            (select l.id from metadata.sync_logs l where l.tenant_id = j.tenant_id and l.job_id = j.id) as scan_id, status,
            records_total, records_processed, records_failed, records_resumed,
            -- Of a run outside the counts are those of its last report.
            case status when 'RUNNING' then extract(epoch from
                case trigger when 'external' then heartbeat_at else clock_timestamp() end - started_at)::float8
            end as running_seconds,
            message, error_details, trigger, requested_by, parent_job_id, attempt, parameters, result, version, queued_at,
            started_at, heartbeat_at, run_after, cancel_requested_at, completed_at
        from metadata.log_data_jobs j
        where tenant_id = metadata.current_tenant()
          and ($1::text is null or job_type = $1)
          and ($2::text is null or status = $2)
          and ($3::text is null or target_scope = $3)
          and ($4::timestamptz is null or queued_at >= $4)
          and ($5::bigint is null or datasource_id = $5)
          and ($6::bigint is null or pipeline_id = $6)
          and ($7::uuid is null or id < $7)
        order by id desc
        limit $8",
        filter.job_type,
        filter.status.map(JobStatus::as_str),
        filter.scope,
        filter.since,
        filter.datasource_id,
        filter.pipeline_id,
        before,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// How many jobs a list has.
pub async fn count(conn: &mut PgConnection, filter: &Filter) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"-- count jobs
        select count(*) as "count!" from metadata.log_data_jobs
        where tenant_id = metadata.current_tenant()
          and ($1::text is null or job_type = $1)
          and ($2::text is null or status = $2)
          and ($3::text is null or target_scope = $3)
          and ($4::timestamptz is null or queued_at >= $4)
          and ($5::bigint is null or datasource_id = $5)
          and ($6::bigint is null or pipeline_id = $6)"#,
        filter.job_type,
        filter.status.map(JobStatus::as_str),
        filter.scope,
        filter.since,
        filter.datasource_id,
        filter.pipeline_id
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}

/// The moment of the transaction by the store's clock.
pub async fn moment(conn: &mut PgConnection) -> Result<DateTime<Utc>, StoreError> {
    let moment = sqlx::query_scalar!(
        r#"-- moment
        select now() as "now!""#
    )
    .fetch_one(conn)
    .await?;
    Ok(moment)
}

/// The jobs that wait or run, those that run and the newest first, and those that ended since a time, the last first:
/// of each at most so many.
pub async fn under_way(
    conn: &mut PgConnection,
    ended_since: Option<DateTime<Utc>>,
    at_most: i64,
) -> Result<Vec<Job>, StoreError> {
    let ids = sqlx::query_scalar!(
        r#"-- jobs under way
        (select id as "id!" from metadata.log_data_jobs
         where tenant_id = metadata.current_tenant() and status in ('QUEUED', 'RUNNING')
         order by status = 'RUNNING' desc, id desc
         limit $2)
        union all
        (select id from metadata.log_data_jobs
         where tenant_id = metadata.current_tenant() and completed_at >= $1
         order by completed_at desc
         limit $2)"#,
        ended_since,
        at_most
    )
    .fetch_all(&mut *conn)
    .await?;
    get_all(conn, &ids).await
}

/// The attempts at a job, first to last.
pub async fn attempts(conn: &mut PgConnection, id: Uuid) -> Result<Vec<JobAttempt>, StoreError> {
    let attempts = sqlx::query_as!(
        JobAttempt,
        "-- attempts at job
        select attempt, worker, started_at, ended_at, outcome, error from metadata.job_attempts
        where tenant_id = metadata.current_tenant() and job_id = $1
        order by attempt",
        id
    )
    .fetch_all(conn)
    .await?;
    Ok(attempts)
}
