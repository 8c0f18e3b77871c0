//! Pipelines: how tables are filled and made from each other.

mod facts;
mod schedule;
mod status;

use chrono::{DateTime, Utc};
use db::StoreError;
use models::pipeline::{Delta, Etl, Fill, Pipeline, PipelineSchedule, Target};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

pub use self::facts::{ColumnFacts, Facts, SourceFacts, TableFacts, Wanted, facts};
pub use self::schedule::{due, pause, plan, set_started, take_due};
pub use self::status::{Ends, ends, last_jobs, reported_as};

/// The constraint that keeps two pipelines of a tenant from having one name.
pub const NAME_KEY: &str = "pipelines_name_key";

/// What of a pipeline can be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// The table that is filled; None when its data source has been deleted.
    pub sync_table_id: Option<i64>,
    /// The table that is made from it; None when its data source has been deleted.
    pub biz_table_id: Option<i64>,
    /// How the sync table is filled.
    pub fill: Fill,
    /// How the business table is made.
    pub etl: Etl,
    /// How the difference is measured.
    pub delta: Delta,
    /// How old the data may be.
    pub target: Target,
    /// So many rows that wait start the ETL.
    pub threshold: Option<i64>,
    /// When it runs by itself.
    pub timing: Option<Timing>,
}

/// When a pipeline runs by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    /// The ticks.
    pub cron: String,
    /// The zone whose clock `cron` means.
    pub time_zone: String,
    /// Whether it rests.
    pub paused: bool,
    /// The most that a run comes after its tick.
    pub jitter_seconds: i32,
}

impl Definition {
    /// Whether what was measured of the one answers what is asked of the other.
    #[must_use]
    pub fn is_measured_like(&self, other: &Self) -> bool {
        self.sync_table_id == other.sync_table_id
            && self.biz_table_id == other.biz_table_id
            && self.delta == other.delta
    }
}

impl From<&Pipeline> for Definition {
    fn from(pipeline: &Pipeline) -> Self {
        let timing = pipeline.schedule.as_ref().map(|schedule| Timing {
            cron: schedule.cron.clone(),
            time_zone: schedule.time_zone.clone(),
            paused: schedule.paused,
            jitter_seconds: schedule.jitter_seconds,
        });
        Self {
            name: pipeline.name.clone(),
            sync_table_id: pipeline.sync_table_id,
            biz_table_id: pipeline.biz_table_id,
            fill: pipeline.fill.clone(),
            etl: pipeline.etl.clone(),
            delta: pipeline.delta.clone(),
            target: pipeline.target,
            threshold: pipeline.threshold,
            timing,
        }
    }
}

struct Row {
    id: i64,
    name: String,
    sync_table_id: Option<i64>,
    biz_table_id: Option<i64>,
    fill: Json<Fill>,
    etl: Json<Etl>,
    delta: Json<Delta>,
    sync_target_seconds: Option<i32>,
    etl_target_seconds: Option<i32>,
    threshold: Option<i64>,
    cron: Option<String>,
    time_zone: Option<String>,
    paused: bool,
    jitter_seconds: Option<i32>,
    next_run_at: Option<DateTime<Utc>>,
    last_run_at: Option<DateTime<Utc>>,
    last_job_id: Option<Uuid>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<Row> for Pipeline {
    fn from(row: Row) -> Self {
        let schedule = match (row.cron, row.time_zone, row.jitter_seconds) {
            (Some(cron), Some(time_zone), Some(jitter_seconds)) => Some(PipelineSchedule {
                cron,
                time_zone,
                paused: row.paused,
                jitter_seconds,
                next_run_at: row.next_run_at,
                last_run_at: row.last_run_at,
                last_job_id: row.last_job_id,
            }),
            _ => None,
        };
        Self {
            id: row.id,
            name: row.name,
            sync_table_id: row.sync_table_id,
            biz_table_id: row.biz_table_id,
            fill: row.fill.0,
            etl: row.etl.0,
            delta: row.delta.0,
            target: Target {
                sync_seconds: row.sync_target_seconds,
                etl_seconds: row.etl_target_seconds,
            },
            threshold: row.threshold,
            schedule,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// Makes a pipeline whose schedule is still to be planned, and answers with its id.
///
/// # Errors
/// [`NAME_KEY`] is violated by a second one of a name.
pub async fn create(conn: &mut PgConnection, new: &Definition) -> Result<i64, StoreError> {
    let timing = new.timing.as_ref();
    let id = sqlx::query_scalar!(
        "-- create pipeline
        insert into metadata.pipelines
            (tenant_id, name, sync_table_id, biz_table_id, fill, etl, delta, sync_target_seconds, etl_target_seconds,
                threshold, cron, time_zone, paused, jitter_seconds)
        values (metadata.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        returning id",
        new.name,
        new.sync_table_id,
        new.biz_table_id,
        Json(&new.fill) as _,
        Json(&new.etl) as _,
        Json(&new.delta) as _,
        new.target.sync_seconds,
        new.target.etl_seconds,
        new.threshold,
        timing.map(|timing| timing.cron.as_str()),
        timing.map(|timing| timing.time_zone.as_str()),
        timing.is_some_and(|timing| timing.paused),
        timing.map(|timing| timing.jitter_seconds)
    )
    .fetch_one(conn)
    .await?;
    Ok(id)
}

/// Stores a changed pipeline, and when it then runs next. False when there is no such one.
///
/// # Errors
/// [`NAME_KEY`] is violated by a second one of a name.
pub async fn update(
    conn: &mut PgConnection,
    id: i64,
    new: &Definition,
    next_run_at: Option<DateTime<Utc>>,
) -> Result<bool, StoreError> {
    let timing = new.timing.as_ref();
    let done = sqlx::query!(
        "-- update pipeline
        update metadata.pipelines
        set name = $2, sync_table_id = $3, biz_table_id = $4, fill = $5, etl = $6, delta = $7,
            sync_target_seconds = $8, etl_target_seconds = $9, threshold = $10, cron = $11, time_zone = $12,
            paused = $13, jitter_seconds = $14, next_run_at = $15,
            sync_table_since = case when sync_table_id is distinct from $3 then now() else sync_table_since end,
            biz_table_since = case when biz_table_id is distinct from $4 then now() else biz_table_since end
        where tenant_id = metadata.current_tenant() and id = $1",
        id,
        new.name,
        new.sync_table_id,
        new.biz_table_id,
        Json(&new.fill) as _,
        Json(&new.etl) as _,
        Json(&new.delta) as _,
        new.target.sync_seconds,
        new.target.etl_seconds,
        new.threshold,
        timing.map(|timing| timing.cron.as_str()),
        timing.map(|timing| timing.time_zone.as_str()),
        timing.is_some_and(|timing| timing.paused),
        timing.map(|timing| timing.jitter_seconds),
        next_run_at
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One pipeline; None when the tenant has no such one.
pub async fn get(conn: &mut PgConnection, id: i64) -> Result<Option<Pipeline>, StoreError> {
    let row = sqlx::query_as!(
        Row,
        r#"-- get pipeline
        select id, name, sync_table_id, biz_table_id, fill as "fill: Json<Fill>", etl as "etl: Json<Etl>",
            delta as "delta: Json<Delta>", sync_target_seconds, etl_target_seconds, threshold, cron, time_zone, paused,
            jitter_seconds, next_run_at, last_run_at, last_job_id, created_at, updated_at
        from metadata.pipelines
        where tenant_id = metadata.current_tenant() and id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Pipeline::from))
}

/// The tenant's pipelines by name, from after a name on.
pub async fn list(
    conn: &mut PgConnection,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Pipeline>, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        r#"-- list pipelines
        select id, name, sync_table_id, biz_table_id, fill as "fill: Json<Fill>", etl as "etl: Json<Etl>",
            delta as "delta: Json<Delta>", sync_target_seconds, etl_target_seconds, threshold, cron, time_zone, paused,
            jitter_seconds, next_run_at, last_run_at, last_job_id, created_at, updated_at
        from metadata.pipelines
        where tenant_id = metadata.current_tenant() and ($1::text is null or name > $1)
        order by name
        limit $2"#,
        after,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Pipeline::from).collect())
}

/// How many pipelines the tenant has.
pub async fn count(conn: &mut PgConnection) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"-- count pipelines
        select count(*) as "count!" from metadata.pipelines where tenant_id = metadata.current_tenant()"#
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}

/// A pipeline that leads, alone or with others, from a business table back to a sync table: with one from the sync
/// table to the business table they would run in a circle. The pipeline `but` is left out.
pub async fn circle(
    conn: &mut PgConnection,
    sync_table: i64,
    biz_table: i64,
    but: Option<i64>,
) -> Result<Option<String>, StoreError> {
    let name = sqlx::query_file_scalar!("sql/pipeline_circle.sql", sync_table, biz_table, but)
        .fetch_optional(conn)
        .await?;
    Ok(name)
}

/// Keeps others from making or changing pipelines of the tenant until the transaction ends: each for itself, two of
/// them could close a circle.
pub async fn lock_all(conn: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query!(
        "-- lock pipelines of tenant
        select from metadata.tenants where tenant_id = metadata.current_tenant() for no key update"
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps others from changing, running or deleting a pipeline until the transaction ends.
pub async fn lock(conn: &mut PgConnection, id: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "-- lock pipeline
        select from metadata.pipelines where tenant_id = metadata.current_tenant() and id = $1
        for no key update",
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Deletes a pipeline with its measurements. False when the tenant has no such one.
pub async fn delete(conn: &mut PgConnection, id: i64) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- delete pipeline
        delete from metadata.pipelines where tenant_id = metadata.current_tenant() and id = $1",
        id
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
