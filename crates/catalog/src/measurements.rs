//! Measurements: how many rows of a pipeline wait, and how new its tables are.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::pipeline::{DeltaMethod, Measurement};
use sqlx::PgConnection;
use uuid::Uuid;

/// Stores what a job has measured, in the transaction of its end. A repeated attempt replaces what was there.
pub async fn record(
    conn: &mut PgConnection,
    pipeline: i64,
    new: &Measurement,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- record measurement
        insert into metadata.measurements
            (tenant_id, pipeline_id, job_id, method, pending_rows, surplus_rows, sync_rows, biz_rows, sync_changed_at,
                biz_changed_at, note, measured_at)
        values (metadata.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict on constraint measurements_job_key do update
        set method = excluded.method, pending_rows = excluded.pending_rows, surplus_rows = excluded.surplus_rows,
            sync_rows = excluded.sync_rows, biz_rows = excluded.biz_rows,
            sync_changed_at = excluded.sync_changed_at, biz_changed_at = excluded.biz_changed_at,
            note = excluded.note, measured_at = excluded.measured_at",
        pipeline,
        new.job_id,
        new.method.as_str(),
        new.pending_rows,
        new.surplus_rows,
        new.sync_rows,
        new.biz_rows,
        new.sync_changed_at,
        new.biz_changed_at,
        new.note,
        new.measured_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets what was measured of a pipeline: it is no answer to what is asked from now on.
pub async fn forget(conn: &mut PgConnection, pipeline: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "-- forget measurements
        delete from metadata.measurements where tenant_id = metadata.current_tenant() and pipeline_id = $1",
        pipeline
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes in the catalog how many rows the tables of a measurement have, where they were counted: so the totals of tables
/// are as new as that. A table whose row is being written, as by a scan, is left to whoever writes it.
pub async fn note_counts(
    conn: &mut PgConnection,
    pipeline: i64,
    measured: &Measurement,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- note counted rows
        with free as materialized (
            select t.id, c.rows
            from metadata.pipelines p
            cross join lateral (values (p.sync_table_id, $2::bigint), (p.biz_table_id, $3::bigint)) c (table_id, rows)
            join metadata.tables t on t.tenant_id = p.tenant_id and t.id = c.table_id
            where p.tenant_id = metadata.current_tenant() and p.id = $1 and c.rows is not null
              and t.removed_at is null and (t.row_count_at is null or t.row_count_at < $4)
            for no key update of t skip locked
        )
        update metadata.tables t
        set row_count = free.rows, row_count_source = 'exact', row_count_at = $4
        from free
        where t.tenant_id = metadata.current_tenant() and t.id = free.id",
        pipeline,
        measured.sync_rows,
        measured.biz_rows,
        measured.measured_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

struct Row {
    pipeline_id: i64,
    job_id: Uuid,
    method: String,
    pending_rows: i64,
    surplus_rows: Option<i64>,
    sync_rows: Option<i64>,
    biz_rows: Option<i64>,
    sync_changed_at: Option<DateTime<Utc>>,
    biz_changed_at: Option<DateTime<Utc>>,
    note: Option<String>,
    measured_at: DateTime<Utc>,
}

impl From<Row> for (i64, Measurement) {
    fn from(row: Row) -> Self {
        let measurement = Measurement {
            job_id: row.job_id,
            measured_at: row.measured_at,
            method: DeltaMethod::parse(&row.method)
                .expect("a check constraint allows these words only"),
            pending_rows: row.pending_rows,
            surplus_rows: row.surplus_rows,
            sync_rows: row.sync_rows,
            biz_rows: row.biz_rows,
            sync_changed_at: row.sync_changed_at,
            biz_changed_at: row.biz_changed_at,
            note: row.note,
        };
        (row.pipeline_id, measurement)
    }
}

/// The last measurement of each of these pipelines that has one.
pub async fn latest(
    conn: &mut PgConnection,
    pipelines: &[i64],
) -> Result<Vec<(i64, Measurement)>, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        r#"-- latest measurements
        select p.id as "pipeline_id!", m.job_id, m.method, m.pending_rows, m.surplus_rows, m.sync_rows, m.biz_rows,
            m.sync_changed_at, m.biz_changed_at, m.note, m.measured_at
        from unnest($1::bigint[]) p(id)
        cross join lateral (
            select * from metadata.measurements m
            where m.tenant_id = metadata.current_tenant() and m.pipeline_id = p.id
            order by m.id desc
            limit 1
        ) m"#,
        pipelines
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(<(i64, Measurement)>::from).collect())
}
