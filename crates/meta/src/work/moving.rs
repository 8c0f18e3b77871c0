//! What the works that move rows have in common: where the tables of a pipeline are, and the way there.

use catalog::{databases, datasources, tables};
use db::StoreError;
use jobs::{HoldError, Run, WorkError};
use models::table::TableDetail;
use scan::{Limits, Target};
use transfer::{EtlError, FillError};

use crate::config::TransferConfig;
use crate::error::Error;
use crate::service::Service;

/// Why an attempt ends early.
#[derive(Debug)]
pub(super) enum Halt {
    /// The job cannot be done: why, and what to do.
    Job(String),
    /// Another attempt may end it.
    Work(WorkError),
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Work(error.into())
    }
}

impl From<HoldError> for Halt {
    fn from(error: HoldError) -> Self {
        Self::Work(error.into())
    }
}

impl From<FillError> for Halt {
    fn from(error: FillError) -> Self {
        if error.is_transient() {
            Self::Work(WorkError::Later(error.to_string()))
        } else {
            Self::Job(error.to_string())
        }
    }
}

impl From<EtlError> for Halt {
    fn from(error: EtlError) -> Self {
        if error.is_safe_to_repeat() {
            Self::Work(WorkError::Later(error.to_string()))
        } else {
            Self::Job(error.to_string())
        }
    }
}

/// A table of a pipeline, as the catalog has it now.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) table: TableDetail,
    pub(super) database: String,
    pub(super) datasource: i64,
}

/// Where a table of the run's pipeline is.
pub(super) async fn place(run: &Run, table: Option<i64>) -> Result<Place, Halt> {
    let gone = || {
        Halt::Job("the table's data source was deleted; give the pipeline another table".to_owned())
    };
    let id = table.ok_or_else(gone)?;
    let mut tx = run.store.begin(run.tenant).await?;
    let table = tables::get(&mut tx, id).await?.ok_or_else(gone)?;
    let database = databases::get(&mut tx, table.table.database_id).await?;
    let database = database.ok_or_else(gone)?;
    if table.table.removed_at.is_some() {
        return Err(Halt::Job(format!(
            "the table {} is gone; make it again and scan the database {}, or give the pipeline another table",
            table.table.table_name, database.database_name
        )));
    }
    Ok(Place {
        table,
        database: database.database_name,
        datasource: database.datasource_id,
    })
}

/// How to reach a data source whose rows are read.
pub(super) async fn source(
    service: &Service,
    run: &Run,
    config: &TransferConfig,
    datasource: i64,
) -> Result<Target, Halt> {
    let target = service.target(run.tenant, datasource).await;
    let target = target.map_err(|error| match error {
        Error::Store(error) => Halt::from(error),
        error => Halt::Job(error.to_string()),
    })?;
    Ok(Target {
        limits: Limits {
            statement_timeout: config.statement_timeout(),
            lock_timeout: config.lock_timeout(),
            ..target.limits
        },
        ..target
    })
}

/// The same for one that is written to: its administrator must have said that this may be. Asked just before, since it
/// may have been taken back after the job was started.
pub(super) async fn writable(
    service: &Service,
    run: &Run,
    config: &TransferConfig,
    datasource: i64,
) -> Result<Target, Halt> {
    let target = source(service, run, config, datasource).await?;
    let mut tx = run.store.begin(run.tenant).await?;
    match datasources::get(&mut tx, datasource).await? {
        Some(it) if it.options.writable => Ok(target),
        Some(it) => Err(Halt::Job(format!(
            "the data source {} may not be written to; an administrator allows it by options.writable",
            it.datasource_name
        ))),
        None => Err(Halt::Job(Error::datasource_deleted().to_string())),
    }
}
