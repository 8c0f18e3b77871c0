//! Data sources: registering, changing, testing, deleting, and connecting to them.

use catalog::datasources::{self, NAME_KEY, Registration};
use db::{StoreError, Tx};
use models::TenantId;
use models::datasource::{
    CreateDatasource, CreatedDatasource, Datasource, TestConnection, TestReport, UpdateDatasource,
};
use models::details::TableName;
use models::job::Trigger;
use scan::{Limits, Scanner, Target, scanner};

use super::{Actor, Service, scans};
use crate::error::Error;

impl Service {
    /// Registers a data source and starts its first level-1 sync, in one transaction.
    pub(crate) async fn create_datasource(
        &self,
        actor: Actor<'_>,
        request: CreateDatasource,
    ) -> Result<CreatedDatasource, Error> {
        let registration = Registration {
            name: request.name,
            engine: request.datasource_type,
            host: request.host,
            port: request.port,
            username: request.username,
            default_database: request.database,
            tls: request.tls,
            options: request.options,
        };
        let mut tx = self.store.begin(actor.tenant).await?;
        let id = datasources::create(&mut tx, actor.tenant, &registration)
            .await
            .map_err(|error| name_taken(error, &registration.name))?;
        let sealed = self
            .secrets
            .seal(actor.tenant, id, request.password.secret());
        datasources::update(&mut tx, id, &registration, Some(&sealed)).await?;
        let (sync_id, job_id) = self
            .queue_sync(
                &mut tx,
                actor,
                id,
                scans::SyncReason::of(Trigger::Registration),
            )
            .await?;
        let datasource = existing(&mut tx, id).await?;
        tx.commit().await?;
        Ok(CreatedDatasource {
            datasource,
            sync_id,
            job_id,
        })
    }

    /// Changes what the request names of a data source.
    pub(crate) async fn update_datasource(
        &self,
        tenant: TenantId,
        id: i64,
        request: UpdateDatasource,
    ) -> Result<Datasource, Error> {
        let mut tx = self.store.begin(tenant).await?;
        let before = existing(&mut tx, id).await?;
        let registration = Registration {
            name: request.name.unwrap_or(before.datasource_name),
            engine: before.datasource_type,
            host: request.host.unwrap_or(before.host),
            port: request.port.unwrap_or(before.port),
            username: request.username.unwrap_or(before.username),
            default_database: request.database.or(before.default_database),
            tls: request.tls.unwrap_or(before.tls),
            options: request.options.unwrap_or(before.options),
        };
        let sealed = request
            .password
            .map(|password| self.secrets.seal(tenant, id, password.secret()));
        let found = datasources::update(&mut tx, id, &registration, sealed.as_ref())
            .await
            .map_err(|error| name_taken(error, &registration.name))?;
        if !found {
            return Err(Error::datasource_not_found(id));
        }
        let after = existing(&mut tx, id).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Deletes a data source with its catalog, once its name has been repeated.
    pub(crate) async fn delete_datasource(
        &self,
        tenant: TenantId,
        id: i64,
        confirm: Option<&str>,
    ) -> Result<(), Error> {
        let mut tx = self.store.begin(tenant).await?;
        let datasource = existing(&mut tx, id).await?;
        if confirm != Some(datasource.datasource_name.as_str()) {
            let detail = format!(
                "repeat the name of the data source: confirm={}",
                datasource.datasource_name
            );
            return Err(Error::invalid("/confirm", detail));
        }
        if !datasources::delete(&mut tx, id).await? {
            return Err(Error::datasource_not_found(id));
        }
        tx.commit().await?;
        Ok(())
    }

    /// Tries a connection without saving anything.
    pub(crate) async fn test_connection(&self, request: TestConnection) -> TestReport {
        let target = Target {
            engine: request.datasource_type,
            host: request.host,
            port: request.port,
            username: request.username,
            password: request.password.secret().clone(),
            database: request.database,
            tls: request.tls,
            limits: self.limits,
        };
        report(&*scanner(target)).await
    }

    /// Tries the connection of a registered data source.
    pub(crate) async fn test_datasource(
        &self,
        tenant: TenantId,
        id: i64,
    ) -> Result<TestReport, Error> {
        let target = self.target(tenant, id).await?;
        Ok(report(&*scanner(target)).await)
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
        let mut tx = self.store.begin(tenant).await?;
        let datasource = existing(&mut tx, id).await?;
        let sealed = datasources::secret(&mut tx, id)
            .await?
            .ok_or_else(|| Error::datasource_not_found(id))?;
        let max_connections = datasource
            .options
            .max_connections
            .map_or(self.limits.max_connections, usize::from);
        Ok(Target {
            engine: datasource.datasource_type,
            host: datasource.host,
            port: datasource.port,
            username: datasource.username,
            password: self.secrets.open(tenant, id, &sealed)?,
            database: datasource.default_database,
            tls: datasource.tls,
            limits: Limits {
                max_connections,
                ..self.limits
            },
        })
    }
}

async fn existing(tx: &mut Tx, id: i64) -> Result<Datasource, Error> {
    datasources::get(tx, id)
        .await?
        .ok_or_else(|| Error::datasource_not_found(id))
}

async fn report(scanner: &dyn Scanner) -> TestReport {
    let steps = scanner.test().await;
    TestReport {
        ok: steps.iter().all(|step| step.ok),
        steps,
    }
}

fn name_taken(error: StoreError, name: &str) -> Error {
    if error.is_constraint(NAME_KEY) {
        Error::NameTaken(name.to_owned())
    } else {
        error.into()
    }
}
