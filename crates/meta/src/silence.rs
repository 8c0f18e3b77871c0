//! Runs of programs outside that are not heard of any more count as failed.

use std::time::Duration;

use chrono::TimeDelta;
use db::StoreError;
use jobs::external;
use service_kit::problem::chain;
use tokio_util::sync::CancellationToken;

use crate::config::JobsConfig;
use crate::service::Service;

/// How often to look, unless runs may be silent for less. Any number of replicas may.
const EVERY: Duration = Duration::from_mins(1);
/// How many runs end in one transaction.
const AT_ONCE: i32 = 1000;

/// Ends silent runs until `shutdown`.
pub(crate) async fn run(service: &Service, config: &JobsConfig, shutdown: &CancellationToken) {
    let silence = Duration::from_secs(config.external_silence_seconds.into());
    loop {
        match end(service, config).await {
            Ok(0) => {}
            Ok(runs) => tracing::warn!(runs, "silent runs ended as failed"),
            Err(error) => {
                tracing::error!(error = chain(&error), "silent runs could not be ended");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY.min(silence)) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

async fn end(service: &Service, config: &JobsConfig) -> Result<u64, StoreError> {
    let silence = TimeDelta::seconds(config.external_silence_seconds.into());
    let heard_before = service.clock.now() - silence;
    let mut total = 0;
    loop {
        let mut connection = service.store.connection().await?;
        let found = external::silent(&mut connection, heard_before, AT_ONCE).await?;
        drop(connection);
        let mut ended = 0;
        for of_tenant in found.chunk_by(|one, next| one.0 == next.0) {
            let ids: Vec<_> = of_tenant.iter().map(|(_, id)| *id).collect();
            let mut tx = service.store.begin(of_tenant[0].0).await?;
            ended += external::presume_failed(&mut tx, &ids, heard_before).await?;
            tx.commit().await?;
        }
        total += ended;
        // Another replica may be at it too.
        if ended == 0 {
            return Ok(total);
        }
    }
}
