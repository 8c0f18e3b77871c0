//! Schedules: making, changing, planning and deleting them. `crate::schedule` runs them.

use catalog::datasources;
use catalog::schedules::{self, MANAGER_KEY, Settings};
use chrono::{DateTime, Utc};
use db::{StoreError, Tx};
use models::datasource::{Datasource, Options};
use models::schedule::{self, CreateSchedule, Origin, Schedule, Timetable, UpdateSchedule};
use models::{FieldError, ProblemType, TenantId};
use service_kit::conditional::IfMatch;
use service_kit::problem::Reply;

use super::datasources::filters;
use super::scans::left_out;
use super::{Actor, Once, Service};
use crate::error::Error;

/// Who asks for a schedule to be made, changed or deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeper {
    /// A person or program, who may do anything but what `manager` does by itself.
    User,
    /// `manager`, which keeps schedules of its own and leaves all others alone.
    Manager,
}

impl Service {
    /// Makes a schedule and plans its first run.
    pub(crate) async fn create_schedule(
        &self,
        actor: Actor<'_>,
        keeper: Keeper,
        key: Option<&str>,
        request: CreateSchedule,
    ) -> Result<Schedule, Error> {
        let once = Once::new(self, actor, key, "create schedule", &request);
        let id = request.resource_id;
        let mut tx = self.store.begin(actor.tenant).await?;
        if let Some(created) = once.recall(&mut tx).await? {
            return Ok(created);
        }
        // Nobody pauses it in between.
        datasources::lock(&mut tx, id).await?;
        let source = existing_source(&mut tx, id).await?;
        let origin = match keeper {
            Keeper::User => {
                refuse_left_out(request.databases.as_deref(), source.options.clone())?;
                Origin::Api
            }
            Keeper::Manager => Origin::Manager,
        };
        let defaults = &self.sync;
        let settings = Settings {
            databases: request.databases,
            cron: request.cron,
            time_zone: request
                .time_zone
                .unwrap_or_else(|| defaults.time_zone.clone()),
            paused: request.paused,
            jitter_seconds: request.jitter_seconds.unwrap_or(defaults.jitter_seconds),
            origin,
        };
        let created = self
            .add_schedule(&mut tx, actor.tenant, &source, request.level, &settings)
            .await?;
        once.remember(&mut tx, &created).await?;
        tx.commit().await?;
        Ok(created)
    }

    /// Makes the level-1 schedule that each data source gets with its registration.
    pub(crate) async fn create_default_schedule(
        &self,
        tx: &mut Tx,
        tenant: TenantId,
        source: &Datasource,
    ) -> Result<Schedule, Error> {
        let settings = Settings {
            databases: None,
            cron: self.sync.schedule.clone(),
            time_zone: self.sync.time_zone.clone(),
            paused: false,
            jitter_seconds: self.sync.jitter_seconds,
            origin: Origin::Default,
        };
        self.add_schedule(tx, tenant, source, 1, &settings).await
    }

    async fn add_schedule(
        &self,
        tx: &mut Tx,
        tenant: TenantId,
        source: &Datasource,
        level: u8,
        settings: &Settings,
    ) -> Result<Schedule, Error> {
        let id = schedules::create(tx, source.id, level, settings)
            .await
            .map_err(exists)?;
        let created = existing(tx, id).await?;
        let next = self.next_run(tenant, &created, source.paused);
        schedules::plan(tx, id, next).await?;
        existing(tx, id).await
    }

    /// Changes what the request names of a schedule that is in a state that `condition` takes. Where that
    /// changes when it runs, or resumes it, it is planned from now on.
    pub(crate) async fn update_schedule(
        &self,
        tenant: TenantId,
        keeper: Keeper,
        id: i64,
        condition: &IfMatch,
        request: UpdateSchedule,
    ) -> Result<Schedule, Error> {
        let mut tx = self.store.begin(tenant).await?;
        schedules::lock(&mut tx, id).await?;
        let before = existing(&mut tx, id).await?;
        condition.check(&before).map_err(Reply::from)?;
        let source = existing_source(&mut tx, before.datasource_id).await?;
        may_change(keeper, &before)?;
        check_databases(keeper, &before, request.databases.as_deref(), &source)?;
        let settings = changed(&before, request);
        let after = Schedule {
            cron: settings.cron.clone(),
            time_zone: settings.time_zone.clone(),
            paused: settings.paused,
            jitter_seconds: settings.jitter_seconds,
            ..before.clone()
        };
        let next = if runs_at_the_same_times(&before, &after) {
            before.next_run_at
        } else {
            self.next_run(tenant, &after, source.paused)
        };
        if !schedules::update(&mut tx, id, &settings, next).await? {
            return Err(Error::schedule_not_found(id));
        }
        let after = existing(&mut tx, id).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Deletes a schedule. The jobs that it started stay.
    pub(crate) async fn delete_schedule(
        &self,
        tenant: TenantId,
        keeper: Keeper,
        id: i64,
        condition: &IfMatch,
    ) -> Result<(), Error> {
        let mut tx = self.store.begin(tenant).await?;
        schedules::lock(&mut tx, id).await?;
        let schedule = existing(&mut tx, id).await?;
        condition.check(&schedule).map_err(Reply::from)?;
        may_change(keeper, &schedule)?;
        if !schedules::delete(&mut tx, id).await? {
            return Err(Error::schedule_not_found(id));
        }
        tx.commit().await?;
        Ok(())
    }

    /// One schedule.
    pub(crate) async fn get_schedule(&self, tenant: TenantId, id: i64) -> Result<Schedule, Error> {
        let mut tx = self.store.begin(tenant).await?;
        existing(&mut tx, id).await
    }

    /// Plans the schedules of a data source that was paused or resumed: none runs while it is paused, and
    /// what passed by meanwhile is not made up for.
    pub(crate) async fn plan_schedules_of(
        &self,
        tx: &mut Tx,
        tenant: TenantId,
        datasource: i64,
        is_paused: bool,
    ) -> Result<(), Error> {
        for one in schedules::list(tx, Some(datasource), None, i64::MAX).await? {
            let next = self.next_run(tenant, &one, is_paused);
            if next != one.next_run_at {
                schedules::plan(tx, one.id, next).await?;
            }
        }
        Ok(())
    }

    /// When a schedule runs next, from now on; None while it or its data source is paused.
    fn next_run(
        &self,
        tenant: TenantId,
        schedule: &Schedule,
        is_source_paused: bool,
    ) -> Option<DateTime<Utc>> {
        if schedule.paused || is_source_paused {
            return None;
        }
        run_after(tenant, schedule, self.clock.now())
    }
}

/// The first run of a schedule after a moment; None where its expression or its zone cannot be read, as after
/// a zone has lost its name.
pub(crate) fn run_after(
    tenant: TenantId,
    schedule: &Schedule,
    moment: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let offset = schedule::offset(tenant, schedule.id, schedule.jitter_seconds);
    Timetable::new(&schedule.cron, &schedule.time_zone)
        .ok()?
        .run_after(moment, offset)
}

/// Those of a schedule's databases that the data source's patterns let in.
pub(crate) fn wanted_databases(databases: Vec<String>, options: Options) -> Vec<String> {
    let wanted = filters(options).databases;
    let mut databases = databases;
    databases.retain(|database| wanted.takes(database));
    databases
}

/// The settings of a schedule with what a request changes.
fn changed(before: &Schedule, request: UpdateSchedule) -> Settings {
    let mut settings = Settings {
        databases: request.databases.or_else(|| before.databases.clone()),
        cron: request.cron.unwrap_or_else(|| before.cron.clone()),
        time_zone: request
            .time_zone
            .unwrap_or_else(|| before.time_zone.clone()),
        paused: request.paused.unwrap_or(before.paused),
        jitter_seconds: request.jitter_seconds.unwrap_or(before.jitter_seconds),
        origin: before.origin,
    };
    let time = (&settings.cron, &settings.time_zone, settings.jitter_seconds);
    // It no longer follows the configuration.
    if before.origin == Origin::Default
        && time != (&before.cron, &before.time_zone, before.jitter_seconds)
    {
        settings.origin = Origin::Api;
    }
    settings
}

fn runs_at_the_same_times(before: &Schedule, after: &Schedule) -> bool {
    fn times(schedule: &Schedule) -> (&str, &str, i32, bool) {
        let Schedule {
            cron, time_zone, ..
        } = schedule;
        (cron, time_zone, schedule.jitter_seconds, schedule.paused)
    }
    times(before) == times(after)
}

/// A service's token is for what `manager` keeps by itself.
fn may_change(keeper: Keeper, schedule: &Schedule) -> Result<(), Error> {
    if keeper == Keeper::Manager && schedule.origin != Origin::Manager {
        let detail = "a service token allows only changes of schedules that manager keeps";
        return Err(Reply::new(ProblemType::Forbidden, detail).into());
    }
    Ok(())
}

fn check_databases(
    keeper: Keeper,
    schedule: &Schedule,
    databases: Option<&[String]>,
    source: &Datasource,
) -> Result<(), Error> {
    if databases.is_none() {
        return Ok(());
    }
    if schedule.level == 1 {
        let detail = "is for level 2 only: level 1 lists all databases of the server";
        return Err(Error::invalid("/databases", detail));
    }
    if keeper == Keeper::Manager {
        return Ok(());
    }
    if schedule.origin == Origin::Manager {
        let detail = "manager keeps these the databases of what is managed: \
                      manage or release something, or make a schedule of your own";
        return Err(Error::invalid("/databases", detail));
    }
    refuse_left_out(databases, source.options.clone())
}

/// Refuses databases that the data source's patterns leave out.
fn refuse_left_out(databases: Option<&[String]>, options: Options) -> Result<(), Error> {
    let databases = databases.unwrap_or_default().iter().map(String::as_str);
    let errors: Vec<FieldError> = left_out(databases, options)
        .into_iter()
        .map(|(place, detail)| FieldError::new(format!("/databases/{place}"), detail))
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(errors))
    }
}

async fn existing(tx: &mut Tx, id: i64) -> Result<Schedule, Error> {
    schedules::get(tx, id)
        .await?
        .ok_or_else(|| Error::schedule_not_found(id))
}

async fn existing_source(tx: &mut Tx, id: i64) -> Result<Datasource, Error> {
    datasources::get(tx, id)
        .await?
        .ok_or_else(|| Error::datasource_not_found(id))
}

fn exists(error: StoreError) -> Error {
    if error.is_constraint(MANAGER_KEY) {
        let detail = "manager has a schedule of this data source already: change that one";
        Reply::new(ProblemType::ScheduleExists, detail).into()
    } else {
        error.into()
    }
}
