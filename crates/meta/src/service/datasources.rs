//! Data sources: registering, changing, testing, deleting, and connecting to them.

use std::time::Instant;

use ::jobs::log;
use catalog::datasources::{self, NAME_KEY, Registration};
use catalog::schedules;
use catalog::secrets::{self, Credential};
use db::{StoreError, Tx};
use models::TenantId;
use models::datasource::{
    CreateDatasource, CreatedDatasource, Datasource, Engine, Options, TestConnection, TestReport,
    UpdateDatasource,
};
use models::details::TableName;
use models::job::{JobStatus, JobType, Trigger};
use scan::{Filters, Limits, NameFilter, Target, scanner};
use service_kit::conditional::IfMatch;
use service_kit::problem::Reply;

use super::passwords::report;
use super::{Actor, Once, Service, scans};
use crate::error::Error;

impl Service {
    /// Registers a data source with its default schedule and starts its first level-1 sync, in one transaction.
    pub(crate) async fn create_datasource(
        &self,
        actor: Actor<'_>,
        key: Option<&str>,
        request: CreateDatasource,
    ) -> Result<CreatedDatasource, Error> {
        check_options(request.datasource_type, &request.options)?;
        self.check_host(&request.host)?;
        self.check_reference(actor.tenant, request.password_from.as_deref())?;
        let once = Once::new(self, actor, key, "create datasource", &request);
        let mut tx = self.store.begin(actor.tenant).await?;
        if let Some(created) = once.recall(&mut tx).await? {
            return Ok(created);
        }
        let registration = Registration {
            name: request.name,
            engine: request.datasource_type,
            host: request.host,
            port: request.port,
            username: request.username,
            password_from: request.password_from,
            default_database: request.database,
            tls: request.tls,
            options: request.options,
            paused: false,
        };
        let id = datasources::create(&mut tx, actor.tenant, &registration)
            .await
            .map_err(|error| name_taken(error, &registration.name))?;
        if let Some(password) = &request.password {
            let sealed = self.secrets.seal(actor.tenant, id, password.secret());
            datasources::update(&mut tx, id, &registration, Some(&sealed)).await?;
        }
        let (sync_id, job_id) = self
            .queue_sync(
                &mut tx,
                actor,
                id,
                scans::SyncReason::of(Trigger::Registration),
            )
            .await?;
        let datasource = existing(&mut tx, id).await?;
        self.create_default_schedule(&mut tx, actor.tenant, &datasource)
            .await?;
        let created = CreatedDatasource {
            datasource,
            sync_id,
            job_id,
        };
        once.remember(&mut tx, &created).await?;
        tx.commit().await?;
        Ok(created)
    }

    /// Changes what the request names of a data source that is in a state that `condition` takes.
    /// Where that changes what a sync would find, and the data source is not paused, one is started.
    pub(crate) async fn update_datasource(
        &self,
        actor: Actor<'_>,
        id: i64,
        condition: &IfMatch,
        request: UpdateDatasource,
    ) -> Result<Datasource, Error> {
        let tenant = actor.tenant;
        if let Some(host) = &request.host {
            self.check_host(host)?;
        }
        self.check_reference(tenant, request.password_from.as_deref())?;
        let mut tx = self.store.begin(tenant).await?;
        if request.paused.is_some() {
            schedules::lock_of(&mut tx, id).await?;
        }
        datasources::lock(&mut tx, id).await?;
        let before = existing(&mut tx, id).await?;
        condition.check(&before).map_err(Reply::from)?;
        // While it was paused ticks of the schedule and changes passed by.
        let is_resumed = before.paused && request.paused == Some(false);
        let is_turned = request.paused.is_some_and(|paused| paused != before.paused);
        let needs_sync = is_resumed || needs_sync(&before, &request);
        let registration = Registration {
            name: request.name.unwrap_or(before.datasource_name),
            engine: before.datasource_type,
            host: request.host.unwrap_or(before.host),
            port: request.port.unwrap_or(before.port),
            username: request.username.unwrap_or(before.username),
            // A password takes its place.
            password_from: request
                .password_from
                .or(before.password_from)
                .filter(|_| request.password.is_none()),
            default_database: request.database.or(before.default_database),
            tls: request.tls.unwrap_or(before.tls),
            options: request.options.unwrap_or(before.options),
            paused: request.paused.unwrap_or(before.paused),
        };
        check_options(registration.engine, &registration.options)?;
        let sealed = request
            .password
            .map(|password| self.secrets.seal(tenant, id, password.secret()));
        let found = datasources::update(&mut tx, id, &registration, sealed.as_ref())
            .await
            .map_err(|error| name_taken(error, &registration.name))?;
        if !found {
            return Err(Error::datasource_not_found(id));
        }
        if is_turned {
            self.plan_schedules_of(&mut tx, tenant, id, registration.paused)
                .await?;
        }
        if needs_sync && !registration.paused {
            let reason = scans::SyncReason::of(Trigger::Registration);
            match self.queue_sync(&mut tx, actor, id, reason).await {
                // It reads what it finds when its turn comes.
                Ok(_) | Err(Error::ScanActive(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let after = existing(&mut tx, id).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Deletes a data source with its catalog, once its name has been repeated. What is read of it just
    /// now is stopped.
    pub(crate) async fn delete_datasource(
        &self,
        actor: Actor<'_>,
        id: i64,
        condition: &IfMatch,
        confirm: Option<&str>,
    ) -> Result<(), Error> {
        let mut tx = self.store.begin(actor.tenant).await?;
        schedules::lock_of(&mut tx, id).await?;
        datasources::lock(&mut tx, id).await?;
        let datasource = existing(&mut tx, id).await?;
        condition.check(&datasource).map_err(Reply::from)?;
        if confirm != Some(datasource.datasource_name.as_str()) {
            let detail = format!(
                "repeat the name of the data source: confirm={}",
                datasource.datasource_name
            );
            return Err(Error::invalid("/confirm", detail));
        }
        for job_type in [JobType::MetadataSync, JobType::DeepScan] {
            let Some(job) = log::active(&mut tx, id, job_type).await? else {
                continue;
            };
            let job = log::get(&mut tx, job).await?;
            // One that waits fails when its turn comes.
            if let Some(job) = job.filter(|job| job.status == JobStatus::Running) {
                self.stop(&mut tx, actor, job.id, Some(id)).await?;
            }
        }
        if !datasources::delete(&mut tx, id).await? {
            return Err(Error::datasource_not_found(id));
        }
        tx.commit().await?;
        Ok(())
    }

    /// Tries a connection without saving anything.
    pub(crate) async fn test_connection(
        &self,
        tenant: TenantId,
        request: TestConnection,
    ) -> Result<TestReport, Error> {
        self.check_host(&request.host)?;
        let password_from = request.password_from.as_deref();
        self.check_reference(tenant, password_from)?;
        let started = Instant::now();
        let password = match (&request.password, password_from) {
            (None, Some(text)) => self.references.read(tenant, text).await,
            (given, _) => Ok(given
                .as_ref()
                .map(|given| given.secret().clone())
                .unwrap_or_default()),
        };
        let target = password.map(|password| Target {
            engine: request.datasource_type,
            host: request.host,
            port: request.port,
            username: request.username,
            password,
            database: request.database,
            tls: request.tls,
            filters: Filters::default(),
            limits: self.limits,
            route: self.route.clone(),
        });
        report(password_from, started, target.map_err(Error::from)).await
    }

    /// Tries the connection of a registered data source.
    pub(crate) async fn test_datasource(
        &self,
        tenant: TenantId,
        id: i64,
    ) -> Result<TestReport, Error> {
        let (datasource, credential) = self.stored(tenant, id).await?;
        let password_from = datasource.password_from.clone();
        let started = Instant::now();
        let target = self.target_of(tenant, datasource, &credential).await;
        report(password_from.as_deref(), started, target).await
    }

    /// One data source.
    pub(crate) async fn get_datasource(
        &self,
        tenant: TenantId,
        id: i64,
    ) -> Result<Datasource, Error> {
        let mut tx = self.store.begin(tenant).await?;
        existing(&mut tx, id).await
    }

    /// The names of a database's tables, read from the server now.
    pub(crate) async fn live_table_names(
        &self,
        tenant: TenantId,
        database_id: i64,
        after: Option<&TableName>,
        limit: u32,
    ) -> Result<Vec<TableName>, Error> {
        let mut tx = self.store.begin(tenant).await?;
        let database = catalog::databases::get(&mut tx, database_id)
            .await?
            .ok_or_else(|| Error::database_not_found(database_id))?;
        drop(tx);
        let scanner = scanner(self.target(tenant, database.datasource_id).await?);
        let mut reader = scanner.open(&database.database_name).await?;
        let names = reader.names(after, limit).await;
        reader.close().await;
        Ok(names?)
    }

    /// How to connect to a registered data source.
    pub(crate) async fn target(&self, tenant: TenantId, id: i64) -> Result<Target, Error> {
        let (datasource, credential) = self.stored(tenant, id).await?;
        self.target_of(tenant, datasource, &credential).await
    }

    async fn stored(&self, tenant: TenantId, id: i64) -> Result<(Datasource, Credential), Error> {
        let mut tx = self.store.begin(tenant).await?;
        let datasource = existing(&mut tx, id).await?;
        let credential = secrets::get(&mut tx, id)
            .await?
            .ok_or_else(|| Error::datasource_not_found(id))?;
        Ok((datasource, credential))
    }

    async fn target_of(
        &self,
        tenant: TenantId,
        datasource: Datasource,
        credential: &Credential,
    ) -> Result<Target, Error> {
        let max_connections = datasource
            .options
            .max_connections
            .map_or(self.limits.max_connections, usize::from);
        Ok(Target {
            engine: datasource.datasource_type,
            host: datasource.host,
            port: datasource.port,
            username: datasource.username,
            password: self.password(tenant, datasource.id, credential).await?,
            database: datasource.default_database,
            tls: datasource.tls,
            filters: filters(datasource.options),
            limits: Limits {
                max_connections,
                ..self.limits
            },
            route: self.route.clone(),
        })
    }

    /// Refuses an address that the operator allows to no data source. What a name leads to is checked each time that it
    /// is connected to.
    fn check_host(&self, host: &str) -> Result<(), Error> {
        if self.route.policy().permits_host(host) {
            return Ok(());
        }
        let detail = format!(
            "the address {host} is not allowed by the operator's network policy; choose another host, or ask for it in \
             sources.allowed_networks"
        );
        Err(Error::invalid("/host", detail))
    }
}

/// Which databases and schemas the options ask for.
pub(super) fn filters(options: Options) -> Filters {
    Filters {
        databases: NameFilter::new(options.include_databases, options.exclude_databases),
        schemas: NameFilter::new(options.include_schemas, options.exclude_schemas),
    }
}

/// Refuses options that a server of this kind cannot have.
fn check_options(engine: Engine, options: &Options) -> Result<(), Error> {
    match options.out_of_place(engine) {
        None => Ok(()),
        Some(pointer) => {
            let detail = "MySQL and MariaDB have no schemas: leave this out, or name databases";
            Err(Error::invalid(pointer, detail))
        }
    }
}

/// Whether a change lets a sync find something else than before, or lets one succeed that failed.
fn needs_sync(before: &Datasource, change: &UpdateDatasource) -> bool {
    fn differs<T: PartialEq>(new: Option<&T>, old: &T) -> bool {
        new.is_some_and(|new| new != old)
    }
    change.password.is_some()
        || change.password_from.is_some()
        || differs(change.host.as_ref(), &before.host)
        || differs(change.port.as_ref(), &before.port)
        || differs(change.username.as_ref(), &before.username)
        || differs(change.tls.as_ref(), &before.tls)
        || (change.database.is_some() && change.database != before.default_database)
        || change
            .options
            .as_ref()
            .is_some_and(|options| !options.selects_the_same(&before.options))
}

async fn existing(tx: &mut Tx, id: i64) -> Result<Datasource, Error> {
    datasources::get(tx, id)
        .await?
        .ok_or_else(|| Error::datasource_not_found(id))
}

fn name_taken(error: StoreError, name: &str) -> Error {
    if error.is_constraint(NAME_KEY) {
        Error::NameTaken(name.to_owned())
    } else {
        error.into()
    }
}
