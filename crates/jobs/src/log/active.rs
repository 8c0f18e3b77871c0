//! Jobs that wait or run.

use db::StoreError;
use models::job::{JobType, Trigger};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::NewJob;

/// The active job of a type on a data source.
pub async fn active(
    conn: &mut PgConnection,
    datasource: i64,
    job_type: JobType,
) -> Result<Option<Uuid>, StoreError> {
    let id = sqlx::query_scalar!(
        "-- active job
        select id from metadata.log_data_jobs
        where tenant_id = metadata.current_tenant() and datasource_id = $1 and job_type = $2
          and status in ('QUEUED', 'RUNNING')
        limit 1",
        datasource,
        job_type.as_str()
    )
    .fetch_optional(conn)
    .await?;
    Ok(id)
}

/// The active jobs of a pipeline with their types, oldest first.
pub async fn active_of_pipeline(
    conn: &mut PgConnection,
    pipeline: i64,
) -> Result<Vec<(String, Uuid)>, StoreError> {
    let rows = sqlx::query!(
        "-- active jobs of pipeline
        select job_type, id from metadata.log_data_jobs
        where tenant_id = metadata.current_tenant() and pipeline_id = $1 and status in ('QUEUED', 'RUNNING')
        order by id",
        pipeline
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.job_type, row.id)).collect())
}

/// Changes what a job is asked to do that waits; one that runs has read it.
pub async fn set_parameters(
    conn: &mut PgConnection,
    id: Uuid,
    parameters: &serde_json::Value,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- set parameters of job
        update metadata.log_data_jobs set parameters = $2
        where tenant_id = metadata.current_tenant() and id = $1 and status = 'QUEUED'",
        id,
        parameters
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The active job that keeps a new one from being entered.
pub(crate) async fn in_the_way(
    conn: &mut PgConnection,
    new: &NewJob<'_>,
) -> Result<Option<Uuid>, StoreError> {
    if let Some(pipeline) = new.pipeline_id {
        let jobs = active_of_pipeline(conn, pipeline).await?;
        let same = jobs
            .into_iter()
            .find(|(word, _)| word == new.job_type.as_str());
        return Ok(same.map(|(_, id)| id));
    }
    match new.datasource_id {
        Some(datasource) => active(conn, datasource, new.job_type).await,
        None => Ok(None),
    }
}

/// How many jobs of the tenant are waiting or running that one of these triggers started.
pub(crate) async fn active_count(
    conn: &mut PgConnection,
    triggers: &[Trigger],
) -> Result<i64, StoreError> {
    let words: Vec<String> = triggers.iter().map(|it| it.as_str().to_owned()).collect();
    let count = sqlx::query_scalar!(
        r#"-- count active jobs
        select count(*) as "count!" from metadata.log_data_jobs
        where tenant_id = metadata.current_tenant() and status in ('QUEUED', 'RUNNING') and trigger = any($1)"#,
        &words
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}
