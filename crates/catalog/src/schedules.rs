//! Schedules: when data sources are read again by themselves.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::TenantId;
use models::schedule::{Origin, Schedule};
use sqlx::PgConnection;
use uuid::Uuid;

/// The index that keeps `manager` from having two schedules of one data source.
pub const MANAGER_KEY: &str = "schedules_manager_key";

/// What of a schedule can be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The databases that level 2 reads; None for level 1.
    pub databases: Option<Vec<String>>,
    /// The ticks.
    pub cron: String,
    /// The zone whose clock `cron` means.
    pub time_zone: String,
    /// Whether it rests.
    pub paused: bool,
    /// The most that a run comes after its tick.
    pub jitter_seconds: i32,
    /// Who keeps it.
    pub origin: Origin,
}

struct Row {
    id: i64,
    datasource_id: i64,
    level: i16,
    databases: Option<Vec<String>>,
    cron: String,
    time_zone: String,
    paused: bool,
    jitter_seconds: i32,
    origin: String,
    next_run_at: Option<DateTime<Utc>>,
    last_run_at: Option<DateTime<Utc>>,
    last_job_id: Option<Uuid>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<Row> for Schedule {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            datasource_id: row.datasource_id,
            level: u8::try_from(row.level).expect("a check constraint keeps the range"),
            databases: row.databases,
            cron: row.cron,
            time_zone: row.time_zone,
            paused: row.paused,
            jitter_seconds: row.jitter_seconds,
            origin: Origin::parse(&row.origin).expect("a check constraint allows these words only"),
            next_run_at: row.next_run_at,
            last_run_at: row.last_run_at,
            last_job_id: row.last_job_id,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// Makes a schedule that is still to be planned, and answers with its id.
///
/// # Errors
/// [`MANAGER_KEY`] is violated by a second one of `manager` for a data source.
pub async fn create(
    conn: &mut PgConnection,
    datasource: i64,
    level: u8,
    new: &Settings,
) -> Result<i64, StoreError> {
    let id = sqlx::query_scalar!(
        "-- create schedule
        insert into metadata.schedules
            (tenant_id, datasource_id, level, databases, cron, time_zone, paused, jitter_seconds, origin)
        values (metadata.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8)
        returning id",
        datasource,
        i16::from(level),
        new.databases.as_deref(),
        new.cron,
        new.time_zone,
        new.paused,
        new.jitter_seconds,
        new.origin.as_str()
    )
    .fetch_one(conn)
    .await?;
    Ok(id)
}

/// Stores changed settings, and when it then runs next. False when there is no such schedule.
pub async fn update(
    conn: &mut PgConnection,
    id: i64,
    new: &Settings,
    next_run_at: Option<DateTime<Utc>>,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- update schedule
        update metadata.schedules
        set databases = $2, cron = $3, time_zone = $4, paused = $5, jitter_seconds = $6, origin = $7, next_run_at = $8
        where tenant_id = metadata.current_tenant() and id = $1",
        id,
        new.databases.as_deref(),
        new.cron,
        new.time_zone,
        new.paused,
        new.jitter_seconds,
        new.origin.as_str(),
        next_run_at
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes when a schedule runs next. False when there is no such schedule.
pub async fn plan(
    conn: &mut PgConnection,
    id: i64,
    next_run_at: Option<DateTime<Utc>>,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- plan schedule
        update metadata.schedules set next_run_at = $2
        where tenant_id = metadata.current_tenant() and id = $1",
        id,
        next_run_at
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that a schedule has started a job, and when it runs next. False when there is no such schedule.
pub async fn set_started(
    conn: &mut PgConnection,
    id: i64,
    job: Uuid,
    started_at: DateTime<Utc>,
    next_run_at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- schedule has run
        update metadata.schedules set last_job_id = $2, last_run_at = $3, next_run_at = $4
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

/// Takes a schedule whose time has come or that is to be planned, until the transaction ends. None when
/// another one has it, or has done what was to be done, and when it or its data source is paused.
pub async fn take_due(
    conn: &mut PgConnection,
    id: i64,
    moment: DateTime<Utc>,
) -> Result<Option<Schedule>, StoreError> {
    let row = sqlx::query_as!(
        Row,
        "-- take due schedule
        select s.id, s.datasource_id, s.level, s.databases, s.cron, s.time_zone, s.paused, s.jitter_seconds, s.origin,
            s.next_run_at, s.last_run_at, s.last_job_id, s.created_at, s.updated_at
        from metadata.schedules s
        join metadata.datasources d on d.tenant_id = s.tenant_id and d.id = s.datasource_id
        where s.tenant_id = metadata.current_tenant() and s.id = $1 and not s.paused and not d.paused
          and (s.next_run_at is null or s.next_run_at <= $2)
        for no key update of s skip locked",
        id,
        moment
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Schedule::from))
}

/// Keeps others from changing a schedule until the transaction ends.
pub async fn lock(conn: &mut PgConnection, id: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "-- lock schedule
        select from metadata.schedules where tenant_id = metadata.current_tenant() and id = $1
        for no key update",
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps others from running or changing the schedules of a data source until the transaction ends.
///
/// Who starts a scan by a schedule has the schedule first, then the job, then the data source, as the one who
/// ends a job has them. So whoever needs a data source and its schedules begins here.
pub async fn lock_of(conn: &mut PgConnection, datasource: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "-- lock schedules of datasource
        select from metadata.schedules where tenant_id = metadata.current_tenant() and datasource_id = $1
        order by id
        for no key update",
        datasource
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// One schedule; None when the tenant has no such one.
pub async fn get(conn: &mut PgConnection, id: i64) -> Result<Option<Schedule>, StoreError> {
    let row = sqlx::query_as!(
        Row,
        "-- get schedule
        select id, datasource_id, level, databases, cron, time_zone, paused, jitter_seconds, origin, next_run_at,
            last_run_at, last_job_id, created_at, updated_at
        from metadata.schedules
        where tenant_id = metadata.current_tenant() and id = $1",
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Schedule::from))
}

/// The tenant's schedules, or those of one data source, in the order in which they were made, from after an
/// id on.
pub async fn list(
    conn: &mut PgConnection,
    datasource: Option<i64>,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Schedule>, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        "-- list schedules
        select id, datasource_id, level, databases, cron, time_zone, paused, jitter_seconds, origin, next_run_at,
            last_run_at, last_job_id, created_at, updated_at
        from metadata.schedules
        where tenant_id = metadata.current_tenant()
          and ($1::bigint is null or datasource_id = $1)
          and ($2::bigint is null or id > $2)
        order by id
        limit $3",
        datasource,
        after,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Schedule::from).collect())
}

/// How many schedules a list has.
pub async fn count(conn: &mut PgConnection, datasource: Option<i64>) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"-- count schedules
        select count(*) as "count!" from metadata.schedules
        where tenant_id = metadata.current_tenant() and ($1::bigint is null or datasource_id = $1)"#,
        datasource
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}

/// Deletes a schedule. False when the tenant has no such one.
pub async fn delete(conn: &mut PgConnection, id: i64) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- delete schedule
        delete from metadata.schedules where tenant_id = metadata.current_tenant() and id = $1",
        id
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Across tenants: the schedules whose time has come or that are to be planned, longest first, but those
/// that are paused or whose data source is. Needs no bound tenant; answers with ids only.
pub async fn due(
    conn: &mut PgConnection,
    moment: DateTime<Utc>,
    at_most: i32,
) -> Result<Vec<(TenantId, i64)>, StoreError> {
    let rows = sqlx::query!(
        r#"-- schedules due
        select tenant_id as "tenant_id!", schedule_id as "schedule_id!" from metadata.schedules_due($1, $2)"#,
        moment,
        at_most
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (TenantId(row.tenant_id), row.schedule_id))
        .collect())
}

/// Across tenants: the default schedules that run at another time than this. Needs no bound tenant; answers
/// with ids only.
pub async fn defaults_unlike(
    conn: &mut PgConnection,
    cron: &str,
    time_zone: &str,
    jitter_seconds: i32,
    at_most: i32,
) -> Result<Vec<(TenantId, i64)>, StoreError> {
    let rows = sqlx::query!(
        r#"-- default schedules unlike
        select tenant_id as "tenant_id!", schedule_id as "schedule_id!"
        from metadata.default_schedules_unlike($1, $2, $3, $4)"#,
        cron,
        time_zone,
        jitter_seconds,
        at_most
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (TenantId(row.tenant_id), row.schedule_id))
        .collect())
}

/// Brings a default schedule to another time, to be planned anew, unless somebody has made it their own. False
/// when it is none, or no more.
pub async fn set_default(
    conn: &mut PgConnection,
    id: i64,
    cron: &str,
    time_zone: &str,
    jitter_seconds: i32,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- set default schedule
        update metadata.schedules set cron = $2, time_zone = $3, jitter_seconds = $4, next_run_at = null
        where tenant_id = metadata.current_tenant() and id = $1 and origin = 'default'",
        id,
        cron,
        time_zone,
        jitter_seconds
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
