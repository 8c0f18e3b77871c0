//! `MEASURE`: how many rows of a pipeline wait, and how new its tables are.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use catalog::fields;
use catalog::pipelines::{self, TableFacts, Wanted};
use db::{Connection, StoreError, Tx};
use jobs::log::{End, Progress};
use jobs::{Aborted, Run, Work, WorkError};
use models::job::{JobStatus, JobType};
use models::pipeline::{Delta, Measurement, Pipeline};
use tokio::time::{MissedTickBehavior, interval};
use transfer::delta::{Column, Measured, Method, Place, Request, measure};

use super::pipeline::{self, DELETED, Done};
use crate::config::MeasureConfig;
use crate::error::Error;
use crate::service::Service;

/// How often it is told how many keys have been read.
const TOLD_EVERY: Duration = Duration::from_secs(1);

/// The work of a measurement.
#[derive(Debug)]
pub(crate) struct Measure {
    pub(crate) service: Service,
    pub(crate) config: MeasureConfig,
}

#[async_trait]
impl Work for Measure {
    fn job_type(&self) -> JobType {
        JobType::Measure
    }

    async fn run(&self, run: &Run) -> Result<(), WorkError> {
        let Some(pipeline) = pipeline::pipeline(run).await? else {
            return pipeline::fail(run, DELETED.to_owned()).await;
        };
        let request = match self.request(run, &pipeline).await {
            Ok(request) => request,
            Err(Error::Store(error)) => return Err(error.into()),
            Err(error) => return pipeline::fail(run, error.to_string()).await,
        };
        let read = Arc::default();
        let measured = tokio::select! {
            measured = measure(&request, &self.service.clock, &read) => measured,
            error = tell(run, &read) => return Err(error),
        };
        match measured {
            Ok(measured) => self.store(run, &pipeline, measured).await,
            Err(error) if error.is_transient() && !run.is_last_attempt() => {
                Err(WorkError::Later(error.to_string()))
            }
            Err(error) => pipeline::fail(run, error.to_string()).await,
        }
    }

    async fn lock(&self, conn: &mut Connection, run: &Run) -> Result<(), StoreError> {
        pipeline::lock(conn, run).await
    }

    async fn aborted(&self, _: &mut Connection, _: &Run, _: Aborted<'_>) -> Result<(), StoreError> {
        // Nothing is kept beside the log before the end.
        Ok(())
    }
}

impl Measure {
    /// What is to be measured, as the catalog has it now.
    async fn request(&self, run: &Run, pipeline: &Pipeline) -> Result<Request, Error> {
        let mut tx = run.store.begin(run.tenant).await?;
        let wanted = Wanted {
            tables: [pipeline.sync_table_id, pipeline.biz_table_id]
                .into_iter()
                .flatten()
                .collect(),
            ..Wanted::default()
        };
        let facts = pipelines::facts(&mut tx, &wanted).await?;
        let table = |id: Option<i64>| id.and_then(|id| facts.tables.get(&id));
        let sync = there(table(pipeline.sync_table_id), "sync")?;
        let biz = there(table(pipeline.biz_table_id), "business")?;
        let method = method(&mut tx, &pipeline.delta, (sync, biz)).await?;
        // No transaction waits for where a password is kept.
        drop(tx);
        Ok(Request {
            sync: self.place(run, sync).await?,
            biz: self.place(run, biz).await?,
            method,
            limit: Duration::from_secs(self.config.timeout_seconds),
        })
    }

    async fn place(&self, run: &Run, table: &TableFacts) -> Result<Place, Error> {
        let names = &table.names;
        Ok(Place {
            target: self.service.target(run.tenant, names.datasource_id).await?,
            database: names.database_name.clone(),
            schema: names.table_schema.clone(),
            table: names.table_name.clone(),
        })
    }

    async fn store(
        &self,
        run: &Run,
        pipeline: &Pipeline,
        measured: Measured,
    ) -> Result<(), WorkError> {
        let measurement = Measurement {
            job_id: run.job_id,
            measured_at: measured.measured_at,
            method: pipeline.delta.method(),
            pending_rows: signed(measured.pending),
            surplus_rows: measured.surplus.map(signed),
            sync_rows: measured.sync_rows.map(signed),
            biz_rows: measured.biz_rows.map(signed),
            sync_changed_at: measured.sync_changed_at,
            biz_changed_at: measured.biz_changed_at,
            note: (!measured.notes.is_empty()).then(|| measured.notes.join("\n")),
        };
        let end = End {
            status: JobStatus::Success,
            records_total: measurement.sync_rows,
            records_processed: measurement.sync_rows.unwrap_or_default(),
            records_failed: 0,
            error_details: None,
            result: Some(serde_json::json!(measurement)),
        };
        pipeline::finish(
            &self.service,
            run,
            &end,
            Done::Measured(&measurement, pipeline),
        )
        .await
    }
}

/// A table that is there to be read.
fn there<'a>(table: Option<&'a TableFacts>, role: &str) -> Result<&'a TableFacts, Error> {
    let Some(table) = table else {
        return Err(gone(&format!(
            "the data source of the {role} table has been deleted"
        )));
    };
    if table.is_removed {
        let name = &table.names.table_name;
        return Err(gone(&format!(
            "the {role} table {name} is gone from its server"
        )));
    }
    Ok(table)
}

/// The method with its columns as the catalog has them.
async fn method(
    tx: &mut Tx,
    delta: &Delta,
    (sync, biz): (&TableFacts, &TableFacts),
) -> Result<Method, Error> {
    Ok(match delta {
        Delta::Count => Method::Count,
        Delta::Watermark(columns) => Method::Watermark {
            sync: column(tx, sync, &columns.sync_column).await?,
            biz: column(tx, biz, &columns.biz_column).await?,
        },
        Delta::Key(columns) => Method::Key {
            sync: all(tx, sync, &columns.sync_columns).await?,
            biz: all(tx, biz, &columns.biz_columns).await?,
        },
    })
}

async fn all(tx: &mut Tx, table: &TableFacts, names: &[String]) -> Result<Vec<Column>, Error> {
    let mut columns = Vec::with_capacity(names.len());
    for name in names {
        columns.push(column(tx, table, name).await?);
    }
    Ok(columns)
}

async fn column(tx: &mut Tx, table: &TableFacts, name: &str) -> Result<Column, Error> {
    let names = &table.names;
    let field = fields::find(tx, names.id, name, false)
        .await?
        .ok_or_else(|| {
            let table = &names.table_name;
            gone(&format!("the table {table} has no column {name} any more"))
        })?;
    Ok(Column {
        name: field.field_name,
        data_type: field.data_type,
        column_type: field.column_type,
        is_nullable: field.is_nullable,
    })
}

/// What no longer fits the catalog.
fn gone(what: &str) -> Error {
    Error::TableChanged(format!("{what}; change the pipeline"))
}

/// Tells how many keys have been read, until that fails.
async fn tell(run: &Run, read: &AtomicU64) -> WorkError {
    let mut ticks = interval(TOLD_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut told = 0;
    loop {
        ticks.tick().await;
        let keys = read.load(Ordering::Relaxed);
        if keys == told {
            continue;
        }
        told = keys;
        if let Err(error) = write(run, keys).await {
            return error.into();
        }
    }
}

async fn write(run: &Run, keys: u64) -> Result<(), StoreError> {
    let mut tx = run.store.begin(run.tenant).await?;
    let progress = Progress {
        total: None,
        processed: 0,
        message: Some(format!("{keys} keys of both tables have been read")),
    };
    if run.set_progress(&mut tx, &progress).await? {
        tx.commit().await?;
    }
    Ok(())
}

fn signed(rows: u64) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
