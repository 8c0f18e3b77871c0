//! Lineage: what events of `OpenLineage` say, and the graph that it makes together with views and
//! pipelines.

mod graph;

use chrono::{DateTime, Utc};
use db::StoreError;
use models::openlineage::{Dataset, Event, History, Named, ServerTable};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

pub use self::graph::around;

/// A run that events have told of.
#[derive(Debug)]
pub struct KnownRun {
    /// The job of the log that stands for it.
    pub job_id: Uuid,
    /// What its events have said; None where a release has written it that this one cannot read.
    pub history: Option<History>,
}

/// The run of this `runId`; None before its first event.
///
/// # Errors
/// When the store fails.
pub async fn run(conn: &mut PgConnection, run_id: Uuid) -> Result<Option<KnownRun>, StoreError> {
    let row = sqlx::query!(
        "-- lineage run
        select job_id, history from metadata.lineage_runs
        where tenant_id = metadata.current_tenant() and run_id = $1",
        run_id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| KnownRun {
        job_id: row.job_id,
        history: serde_json::from_value(row.history).ok(),
    }))
}

/// The jobs of the runs that say this one has started them.
///
/// # Errors
/// When the store fails.
pub async fn children(conn: &mut PgConnection, run_id: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let ids = sqlx::query_scalar!(
        "-- lineage children
        select job_id from metadata.lineage_runs
        where tenant_id = metadata.current_tenant() and parent_run_id = $1
        order by job_id",
        run_id
    )
    .fetch_all(conn)
    .await?;
    Ok(ids)
}

/// Keeps what the events of a run have said so far, which stands under `job_id` in the log.
///
/// # Errors
/// When the store fails.
pub async fn put_run(
    conn: &mut PgConnection,
    run_id: Uuid,
    job_id: Uuid,
    history: &History,
) -> Result<(), StoreError> {
    let lineage_job = job(&mut *conn, history.job()).await?;
    sqlx::query!(
        "-- put lineage run
        insert into metadata.lineage_runs (tenant_id, run_id, job_id, lineage_job_id, parent_run_id, began_at, history)
        values (metadata.current_tenant(), $1, $2, $3, $4, $5, $6)
        on conflict (tenant_id, run_id) do update
        set job_id = excluded.job_id, lineage_job_id = excluded.lineage_job_id, parent_run_id = excluded.parent_run_id,
            began_at = excluded.began_at, history = excluded.history",
        run_id,
        job_id,
        lineage_job,
        history.parent(),
        history.began_at(),
        serde_json::json!(history)
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The number of a job, which it gets when it is first heard of.
async fn job(conn: &mut PgConnection, named: &Named) -> Result<i64, StoreError> {
    sqlx::query!(
        "-- create lineage job
        insert into metadata.lineage_jobs (tenant_id, namespace, name) values (metadata.current_tenant(), $1, $2)
        on conflict (tenant_id, namespace, name) do nothing",
        named.namespace,
        named.name
    )
    .execute(&mut *conn)
    .await?;
    let id = sqlx::query_scalar!(
        "-- lineage job
        select id from metadata.lineage_jobs
        where tenant_id = metadata.current_tenant() and namespace = $1 and name = $2",
        named.namespace,
        named.name
    )
    .fetch_one(conn)
    .await?;
    Ok(id)
}

/// A dataset that a job reads or writes, as statements read it.
#[derive(Debug, Serialize)]
struct Edge<'a> {
    direction: &'static str,
    namespace: &'a str,
    name: &'a str,
    #[serde(flatten)]
    table: Option<ServerTable>,
}

/// Keeps what an event says that a job reads and writes. Nothing is taken away: that another event does not
/// say it again means nothing.
///
/// # Errors
/// When the store fails.
pub async fn put_edges(
    conn: &mut PgConnection,
    named: &Named,
    event: &Event,
) -> Result<(), StoreError> {
    let sides = [("input", &event.inputs), ("output", &event.outputs)];
    let edges = sides.into_iter().flat_map(|(direction, datasets)| {
        datasets.iter().map(move |dataset| edge(direction, dataset))
    });
    let edges: Vec<Edge<'_>> = edges.collect();
    let job = job(&mut *conn, named).await?;
    if edges.is_empty() {
        return Ok(());
    }
    let edges = serde_json::json!(edges);
    create_datasets(&mut *conn, &edges).await?;
    merge_edges(conn, job, &edges, event.event_time).await
}

fn edge<'a>(direction: &'static str, dataset: &'a Dataset) -> Edge<'a> {
    Edge {
        direction,
        namespace: &dataset.namespace,
        name: &dataset.name,
        table: ServerTable::of(&dataset.namespace, &dataset.name),
    }
}

/// In the order of their names, as everybody does: so that two who name the same ones do not wait for each
/// other.
async fn create_datasets(
    conn: &mut PgConnection,
    edges: &serde_json::Value,
) -> Result<(), StoreError> {
    sqlx::query!(
        r#"-- create lineage datasets
        insert into metadata.lineage_datasets
            (tenant_id, namespace, name, engine, host, port, database_name, table_schema, table_name)
        select distinct metadata.current_tenant(), d.namespace collate "C", d.name collate "C", d.engine, d.host, d.port,
            d.database, d.schema, d."table"
        from jsonb_to_recordset($1) as d
            (namespace text, name text, engine text, host text, port integer, database text, schema text, "table" text)
        order by 2, 3
        on conflict (tenant_id, namespace, name) do nothing"#,
        edges
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn merge_edges(
    conn: &mut PgConnection,
    job: i64,
    edges: &serde_json::Value,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        r#"-- merge lineage edges
        insert into metadata.lineage_edges as e
            (tenant_id, lineage_job_id, direction, dataset_id, first_seen_at, last_seen_at)
        select distinct d.tenant_id, $1::bigint, said.direction, d.id, $3::timestamptz, $3
        from jsonb_to_recordset($2) as said (direction text, namespace text, name text)
        join metadata.lineage_datasets d
            on d.tenant_id = metadata.current_tenant() and d.namespace = said.namespace and d.name = said.name
        order by said.direction, d.id
        on conflict (tenant_id, lineage_job_id, direction, dataset_id) do update
        set first_seen_at = least(e.first_seen_at, excluded.first_seen_at),
            last_seen_at = greatest(e.last_seen_at, excluded.last_seen_at)
        where excluded.first_seen_at < e.first_seen_at or excluded.last_seen_at > e.last_seen_at"#,
        job,
        edges,
        at
    )
    .execute(conn)
    .await?;
    Ok(())
}
