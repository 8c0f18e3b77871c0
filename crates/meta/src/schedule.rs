//! Automatic syncs: at each tick of the schedule every data source is read again.
//!
//! Nothing is kept in the process: a data source is due when no level-1 sync of it began since the
//! last tick. So any number of replicas may tick, a tick missed while the service was down runs
//! once at start, and a data source that is read by request just then is not read twice.

use std::str::FromStr;
use std::time::Duration;

use catalog::datasources;
use chrono::{DateTime, Utc};
use croner::Cron;
use models::TenantId;
use models::job::Trigger;
use service_kit::problem::chain;
use tokio_util::sync::CancellationToken;

use crate::config::SyncConfig;
use crate::error::Error;
use crate::service::scans::{SyncParameters, SyncReason};
use crate::service::{Actor, Service};

/// How long the ticker rests at most, so that a clock that was set is noticed.
const LONGEST_REST: Duration = Duration::from_secs(30);
/// How many data sources are asked for at once.
const AT_ONCE: i32 = 500;

/// Starts due syncs until `shutdown`.
pub(crate) async fn run(service: &Service, config: &SyncConfig, shutdown: &CancellationToken) {
    let Ok(cron) = Cron::from_str(&config.schedule) else {
        // The configuration was checked when it was read.
        tracing::error!(schedule = config.schedule, "not a cron expression");
        return;
    };
    loop {
        let now = service.clock.now();
        if let Ok(last) = cron.find_previous_occurrence(&now, true)
            && let Err(error) = tick(service, config, last).await
        {
            tracing::error!(
                error = chain(&error),
                "automatic syncs could not be started"
            );
        }
        let rest = rest(&cron, service.clock.now());
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

fn rest(cron: &Cron, now: DateTime<Utc>) -> Duration {
    cron.find_next_occurrence(&now, false)
        .ok()
        .and_then(|next| (next - now).to_std().ok())
        .map_or(LONGEST_REST, |until| until.min(LONGEST_REST))
}

/// Starts a sync of every data source that is due since `last`.
async fn tick(service: &Service, config: &SyncConfig, last: DateTime<Utc>) -> Result<(), Error> {
    let reason = SyncReason {
        trigger: Trigger::Schedule,
        parameters: SyncParameters {
            then_deep_scan: config.level > 1,
        },
    };
    loop {
        let mut connection = service.store.connection().await?;
        let due = datasources::due_for_sync(&mut connection, last, AT_ONCE).await?;
        drop(connection);
        let mut started = 0;
        for (tenant, datasource) in &due {
            started += usize::from(start(service, *tenant, *datasource, reason).await?);
        }
        // Another replica may have been faster.
        if started == 0 {
            return Ok(());
        }
        tracing::info!(started, "automatic syncs started");
    }
}

async fn start(
    service: &Service,
    tenant: TenantId,
    datasource: i64,
    reason: SyncReason,
) -> Result<bool, Error> {
    let mut tx = service.store.begin(tenant).await?;
    match service
        .queue_sync(
            &mut tx,
            Actor {
                tenant,
                subject: None,
            },
            datasource,
            reason,
        )
        .await
    {
        Ok(_) => {
            tx.commit().await?;
            Ok(true)
        }
        Err(Error::ScanActive(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
