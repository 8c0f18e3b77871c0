//! Active jobs that the queue would never give out, or only much later than they are due, go into it
//! again.
//!
//! A job is entered into log and queue in one transaction, so that this is for what nobody foresees: an
//! entry that the library has given up after too many errors, that waits for hours since the store came
//! and went, or that somebody has deleted.

use std::time::Duration;

use chrono::{DateTime, Utc};
use db::StoreError;
use models::TenantId;
use sqlx::PgConnection;
use sqlx::postgres::types::PgInterval;
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use crate::QueueError;
use crate::attempt::Crew;
use crate::queue::Entry;
use crate::worker::chain;

/// How many jobs are looked after in one go.
const AT_ONCE: i64 = 1000;

/// Looks for them until the crew's shutdown.
pub(crate) async fn run(crew: &Crew) {
    let mut ticks = interval(crew.settings.silence);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = crew.shutdown.cancelled() => return,
        }
        if let Err(error) = sweep(crew).await {
            tracing::warn!(error = %chain(&error), "jobs that the queue has lost were not looked for");
        }
    }
}

async fn sweep(crew: &Crew) -> Result<(), SweepError> {
    let mut connection = crew.store.connection().await?;
    for entry in lost(&mut connection, crew.settings.silence).await? {
        tracing::warn!(job_id = %entry.job, "the queue has lost the job, entering it again");
        // Where another replica was faster and a worker has it already, this entry is given out after
        // that one, and finds nothing to do.
        crew.queue.push(&mut connection, &entry).await?;
    }
    Ok(())
}

/// Tenant, job, data source, and when it is due.
type Row = (i64, Uuid, Option<i64>, Option<DateTime<Utc>>);

/// Entries for jobs that are not to be had from the queue, neither now nor within `patience` of when
/// they are due.
async fn lost(conn: &mut PgConnection, patience: Duration) -> Result<Vec<Entry>, StoreError> {
    let patience = PgInterval::try_from(patience).unwrap_or_default();
    // Not checked when it is compiled: the library makes its tables when the service starts.
    let rows: Vec<Row> = sqlx::query_as(
        "-- lost jobs
        select a.tenant_id, a.job_id, a.datasource_id, a.run_after from metadata.active_jobs() a
        where not exists (
            select from graphile_worker._private_jobs e
            where e.key = a.job_id::text
              and (e.locked_at is not null
                or e.attempts < e.max_attempts and e.run_at <= coalesce(a.run_after, now()) + $1)
        )
        limit $2",
    )
    .bind(patience)
    .bind(AT_ONCE)
    .fetch_all(conn)
    .await?;
    let entry = |(tenant, job, datasource, due): Row| Entry {
        tenant: TenantId(tenant),
        job,
        // One that only waits may do so among those that work, for once.
        only_waits: false,
        datasource,
        // Of a pipeline it may run beside another one, which does no harm.
        pipeline: None,
        // Whoever asked has waited long enough.
        priority: 0,
        due,
    };
    Ok(rows.into_iter().map(entry).collect())
}

#[derive(Debug, thiserror::Error)]
enum SweepError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Queue(#[from] QueueError),
}
