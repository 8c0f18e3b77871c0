//! The ticker: starts the jobs that schedules ask for.
//!
//! Nothing is kept in the process. A schedule says in the store when it runs next; whichever replica takes
//! it when that has come starts the job and moves the time on in one transaction. So any number of replicas
//! may tick and each tick runs once, a replica that dies loses and doubles nothing, and ticks that were
//! missed while none was there run once, by the first that is.

mod pipelines;

use std::time::Duration;

use ::jobs::log;
use catalog::{datasources, schedules};
use chrono::{DateTime, TimeDelta, Utc};
use db::{StoreError, Tx};
use models::TenantId;
use models::job::Trigger;
use models::scan::{ScanMode, ScanTarget};
use models::schedule::{Origin, Schedule};
use service_kit::problem::chain;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::error::Error;
use crate::service::scans::{DeepScanParameters, SyncParameters, SyncReason};
use crate::service::schedules::{run_after, wanted_databases};
use crate::service::{Actor, Service};

/// How long the ticker rests between two looks at what is due: one step of an index.
const REST: Duration = Duration::from_secs(1);
/// How long it rests when the store or the queue has failed.
const REST_AFTER_FAILURE: Duration = Duration::from_secs(10);
/// When a schedule is looked at again whose data source another scan has to itself.
const AFTER_ANOTHER: TimeDelta = TimeDelta::minutes(1);
/// How many schedules are asked for at once.
const AT_ONCE: i32 = 500;

/// Starts what is due until `shutdown`.
pub(crate) async fn run(service: &Service, shutdown: &CancellationToken) {
    let mut follows = false;
    loop {
        let rest = match turn(service, &mut follows).await {
            Ok(()) => REST,
            Err(error) => {
                let error = chain(&error);
                tracing::error!(
                    error,
                    "schedules could not all be run; they are tried again"
                );
                REST_AFTER_FAILURE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

async fn turn(service: &Service, follows: &mut bool) -> Result<(), Error> {
    // Once for each start of a process, so that two replicas whose settings differ do not go to and fro.
    if !*follows {
        follow_configuration(service).await?;
        *follows = true;
    }
    // What keeps the one from running does not keep the other.
    let (scans, pipelines) = (tick(service).await, pipelines::tick(service).await);
    scans.and(pipelines)
}

/// Brings the default schedules that nobody has changed to what the configuration now says.
async fn follow_configuration(service: &Service) -> Result<(), Error> {
    let config = &service.sync;
    let (cron, zone, jitter) = (&config.schedule, &config.time_zone, config.jitter_seconds);
    loop {
        let mut connection = service.store.connection().await?;
        let found =
            schedules::defaults_unlike(&mut connection, cron, zone, jitter, AT_ONCE).await?;
        drop(connection);
        if found.is_empty() {
            return Ok(());
        }
        for (tenant, id) in &found {
            let mut tx = service.store.begin(*tenant).await?;
            schedules::set_default(&mut tx, *id, cron, zone, jitter).await?;
            tx.commit().await?;
        }
        tracing::info!(
            schedules = found.len(),
            "default schedules follow the configuration"
        );
    }
}

/// Runs what is due by now.
async fn tick(service: &Service) -> Result<(), Error> {
    loop {
        let now = service.clock.now();
        let mut connection = service.store.connection().await?;
        let due = schedules::due(&mut connection, now, AT_ONCE).await?;
        drop(connection);
        let mut done = 0;
        let mut failure = None;
        for (tenant, id) in &due {
            match run_one(service, *tenant, *id, now).await {
                Ok(is_done) => done += usize::from(is_done),
                // Without a store there is nothing to be had from the others.
                Err(error @ Error::Store(StoreError::Unavailable(_))) => return Err(error),
                Err(error) => {
                    tracing::error!(
                        tenant = tenant.0,
                        schedule = id,
                        error = chain(&error),
                        "schedule failed"
                    );
                    failure = Some(error);
                }
            }
        }
        if let Some(error) = failure {
            return Err(error);
        }
        // Another replica may have been faster.
        if done == 0 || done < usize::try_from(AT_ONCE).unwrap_or_default() {
            return Ok(());
        }
    }
}

/// Starts the job of a schedule whose time has come and plans the next run, in one transaction. False when
/// another replica is at it, or was.
async fn run_one(
    service: &Service,
    tenant: TenantId,
    id: i64,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let mut tx = service.store.begin(tenant).await?;
    let Some(schedule) = schedules::take_due(&mut tx, id, now).await? else {
        return Ok(false);
    };
    let Some(next) = run_after(tenant, &schedule, now) else {
        return pause(tx, tenant, schedule).await;
    };
    let (tenant_id, datasource, level) = (tenant.0, schedule.datasource_id, schedule.level);
    // A new or resumed one is only planned.
    let started = match schedule.next_run_at {
        Some(_) => start(service, &mut tx, tenant, &schedule).await,
        None => Ok(None),
    };
    match started {
        Ok(Some(job)) => {
            schedules::set_started(&mut tx, id, job, now, next).await?;
            tx.commit().await?;
            tracing::info!(tenant = tenant_id, schedule = id, datasource, level, job = %job, "scheduled scan started");
        }
        Ok(None) => {
            schedules::plan(&mut tx, id, Some(next)).await?;
            tx.commit().await?;
        }
        Err(Error::ScanActive(active)) if reads_all_of(&mut tx, active, &schedule).await? => {
            schedules::plan(&mut tx, id, Some(next)).await?;
            tx.commit().await?;
            tracing::info!(
                tenant = tenant_id, schedule = id, datasource, level, job = %active,
                "tick passed over: a scan of the same is active"
            );
        }
        Err(Error::ScanActive(active)) => {
            let again = next.min(now + AFTER_ANOTHER);
            schedules::plan(&mut tx, id, Some(again)).await?;
            tx.commit().await?;
            tracing::info!(
                tenant = tenant_id, schedule = id, datasource, level, job = %active,
                "tick put off: a scan of other databases of this data source is active"
            );
        }
        Err(error) => return Err(error),
    }
    Ok(true)
}

/// Whether a job reads all that a schedule of its level would.
async fn reads_all_of(tx: &mut Tx, job: Uuid, schedule: &Schedule) -> Result<bool, Error> {
    let (Some(databases), Some(job)) = (&schedule.databases, log::get(tx, job).await?) else {
        return Ok(true);
    };
    let parameters = serde_json::from_value::<DeepScanParameters>(job.parameters);
    Ok(parameters.is_ok_and(|parameters| {
        let reads = |database: &String| {
            let mut targets = parameters.targets.iter();
            targets.any(|target| target.database == *database && target.tables.is_none())
        };
        parameters.include_fields && databases.iter().all(reads)
    }))
}

/// Lets a schedule rest that can no longer be planned, such as one whose zone has lost its name, instead of
/// failing with it again and again.
async fn pause(mut tx: Tx, tenant: TenantId, schedule: Schedule) -> Result<bool, Error> {
    let settings = schedules::Settings {
        databases: schedule.databases,
        cron: schedule.cron,
        time_zone: schedule.time_zone,
        paused: true,
        jitter_seconds: schedule.jitter_seconds,
        origin: schedule.origin,
    };
    schedules::update(&mut tx, schedule.id, &settings, None).await?;
    tx.commit().await?;
    tracing::error!(
        tenant = tenant.0,
        schedule = schedule.id,
        cron = settings.cron,
        time_zone = settings.time_zone,
        "schedule paused: its expression or its time zone cannot be read any more"
    );
    Ok(true)
}

/// Enters the job of a schedule. None when there is nothing to read.
async fn start(
    service: &Service,
    tx: &mut Tx,
    tenant: TenantId,
    schedule: &Schedule,
) -> Result<Option<Uuid>, Error> {
    let actor = Actor {
        tenant,
        subject: None,
    };
    let datasource = schedule.datasource_id;
    let Some(databases) = &schedule.databases else {
        let reason = SyncReason {
            trigger: Trigger::Schedule,
            parameters: SyncParameters {
                then_deep_scan: service.sync.level > 1 && schedule.origin == Origin::Default,
            },
            parent: None,
        };
        let (_, job) = service.queue_sync(tx, actor, datasource, reason).await?;
        return Ok(Some(job));
    };
    let source = datasources::get(tx, datasource)
        .await?
        .ok_or_else(|| Error::datasource_not_found(datasource))?;
    // The patterns may have changed since the schedule was made.
    let wanted = wanted_databases(databases.clone(), source.options);
    if wanted.is_empty() {
        let (tenant, schedule) = (tenant.0, schedule.id);
        tracing::info!(
            tenant,
            schedule,
            datasource,
            "tick passed over: the patterns of the data source leave out all"
        );
        return Ok(None);
    }
    let target = |database| ScanTarget {
        database,
        tables: None,
    };
    let parameters = DeepScanParameters {
        targets: wanted.into_iter().map(target).collect(),
        include_fields: true,
        mode: ScanMode::default(),
    };
    let reason = Trigger::Schedule.into();
    let started = service
        .queue_deep_scan(tx, actor, datasource, reason, &parameters)
        .await?;
    Ok(Some(started.job_id))
}
