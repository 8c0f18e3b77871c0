//! History that is older than its time goes, and so does what the queue has left over.

use std::time::Duration;

use catalog::previews;
use chrono::TimeDelta;
use db::StoreError;
use jobs::log;
use service_kit::problem::chain;
use tokio_util::sync::CancellationToken;

use crate::config::JobsConfig;
use crate::service::Service;

/// How often to look. Any number of replicas may: what one has deleted, the next does not find.
const EVERY: Duration = Duration::from_hours(1);
/// How many jobs go in one transaction, with their attempts and sync logs, or previews.
const AT_ONCE: i32 = 1000;

/// Deletes old jobs until `shutdown`.
pub(crate) async fn run(service: &Service, config: &JobsConfig, shutdown: &CancellationToken) {
    loop {
        match purge(service, config).await {
            Ok(0) => {}
            Ok(jobs) => tracing::info!(jobs, "old jobs deleted"),
            Err(error) => {
                tracing::error!(error = chain(&error), "old jobs could not be deleted");
            }
        }
        match purge_previews(service, config).await {
            Ok(0) => {}
            Ok(previews) => tracing::info!(previews, "old previews deleted"),
            Err(error) => {
                tracing::error!(error = chain(&error), "old previews could not be deleted");
            }
        }
        if let Err(error) = service.jobs.clean().await {
            tracing::warn!(error = chain(&error), "the queue is cleaned another time");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

async fn purge(service: &Service, config: &JobsConfig) -> Result<u64, StoreError> {
    let ended_before = service.clock.now() - TimeDelta::days(config.retention_days.into());
    let mut total = 0;
    loop {
        let mut connection = service.store.connection().await?;
        let found = log::to_purge(&mut connection, ended_before, AT_ONCE).await?;
        drop(connection);
        let mut gone = 0;
        for of_tenant in found.chunk_by(|one, next| one.0 == next.0) {
            let ids: Vec<_> = of_tenant.iter().map(|(_, id)| *id).collect();
            let mut tx = service.store.begin(of_tenant[0].0).await?;
            gone += log::purge(&mut tx, &ids).await?;
            tx.commit().await?;
        }
        total += gone;
        // Another replica may be at it too.
        if gone == 0 {
            return Ok(total);
        }
    }
}

async fn purge_previews(service: &Service, config: &JobsConfig) -> Result<u64, StoreError> {
    let begun_before = service.clock.now() - TimeDelta::days(config.retention_days.into());
    let mut total = 0;
    loop {
        let mut connection = service.store.connection().await?;
        let found = previews::to_purge(&mut connection, begun_before, AT_ONCE).await?;
        drop(connection);
        let mut gone = 0;
        for of_tenant in found.chunk_by(|one, next| one.0 == next.0) {
            let ids: Vec<_> = of_tenant.iter().map(|(_, id)| *id).collect();
            let mut tx = service.store.begin(of_tenant[0].0).await?;
            gone += previews::purge(&mut tx, &ids).await?;
            tx.commit().await?;
        }
        total += gone;
        // Another replica may be at it too.
        if gone == 0 {
            return Ok(total);
        }
    }
}
