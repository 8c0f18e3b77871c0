//! What jobs tell of pipelines.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use db::StoreError;
use models::job::JobStatus;
use models::pipeline::PipelineJob;
use sqlx::PgConnection;
use uuid::Uuid;

/// When a pipeline last did something well.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ends {
    /// Its last fill ended then.
    pub synced_at: Option<DateTime<Utc>>,
    /// Its last ETL ended then.
    pub processed_at: Option<DateTime<Utc>>,
}

/// When each of these pipelines last did something well.
pub async fn ends(
    conn: &mut PgConnection,
    pipelines: &[i64],
) -> Result<HashMap<i64, Ends>, StoreError> {
    let rows = sqlx::query_file!("sql/pipeline_ends.sql", pipelines)
        .fetch_all(conn)
        .await?;
    let ends = rows.into_iter().map(|row| {
        let ends = Ends {
            synced_at: row.synced_at,
            processed_at: row.processed_at,
        };
        (row.id, ends)
    });
    Ok(ends.collect())
}

struct JobRow {
    pipeline_id: i64,
    id: Uuid,
    job_type: String,
    status: String,
    records_processed: i64,
    records_failed: i64,
    error: Option<String>,
    queued_at: DateTime<Utc>,
    completed_at: Option<DateTime<Utc>>,
}

impl From<JobRow> for PipelineJob {
    fn from(row: JobRow) -> Self {
        Self {
            id: row.id,
            job_type: row.job_type,
            status: JobStatus::parse(&row.status)
                .expect("a check constraint allows these words only"),
            records_processed: row.records_processed,
            records_failed: row.records_failed,
            error: row.error,
            queued_at: row.queued_at,
            completed_at: row.completed_at,
        }
    }
}

/// The last jobs of each of these pipelines, newest first.
pub async fn last_jobs(
    conn: &mut PgConnection,
    pipelines: &[i64],
    at_most: i64,
) -> Result<HashMap<i64, Vec<PipelineJob>>, StoreError> {
    let rows = sqlx::query_file_as!(JobRow, "sql/pipeline_jobs.sql", pipelines, at_most)
        .fetch_all(conn)
        .await?;
    let mut jobs: HashMap<i64, Vec<PipelineJob>> = HashMap::new();
    for row in rows {
        let of_pipeline = jobs.entry(row.pipeline_id).or_default();
        of_pipeline.push(row.into());
    }
    Ok(jobs)
}

/// The pipelines whose fill or ETL a program outside runs and reports under this type and scope.
pub async fn reported_as(
    conn: &mut PgConnection,
    job_type: &str,
    target_scope: &str,
) -> Result<Vec<i64>, StoreError> {
    let ids = sqlx::query_scalar!(
        "-- pipelines of reported run
        select id from metadata.pipelines
        where tenant_id = metadata.current_tenant()
          and (fill ->> 'job_type' = $1 and fill ->> 'target_scope' = $2
            or etl ->> 'job_type' = $1 and etl ->> 'target_scope' = $2)
        order by id",
        job_type,
        target_scope
    )
    .fetch_all(conn)
    .await?;
    Ok(ids)
}
