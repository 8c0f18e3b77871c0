//! How far the business table is behind the sync table, each of which may be on another server of another kind.
//!
//! Both are read, each in one snapshot: rows that come or go meanwhile change nothing. That of the sync table is taken
//! first, so that a row which is processed between the two counts as processed, and none that was seen waits twice.

mod bound;
mod clocks;
mod compare;
mod count;
mod domain;
mod error;
mod key;
mod keys;
mod source;
mod statement;
mod value;
mod watermark;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use chrono::{DateTime, Utc};
use models::Clock;
use scan::{ScanError, Target};
use tokio::time::timeout;

pub use self::error::DeltaError;
use self::source::Source;

/// What messages call the two tables.
const SYNC: &str = "the sync table";
const BIZ: &str = "the business table";

/// A table on its server.
#[derive(Debug, Clone)]
pub struct Place {
    /// The server.
    pub target: Target,
    /// The database.
    pub database: String,
    /// The schema; '' on `MySQL`.
    pub schema: String,
    /// The table.
    pub table: String,
}

/// A column that the catalog names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, byte for byte.
    pub name: String,
    /// The neutral type, as [`models::field::Field::data_type`].
    pub data_type: String,
    /// The type as the server prints it.
    pub column_type: String,
    /// Whether it may be NULL.
    pub is_nullable: bool,
}

/// How the rows that wait are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// By the difference of the two counts.
    Count,
    /// By a column that grows with each row.
    Watermark {
        /// That of the sync table.
        sync: Column,
        /// That of the business table.
        biz: Column,
    },
    /// By the columns that tell a row apart, in the same order.
    Key {
        /// Those of the sync table.
        sync: Vec<Column>,
        /// Those of the business table.
        biz: Vec<Column>,
    },
}

/// What to measure.
#[derive(Debug, Clone)]
pub struct Request {
    /// The table that is filled.
    pub sync: Place,
    /// The table that is made from it.
    pub biz: Place,
    /// How.
    pub method: Method,
    /// How long all of it may take.
    pub limit: Duration,
}

/// What came of a measurement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// When the sync table was as it was counted.
    pub measured_at: DateTime<Utc>,
    /// How many rows wait to be processed; by [`Method::Key`] how many keys.
    pub pending: u64,
    /// How many rows, or keys, the business table has beyond those of the sync table; None where nothing tells.
    pub surplus: Option<u64>,
    /// How many rows the sync table had; None where they were not counted.
    pub sync_rows: Option<u64>,
    /// How many rows the business table had; None where they were not counted.
    pub biz_rows: Option<u64>,
    /// The newest time of the sync table's watermark column.
    pub sync_changed_at: Option<DateTime<Utc>>,
    /// The newest time of the business table's.
    pub biz_changed_at: Option<DateTime<Utc>>,
    /// What is to be known about these figures.
    pub notes: Vec<String>,
}

impl Measured {
    fn new(measured_at: DateTime<Utc>, pending: u64) -> Self {
        Self {
            measured_at,
            pending,
            surplus: None,
            sync_rows: None,
            biz_rows: None,
            sync_changed_at: None,
            biz_changed_at: None,
            notes: Vec::new(),
        }
    }
}

/// Counts the rows that wait. `read` counts the keys that have been read, for whoever wants to know how far it is.
///
/// # Errors
/// When a server cannot be read, or the columns cannot be compared.
pub async fn measure(
    request: &Request,
    clock: &Clock,
    read: &Arc<AtomicU64>,
) -> Result<Measured, DeltaError> {
    let measuring = measure_all(request, clock, read);
    match timeout(request.limit, measuring).await {
        Ok(measured) => measured,
        // Sessions that are dropped have their servers stop what they do.
        Err(_) => Err(DeltaError::Source(ScanError::Timeout {
            what: "measuring what waits".to_owned(),
            limit: request.limit,
        })),
    }
}

async fn measure_all(
    request: &Request,
    clock: &Clock,
    read: &Arc<AtomicU64>,
) -> Result<Measured, DeltaError> {
    let engines = (request.sync.target.engine, request.biz.target.engine);
    // What can never be compared is told before anything is asked.
    let plan = match &request.method {
        Method::Count => Plan::Count,
        Method::Watermark { sync, biz } => {
            Plan::Watermark(watermark::Pair::new(engines, sync, biz)?)
        }
        Method::Key { sync, biz } => Plan::Key(key::Pairs::new(engines, sync, biz)?),
    };
    let sync = Source::open(SYNC, &request.sync, request.limit).await?;
    let measured_at = clock.now();
    let biz = Source::open(BIZ, &request.biz, request.limit).await?;
    match plan {
        Plan::Count => count::measure(sync, biz, measured_at).await,
        Plan::Watermark(pair) => watermark::measure(sync, biz, &pair, (clock, measured_at)).await,
        Plan::Key(pairs) => key::measure(sync, biz, pairs, (read, measured_at)).await,
    }
}

/// A method whose columns can be compared.
enum Plan<'a> {
    Count,
    Watermark(watermark::Pair<'a>),
    Key(key::Pairs),
}
