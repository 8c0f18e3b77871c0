//! Starting syncs and deep scans.

use catalog::sync_logs::{self, NewSyncLog};
use catalog::{databases, datasources};
use chrono::TimeDelta;
use db::Tx;
use jobs::NewJob;
use models::datasource::{Datasource, Options};
use models::job::{JobStatus, JobType, Trigger};
use models::scan::{
    DeepScanStarted, ScanMode, ScanStatus, ScanTarget, StartDeepScan, StartSync, SyncStarted,
};
use models::{FieldError, TenantId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::datasources::filters;
use super::{Actor, Once, Service};
use crate::error::Error;

/// A result of level 1 that is younger than this is answered as it is.
const FRESH: TimeDelta = TimeDelta::seconds(60);
/// The most of a long list of databases that a scope names.
const SCOPE_DATABASES: usize = 5;

/// What a level-1 job is asked to do.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SyncParameters {
    /// Start a deep scan of all databases that can be read, when the sync has succeeded.
    #[serde(default)]
    pub(crate) then_deep_scan: bool,
}

/// What a deep scan is asked to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeepScanParameters {
    pub(crate) targets: Vec<ScanTarget>,
    pub(crate) include_fields: bool,
    pub(crate) mode: ScanMode,
}

/// Why a sync is started.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SyncReason {
    pub(crate) trigger: Trigger,
    pub(crate) parameters: SyncParameters,
    /// The job that it does again.
    pub(crate) parent: Option<Uuid>,
}

impl SyncReason {
    pub(crate) fn of(trigger: Trigger) -> Self {
        Self {
            trigger,
            parameters: SyncParameters::default(),
            parent: None,
        }
    }
}

/// Why a deep scan is started.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DeepScanReason {
    pub(crate) trigger: Trigger,
    /// The job that it does again.
    pub(crate) parent: Option<Uuid>,
}

impl From<Trigger> for DeepScanReason {
    fn from(trigger: Trigger) -> Self {
        Self {
            trigger,
            parent: None,
        }
    }
}

impl Service {
    /// Starts level 1 of a data source, unless a fresh result is at hand.
    pub(crate) async fn start_sync(
        &self,
        actor: Actor<'_>,
        key: Option<&str>,
        request: &StartSync,
    ) -> Result<SyncStarted, Error> {
        let id = request.resource_id;
        let once = Once::new(self, actor, key, "start sync", request);
        let mut tx = self.store.begin(actor.tenant).await?;
        if let Some(started) = once.recall(&mut tx).await? {
            return Ok(started);
        }
        let datasource = active_source(&mut tx, id).await?;
        if !request.force {
            let since = self.clock.now() - FRESH;
            if let Some((sync_id, job_id, status)) =
                sync_logs::fresh_sync(&mut tx, id, since).await?
            {
                let message =
                    "the last result is under a minute old; give force to read again".to_owned();
                let started = SyncStarted {
                    sync_id,
                    job_id,
                    status,
                    message,
                };
                once.remember(&mut tx, &started).await?;
                tx.commit().await?;
                return Ok(started);
            }
        }
        let (sync_id, job_id) = self
            .queue_sync(&mut tx, actor, id, SyncReason::of(Trigger::Manual))
            .await?;
        let started = SyncStarted {
            sync_id,
            job_id,
            status: JobStatus::Queued,
            message: format!("level 1 of {} has been queued", datasource.datasource_name),
        };
        once.remember(&mut tx, &started).await?;
        tx.commit().await?;
        Ok(started)
    }

    /// Enters a level-1 job in the caller's transaction.
    pub(crate) async fn queue_sync(
        &self,
        tx: &mut Tx,
        actor: Actor<'_>,
        datasource_id: i64,
        reason: SyncReason,
    ) -> Result<(i64, Uuid), Error> {
        datasources::lock(tx, datasource_id).await?;
        let new = NewJob {
            job_type: JobType::MetadataSync,
            datasource_id: Some(datasource_id),
            pipeline_id: None,
            target_scope: &scope(datasource_id, &[]),
            trigger: reason.trigger,
            requested_by: actor.subject,
            parameters: serde_json::json!(reason.parameters),
            parent: reason.parent,
        };
        let job_id = self.jobs.start(tx, actor.tenant, &new).await?;
        let log = NewSyncLog {
            datasource_id,
            job_id,
            sync_type: if reason.trigger == Trigger::Manual {
                "manual"
            } else {
                "auto"
            },
            sync_level: "database",
            target_database: None,
        };
        let sync_id = sync_logs::create(tx, &log).await?;
        datasources::set_syncing(tx, datasource_id).await?;
        Ok((sync_id, job_id))
    }

    /// Starts level 2 of one or several databases.
    pub(crate) async fn start_deep_scan(
        &self,
        actor: Actor<'_>,
        trigger: Trigger,
        key: Option<&str>,
        request: &StartDeepScan,
    ) -> Result<DeepScanStarted, Error> {
        let once = Once::new(self, actor, key, "start deep scan", request);
        let targets = request
            .scan_targets()
            .map_err(|error| Error::Invalid(vec![error]))?;
        if !request.include_tables {
            return Err(Error::invalid(
                "/include_tables",
                "a deep scan always reads tables: leave this out",
            ));
        }
        let id = request.resource_id;
        let mut tx = self.store.begin(actor.tenant).await?;
        if let Some(started) = once.recall(&mut tx).await? {
            return Ok(started);
        }
        let datasource = active_source(&mut tx, id).await?;
        refuse_left_out(request, &targets, datasource.options)?;
        let parameters = DeepScanParameters {
            targets,
            include_fields: request.include_fields,
            mode: request.mode,
        };
        let started = self
            .queue_deep_scan(&mut tx, actor, id, trigger.into(), &parameters)
            .await?;
        once.remember(&mut tx, &started).await?;
        tx.commit().await?;
        Ok(started)
    }

    /// Enters a level-2 job of every database that can be read, in the caller's transaction. None when there is none.
    pub(crate) async fn queue_deep_scan_of_all(
        &self,
        tx: &mut Tx,
        actor: Actor<'_>,
        datasource_id: i64,
    ) -> Result<Option<DeepScanStarted>, Error> {
        let names = databases::accessible_names(tx, datasource_id).await?;
        if names.is_empty() {
            return Ok(None);
        }
        let targets = names
            .into_iter()
            .map(|database| ScanTarget {
                database,
                tables: None,
            })
            .collect();
        let parameters = DeepScanParameters {
            targets,
            include_fields: true,
            mode: ScanMode::default(),
        };
        self.queue_deep_scan(
            tx,
            actor,
            datasource_id,
            Trigger::Schedule.into(),
            &parameters,
        )
        .await
        .map(Some)
    }

    /// Enters a level-2 job in the caller's transaction.
    pub(crate) async fn queue_deep_scan(
        &self,
        tx: &mut Tx,
        actor: Actor<'_>,
        datasource_id: i64,
        cause: DeepScanReason,
        parameters: &DeepScanParameters,
    ) -> Result<DeepScanStarted, Error> {
        let names: Vec<&str> = parameters
            .targets
            .iter()
            .map(|target| target.database.as_str())
            .collect();
        datasources::lock(tx, datasource_id).await?;
        let new = NewJob {
            job_type: JobType::DeepScan,
            datasource_id: Some(datasource_id),
            pipeline_id: None,
            target_scope: &scope(datasource_id, &names),
            trigger: cause.trigger,
            requested_by: actor.subject,
            parameters: serde_json::json!(parameters),
            parent: cause.parent,
        };
        let job_id = self.jobs.start(tx, actor.tenant, &new).await?;
        let target_database = names.join(",");
        let estimated_duration =
            sync_logs::last_duration(tx, datasource_id, &target_database).await?;
        let log = NewSyncLog {
            datasource_id,
            job_id,
            sync_type: "deep",
            sync_level: if parameters.include_fields {
                "field"
            } else {
                "table"
            },
            target_database: Some(&target_database),
        };
        let scan_id = sync_logs::create(tx, &log).await?;
        datasources::set_syncing(tx, datasource_id).await?;
        Ok(DeepScanStarted {
            scan_id,
            job_id,
            status: JobStatus::Queued,
            estimated_duration,
        })
    }

    /// Where a sync or deep scan stands.
    pub(crate) async fn scan_status(&self, tenant: TenantId, id: i64) -> Result<ScanStatus, Error> {
        let mut tx = self.store.begin(tenant).await?;
        sync_logs::scan_status(&mut tx, id)
            .await?
            .ok_or_else(|| Error::scan_not_found(id))
    }
}

/// A data source of which scans may start.
pub(super) async fn active_source(tx: &mut Tx, id: i64) -> Result<Datasource, Error> {
    let datasource = datasources::get(tx, id)
        .await?
        .ok_or_else(|| Error::datasource_not_found(id))?;
    if datasource.paused {
        return Err(Error::DatasourcePaused(datasource.datasource_name));
    }
    Ok(datasource)
}

/// What is wrong with databases that the data source's patterns leave out, each with its place: they
/// would be gone again with the next sync.
pub(super) fn left_out<'a>(
    databases: impl Iterator<Item = &'a str>,
    options: Options,
) -> Vec<(usize, String)> {
    let wanted = filters(options).databases;
    databases
        .enumerate()
        .filter(|(_, database)| !wanted.takes(database))
        .map(|(place, database)| {
            let detail = format!(
                "the patterns of the data source leave out {database}: change its options.include_databases or \
                 options.exclude_databases"
            );
            (place, detail)
        })
        .collect()
}

/// Refuses targets that the data source's patterns leave out.
fn refuse_left_out(
    request: &StartDeepScan,
    targets: &[ScanTarget],
    options: Options,
) -> Result<(), Error> {
    let databases = targets.iter().map(|target| target.database.as_str());
    let errors: Vec<FieldError> = left_out(databases, options)
        .into_iter()
        .map(|(place, detail)| {
            let pointer = match request.database {
                Some(_) => "/database".to_owned(),
                None => format!("/targets/{place}/database"),
            };
            FieldError::new(pointer, detail)
        })
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(errors))
    }
}

/// What a job works on: the data source, and its databases as far as they fit a line.
fn scope(datasource_id: i64, databases: &[&str]) -> String {
    let mut scope = format!("datasource:{datasource_id}");
    if let Some((first, rest)) = databases.split_at_checked(databases.len().min(SCOPE_DATABASES))
        && !first.is_empty()
    {
        scope = format!("{scope}/{}", first.join(","));
        if !rest.is_empty() {
            scope = format!("{scope} and {} more", rest.len());
        }
    }
    scope
}

#[cfg(test)]
mod tests {
    use super::scope;

    #[test]
    fn a_scope_fits_a_line() {
        assert_eq!(scope(7, &[]), "datasource:7");
        assert_eq!(scope(7, &["a", "b"]), "datasource:7/a,b");
        assert_eq!(
            scope(7, &["a", "b", "c", "d", "e", "f", "g"]),
            "datasource:7/a,b,c,d,e and 2 more"
        );
    }
}
