//! The level-2 schedule of a data source: its databases are those of what is managed.
//!
//! Adopting and releasing note in their own transaction that there may be news, so that none is lost while
//! `meta` is away. `meta` is asked only where the databases differ from those that it was last told. That is
//! known only where it has answered: a call whose answer is lost may have done its work, so what was told is
//! forgotten before each one.

use std::time::Duration;

use models::schedule::{CreateSchedule, MAX_DATABASES, Origin, UpdateSchedule};
use models::{ProblemType, TenantId};
use service_kit::problem::chain;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{HOLD, Reconciler};
use crate::error::Error;
use crate::gateway::Meta;
use crate::store::scan_schedules::{self, Managed, News};

/// When what `meta` has refused is tried again: it may be of an older release still.
const AFTER_REFUSAL: Duration = Duration::from_mins(5);
/// How long telling may take in all: another replica begins with it after [`HOLD`].
const LONGEST: Duration = Duration::from_secs(20);
const _: () = assert!(LONGEST.as_secs() < HOLD.as_secs());

impl Reconciler {
    /// Tells `meta` which databases of a data source are managed, where that has changed.
    pub(super) async fn keep_schedule(
        &self,
        tenant: TenantId,
        resource_id: i64,
        stop: &CancellationToken,
    ) -> Result<(), Error> {
        let Some((news, databases)) = self.take_news(tenant, resource_id).await? else {
            return Ok(());
        };
        let tell = self.tell(tenant, resource_id, &news.changed_by, &databases);
        let outcome = tokio::select! {
            () = stop.cancelled() => None,
            outcome = timeout(LONGEST, tell) => Some(outcome.unwrap_or(Err(Error::MetaSlow(LONGEST)))),
        };
        let mut tx = self.store.begin(tenant).await?;
        let (is_mine, outcome) = match outcome {
            Some(Ok(())) => {
                let done = scan_schedules::finish(&mut tx, resource_id, &news, &databases).await?;
                (done, Ok(()))
            }
            None => {
                let pause = Duration::ZERO;
                let done = scan_schedules::put_off(&mut tx, resource_id, &news, pause).await?;
                (done, Ok(()))
            }
            Some(Err(error)) => {
                let (pause, outcome) = self.after(error);
                let done = scan_schedules::put_off(&mut tx, resource_id, &news, pause).await?;
                (done, outcome)
            }
        };
        if !is_mine {
            // Nobody can tell which of the two meta heard last.
            scan_schedules::tell_again(&mut tx, resource_id).await?;
        }
        tx.commit().await?;
        outcome
    }

    /// Takes what is to be told, with the databases. None when another replica is at it, or `meta` is known
    /// to have been told just that.
    async fn take_news(
        &self,
        tenant: TenantId,
        resource_id: i64,
    ) -> Result<Option<(News, Vec<String>)>, Error> {
        let mut tx = self.store.begin(tenant).await?;
        let Some(news) = scan_schedules::take(&mut tx, resource_id, HOLD).await? else {
            return Ok(None);
        };
        let most = i64::try_from(MAX_DATABASES).unwrap_or(i64::MAX);
        let managed = scan_schedules::managed_databases(&mut tx, resource_id, most).await?;
        let Managed {
            databases,
            left_out,
        } = managed;
        if left_out > 0 {
            tracing::warn!(
                resource_id,
                most,
                left_out,
                "more databases are managed than one schedule reads: the last by name are left out"
            );
        }
        let is_told = news.told.as_ref() == Some(&databases);
        if is_told {
            scan_schedules::finish(&mut tx, resource_id, &news, &databases).await?;
        } else {
            scan_schedules::forget(&mut tx, resource_id).await?;
        }
        tx.commit().await?;
        Ok((!is_told).then_some((news, databases)))
    }

    /// How long to wait after an error of telling, and what the turn ends with.
    fn after(&self, error: Error) -> (Duration, Result<(), Error>) {
        let is_refusal = match &error {
            // Too much to do passes, and so does that somebody else is faster each time.
            Error::Meta(refusal) => !refusal.is_busy() && !is_outdated(&error),
            _ => false,
        };
        if !is_refusal || error.is_meta_away() {
            return (self.config.interval(), Err(error));
        }
        tracing::warn!(
            cause = chain(&error),
            "the schedule of managed databases was refused"
        );
        (AFTER_REFUSAL, Ok(()))
    }

    /// Makes, changes or deletes the schedule. Repeating it changes nothing.
    async fn tell(
        &self,
        tenant: TenantId,
        resource_id: i64,
        changed_by: &str,
        databases: &[String],
    ) -> Result<(), Error> {
        let meta = self.gateway.as_service(tenant, changed_by);
        let mut outcome = self.bring_in_step(&meta, resource_id, databases).await;
        if outcome.as_ref().is_err_and(is_outdated) {
            outcome = self.bring_in_step(&meta, resource_id, databases).await;
        }
        match outcome {
            // With it went its schedules.
            Err(Error::Meta(error)) if error.is(ProblemType::DatasourceNotFound) => Ok(()),
            outcome => outcome,
        }
    }

    async fn bring_in_step(
        &self,
        meta: &Meta,
        resource_id: i64,
        databases: &[String],
    ) -> Result<(), Error> {
        let all = meta.session().list_all_schedules_of(resource_id).await?;
        let ours = all.into_iter().find(|one| one.origin == Origin::Manager);
        let databases = (!databases.is_empty()).then(|| databases.to_vec());
        match (ours, databases) {
            (None, None) => {}
            (Some(ours), databases) if ours.databases == databases => {}
            (Some(ours), None) => {
                meta.session().delete_schedule(ours.id).await?;
                tracing::info!(
                    resource_id,
                    schedule = ours.id,
                    "schedule of managed databases deleted"
                );
            }
            (Some(ours), databases) => {
                let change = UpdateSchedule {
                    databases,
                    ..UpdateSchedule::default()
                };
                meta.session().update_schedule(ours.id, &change).await?;
                tracing::info!(
                    resource_id,
                    schedule = ours.id,
                    "schedule of managed databases changed"
                );
            }
            (None, databases) => {
                let new = CreateSchedule {
                    resource_id,
                    level: 2,
                    databases,
                    cron: self.schedule.cron.clone(),
                    time_zone: Some(self.schedule.time_zone.clone()),
                    paused: false,
                    jitter_seconds: None,
                };
                let made = meta.session().create_schedule(&new).await?;
                tracing::info!(
                    resource_id,
                    schedule = made.id,
                    "schedule of managed databases made"
                );
            }
        }
        Ok(())
    }
}

/// Whether somebody made or deleted the schedule after the list was read.
fn is_outdated(error: &Error) -> bool {
    matches!(error, Error::Meta(error)
        if error.is(ProblemType::ScheduleExists) || error.is(ProblemType::ScheduleNotFound))
}
