//! `plumb up --demo`: a sample shop on the store's server, registered, read, and in part managed.
//!
//! Each step first looks whether its work is there, so that a second run changes nothing and a run
//! after one that was killed goes on where that one ended.

mod catalog;
mod manager;
mod show;

use std::time::Duration;

use db::{Login, Sample, SampleError};
use secrecy::SecretString;
use tokio::time::timeout;

use super::store::{self, Store, StoreError};
use crate::data_dir::{DataDirError, EnvFile};

pub(super) use show::{as_json, as_text};

/// The database of the sample.
const DATABASE: &str = "plumbline_demo";
/// The login that the catalog reads it with.
const READER: &str = "plumbline_demo_reader";
/// The name that it is registered under.
const SOURCE: &str = "demo-shop";
/// Its comment; a database without it is not ours to change.
const MARK: &str = "The sample shop of plumb up --demo: made up, and free to change or drop";
/// The tables that are managed: what a tool loads, and what is made from it.
const MANAGED: [&str; 2] = ["raw.sync_orders", "report.all_biz_orders"];
/// The statements that make it.
const SCRIPT: &str = concat!(
    include_str!("schema.sql"),
    include_str!("rows.sql"),
    include_str!("views.sql")
);

/// How long the services may take to read it. That is a second or two, and half a minute more after
/// a run that was killed while it read: its job is taken up when it has been silent for so long.
const PATIENCE: Duration = Duration::from_mins(2);
/// How long one call may take.
const CALL_LIMIT: Duration = Duration::from_secs(30);
/// How often to ask whether they have.
const INTERVAL: Duration = Duration::from_millis(250);

/// Why there is no sample shop.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DemoError {
    /// Its password cannot be kept.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// The server cannot be reached.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database cannot be made.
    #[error(transparent)]
    Sample(#[from] SampleError),
    /// There can be no HTTP client.
    #[error("there can be no HTTP client")]
    Http(#[source] reqwest::Error),
    /// The name belongs to another data source.
    #[error("a data source named {SOURCE} is there and is not the sample: rename it")]
    NameTaken,
    /// `meta` did not do its part.
    #[error("meta did not take the sample shop in")]
    Meta(#[from] meta_client::Error),
    /// `manager` did not do its part.
    #[error("manager did not take the sample shop in")]
    Manager(#[source] meta_client::Error),
    /// It was registered and could not be read.
    #[error("the sample shop could not be read: {0}")]
    Unread(String),
    /// It was not read in time.
    #[error(
        "the sample shop was not read within {} seconds; plumb up --demo goes on with it",
        PATIENCE.as_secs()
    )]
    Slow,
}

/// The sample, registered and read.
#[derive(Debug)]
pub(super) struct Shop {
    /// The data source.
    pub(super) resource_id: i64,
    /// Its tables, of which two are managed and ready.
    pub(super) table_count: i64,
    /// The managed object of the business table.
    pub(super) made_id: i64,
}

/// Makes of the sample what is missing, and returns when it has been read. Needs both services.
pub(super) async fn make(
    store: &Store,
    password: SecretString,
    env: &EnvFile,
) -> Result<Shop, DemoError> {
    let reader = Login {
        name: READER.to_owned(),
        password,
    };
    let sample = Sample {
        database: DATABASE,
        store: store::DATABASE,
        mark: MARK,
        script: SCRIPT,
        reader: &reader,
    };
    if store.make_sample(&sample).await? {
        tracing::info!(database = DATABASE, "sample shop made");
    }
    let (host, port) = store.address()?;
    let read = async {
        let resource_id = catalog::register(env, &reader, host, port).await?;
        let table_count = catalog::read(env, resource_id).await?;
        let made_id = manager::manage(env, resource_id).await?;
        Ok(Shop {
            resource_id,
            table_count,
            made_id,
        })
    };
    timeout(PATIENCE, read)
        .await
        .unwrap_or(Err(DemoError::Slow))
}
